public import RungCore
import RungText

/// Writes a run into the evidence while it happens: every finished trial is durable when `handle` returns.
///
/// One call of `handle` is one transaction and one entry of the ledger. Nothing of its trials and cases is kept in
/// memory. A final class because observers are; its state is only touched by `handle`, which the runner never calls
/// concurrently.
public final class RunRecorder: RunObserver, @unchecked Sendable {
    /// Evidence that cannot be written ends the run.
    public var isEssential: Bool { true }
    /// What messages call it.
    public var name: String { "evidence" }

    private let store: EvidenceStore
    private let actor: String
    private let reason: String?
    private let origin: RecordOrigin
    private var run: ActiveRun?
    private var buffer = JSONText(reserving: 1_024)

    /// What the recorder must know between two calls.
    private struct ActiveRun {
        var id: RunID
        /// Record number of the run's first start.
        var start: Int64
        /// Whether an earlier process has stored a part of it; cases are then stored again, and the last one counts.
        var isContinued: Bool
        /// Whether it is a part of a larger run; what it came to is then only told by the whole.
        var isShard: Bool
        var subjects: RunSubjects
        var grades = SharedGrades()
        /// By the record of the subject; not used for a continued run, whose cases are counted from the store.
        var tallies: [Int64: SubjectTally] = [:]
    }

    /// - Parameters:
    ///   - actor: who runs the tests, as the ledger shall name them.
    ///   - reason: why, such as the name of a CI job; nil for none.
    ///   - isVouchedFor: false for a run that is put together from parts that nobody vouches for; it then counts as imported.
    public init(store: EvidenceStore, actor: PrincipalID, reason: String? = nil, isVouchedFor: Bool = true) {
        self.store = store
        self.actor = actor.rawValue
        self.reason = reason
        origin = isVouchedFor ? .recorded : .imported
    }

    /// Stores the events in one transaction.
    ///
    /// - Throws: `EvidenceError`; nothing of the batch has been stored then.
    public func handle(_ events: [RunEvent]) throws {
        guard !events.isEmpty else { return }
        let before = run
        do {
            try store.append(actor: actor, reason: reason) { appender in
                for event in events { try append(event, to: appender) }
            }
        } catch {
            run = before
            throw error
        }
    }

    /// Stores a whole run in one transaction: what `body` hands to its parameter, in batches, or nothing when it throws.
    public func recordAtOnce(_ body: (_ handle: ([RunEvent]) throws -> Void) throws -> Void) throws {
        defer { run = nil }
        try store.append(actor: actor, reason: reason) { appender in
            try body { events in for event in events { try append(event, to: appender) } }
        }
    }

    private func append(_ event: RunEvent, to appender: RecordAppender) throws {
        switch event {
        case .started(let header): try start(header, appender)
        case .trialFinished(let trial):
            guard !trial.isResumed else { return }
            guard let start = run?.start, let grades = try run?.grades.place(trial.grades, &buffer, origin, appender) else {
                throw Self.notStarted
            }
            try appender.append(.trial, TrialCoding.values(trial, run: start, grades), origin)
        case .caseFinished(let result):
            guard let subject = try run?.subjects.record(result.suite, result.subject, appender) else { throw Self.notStarted }
            let record = try appender.append(.caseResult, TrialCoding.values(result, subject: subject), origin)
            if run?.isShard == true { try appender.append(ShardCoding.draft(result, caseResult: record), origin) }
            run?.tallies[subject, default: SubjectTally(suite: result.suite, subject: result.subject)].add(result)
        case .finished(let summary): try finish(summary, appender)
        }
    }

    private static let notStarted = EvidenceError(.refused, "a run must start before its trials are recorded")

    // MARK: - Start and end

    private func start(_ header: RunHeader, _ appender: RecordAppender) throws {
        let connection = appender.writer.connection
        let stored = try StoredRun.find(header.id.rawValue, connection, appender.writer.codes)
        if let stored {
            guard stored.header.planDigest == header.planDigest else {
                throw EvidenceError(
                    .otherPlan, "run \(header.id) was started with another plan",
                    suggestion: "suites, prompts, agents or the selection have changed; start a new run")
            }
            guard stored.header.shard == header.shard else {
                throw EvidenceError(
                    .otherPlan, "run \(header.id) was started as another part of the run",
                    suggestion: "give the same --shard and --run-key as the interrupted run")
            }
            guard try !stored.isComplete(connection, appender.writer.codes) else {
                throw EvidenceError(.refused, "run \(header.id) is complete", suggestion: "start a new run")
            }
        }
        let record = try appender.append(RunCoding.draft(header), origin)
        let start = stored?.record ?? record
        if stored == nil { try appendParts(of: header, start, appender) }
        var subjects = RunSubjects(run: start, origin)
        if stored != nil { try subjects.load(connection, appender.writer.codes) }
        run = ActiveRun(id: header.id, start: start, isContinued: stored != nil, isShard: header.shard != nil, subjects: subjects)
    }

    private func appendParts(of header: RunHeader, _ start: Int64, _ appender: RecordAppender) throws {
        if let shard = header.shard { try appender.append(ShardCoding.draft(shard, run: start), origin) }
        guard !header.mergedFrom.isEmpty else { return }
        try appender.append(ShardCoding.draft(mergedFrom: header.mergedFrom, run: start), origin)
    }

    private func finish(_ summary: RunSummary, _ appender: RecordAppender) throws {
        guard let run else { throw Self.notStarted }
        if !run.isShard { for tally in try tallies(of: run, appender) { try appender.append(tally.draft(summary), origin) } }
        try appender.append(SummaryCoding.draft(summary), origin)
        self.run = nil
    }

    private func tallies(of run: ActiveRun, _ appender: RecordAppender) throws -> [SubjectTally] {
        guard run.isContinued else { return run.tallies.sorted { $0.key < $1.key }.map(\.value) }
        let cases = StoredCases(first: run.start, runs: [run.start])
        return try SubjectTally.all(of: cases, appender.writer.connection, appender.writer.codes)
    }
}
