import RungCore
import RungText

/// What a run came to for one suite, agent, prompt version and configuration.
///
/// The gate of a suite speaks for all its agents together; this applies the same policy to one of them, so that the
/// failure of one agent is not held against another.
struct SubjectTally {
    var suite: SuiteID
    var subject: RunSubject
    var verdicts = VerdictCounts()
    var trials = 0
    var repeated = 0
    var unstable = 0
    var failedCritical = 0
    var intents: Set<String> = []

    /// Cases that count alike.
    private struct Group: Hashable {
        var subject: Int64
        var verdict: Int64
        var isCritical: Bool
        var intent: Int64?
    }

    /// What the cases of a group add up to.
    private struct Sums {
        var cases = 0
        var trials = 0
        var repeated = 0
        var unstable = 0

        /// Adds one case.
        mutating func add(trials: Int, unstable: Int) {
            cases += 1
            self.trials += trials
            repeated += trials > 1 ? 1 : 0
            self.unstable += unstable
        }
    }

    /// Groups the cases here: SQLite would sort all of them for it, which takes megabytes.
    private static func groups(of cases: StoredCases, _ connection: OpaquePointer) throws -> [Group: Sums] {
        let select = try SQLStatement(
            """
            SELECT subject, verdict, critical, intent, trials, unstable
            FROM case_result_records WHERE \(cases.condition)
            """, on: connection)
        var groups: [Group: Sums] = [:]
        try select.forEach { row in
            let group = Group(
                subject: row.int(0), verdict: row.int(1), isCritical: row.int(2) == 1, intent: row.optionalInt(3))
            groups[group, default: Sums()].add(trials: Int(row.int(4)), unstable: Int(row.int(5)))
        }
        return groups
    }

    /// Counts a case.
    mutating func add(_ result: CaseResult) {
        verdicts.add(result.verdict)
        trials += result.trials.count
        if result.trials.count > 1 { repeated += 1 }
        if result.isUnstable { unstable += 1 }
        if result.isCritical, result.verdict != .passed, result.verdict != .quarantined { failedCritical += 1 }
        if let intent = result.intent, !result.trials.isEmpty { intents.insert(intent) }
    }

    /// The tallies of a run that an earlier process has begun, counted from the stored cases, in the order in which their
    /// subjects first came up.
    static func all(of cases: StoredCases, _ connection: OpaquePointer, _ codes: CodeBook) throws -> [SubjectTally] {
        let subjects = try RunSubjects.all(ofRun: cases.first, connection, codes)
        var tallies: [Int64: SubjectTally] = [:]
        for (group, sums) in try groups(of: cases, connection) {
            guard let key = subjects[group.subject]?.key,
                let verdict = try codes.word(of: group.verdict).flatMap(Verdict.init(rawValue:))
            else { throw EvidenceError(.damaged, "a case of the run names an unknown verdict or subject") }
            var tally = tallies[group.subject] ?? SubjectTally(suite: key.suite, subject: key.subject)
            tally.verdicts[verdict] += sums.cases
            tally.trials += sums.trials
            tally.repeated += sums.repeated
            tally.unstable += sums.unstable
            if group.isCritical, verdict != .passed, verdict != .quarantined { tally.failedCritical += sums.cases }
            if sums.trials > 0, let intent = try group.intent.flatMap({ try codes.word(of: $0) }) { tally.intents.insert(intent) }
            tallies[group.subject] = tally
        }
        return tallies.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The record for the view `runs`.
    func draft(_ summary: RunSummary) -> RecordDraft {
        let suite = summary.suites.first { $0.header.id == self.suite }
        var draft = RecordDraft(.run)
        draft["id"] = .text(summary.header.id.rawValue)
        draft["type"] = .text(suite?.header.kind.rawValue ?? Suite.Kind.regression.rawValue)
        draft["suiteId"] = .text(self.suite.rawValue)
        draft["suiteDigest"] = .digest(suite?.header.digest)
        draft["agentId"] = .text(subject.agent.rawValue)
        draft["promptVersionId"] = .word(subject.promptVersion)
        draft["configDigest"] = .word(subject.configuration)
        draft["finishedAt"] = .time(summary.finishedAt)
        draft["trials"] = .integer(Int64(trials))
        draft["repeated"] = .integer(Int64(repeated))
        draft["unstable"] = .integer(Int64(unstable))
        draft["intents"] = .json(.array(intents.sorted().map { .string($0) }))
        draft["passed"] = .flag(suite.map { passes($0, summary.status) } ?? false)
        return draft
    }

    /// Whether the suite's policy, applied to this subject alone, lets it pass.
    private func passes(_ suite: SuiteSummary, _ status: RunStatus) -> Bool {
        // A comparison is of all subjects together; rates of passed cases say nothing about it.
        if suite.header.kind == .efficacy { return status == .complete && suite.gate.decision == .pass }
        let policy = suite.header.gate
        var counted = 0
        for verdict in Verdict.allCases where verdict != .quarantined && !policy.excluded.contains(verdict) {
            counted += verdicts[verdict]
        }
        guard status == .complete, suite.gate.decision != .inconclusive, counted > 0, failedCritical == 0 else { return false }
        let regressed =
            policy.newlyFailing == .forbid && suite.gate.newlyFailing.contains { $0.suite == self.suite && $0.agent == subject.agent }
        return !regressed && Double(verdicts[.passed]) >= policy.minimumPassRate * Double(counted) - 1e-9
    }
}

extension CaseResult {
    /// Its trials did not all end alike.
    var isUnstable: Bool {
        guard trials.count > 1, let first = trials.first?.verdict else { return false }
        return trials.contains { $0.verdict != first }
    }
}
