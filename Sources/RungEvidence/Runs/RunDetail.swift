public import RungCore
public import RungCrypto

/// A run as the evidence holds it.
public struct RunDetail: Sendable {
    /// As it was before its first trial.
    public var header: RunHeader
    /// What it came to; nil while it is running, and for a run that was killed.
    public var summary: RunSummary?
    /// Trials and cases stored so far; a continued run counts each case once.
    public var storedTrials: Int
    public var storedCases: Int
    /// False for a run that came from a store that nobody vouches for; it counts as imported.
    public var isVouchedFor: Bool

    /// `complete`, `incomplete`, or `unfinished` for a run without an end.
    public var status: String { summary?.status.word ?? "unfinished" }
    /// Whether trials are left to be made.
    public var isResumable: Bool { summary?.status != .complete }
}

/// A case of a stored run.
public struct RecordedCase: Sendable, Equatable {
    /// Index in the plan.
    public var index: Int
    public var key: CaseKey
    public var verdict: Verdict
    /// Why it was skipped or is in quarantine.
    public var note: String?
    public var intent: String?
    public var promptVersion: Digest?
    public var configuration: Digest?
    /// Digest of the scenario.
    public var digest: Digest?
    public var isCritical: Bool
    /// Trials made.
    public var trials: Int
    /// Its trials did not all end alike.
    public var isUnstable: Bool

    /// Reads a record of the kind `caseResult`; nil when a value makes no sense.
    init?(_ record: StoredRecord, _ subjects: [Int64: StoredSubject]) {
        let values = record.values
        guard let index = values[0].integer, let id = values[3].text, let key = values[6].integer.flatMap({ subjects[$0]?.key }),
            let verdict = values[9].text.flatMap(Verdict.init(rawValue:))
        else { return nil }
        self.index = Int(index)
        self.key = CaseKey(suite: key.suite, id: CaseID(id), agent: key.subject.agent)
        self.verdict = verdict
        note = values[5].text
        intent = values[4].text
        promptVersion = key.subject.promptVersion
        configuration = key.subject.configuration
        if case .digest(let digest) = values[2] { self.digest = digest }
        isCritical = values[1].integer == 1
        trials = Int(values[7].integer ?? 0)
        isUnstable = values[8].integer == 1
    }
}
