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
    init?(_ record: StoredRecord) {
        let values = record.values
        guard let agent = values[0].text, let index = values[1].integer, let id = values[5].text, let suite = values[10].text,
            let verdict = values[13].text.flatMap(Verdict.init(rawValue:))
        else { return nil }
        self.index = Int(index)
        key = CaseKey(suite: SuiteID(suite), id: CaseID(id), agent: AgentID(agent))
        self.verdict = verdict
        note = values[7].text
        intent = values[6].text
        promptVersion = values[8].text.flatMap { Digest($0) }
        configuration = values[2].text.flatMap { Digest($0) }
        if case .digest(let digest) = values[4] { self.digest = digest }
        isCritical = values[3].integer == 1
        trials = Int(values[11].integer ?? 0)
        isUnstable = values[12].integer == 1
    }
}
