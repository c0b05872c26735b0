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

    /// Counts a case.
    mutating func add(_ result: CaseResult) {
        verdicts.add(result.verdict)
        trials += result.trials.count
        if result.trials.count > 1 { repeated += 1 }
        if result.isUnstable { unstable += 1 }
        if result.isCritical, result.verdict != .passed, result.verdict != .quarantined { failedCritical += 1 }
        if let intent = result.intent, !result.trials.isEmpty { intents.insert(intent) }
    }

    /// The tallies of a run that an earlier process has begun, counted from the stored cases, in the order in which their subjects first came up.
    static func all(of cases: StoredCases, _ connection: OpaquePointer, _ codes: CodeBook) throws -> [SubjectTally] {
        let subjects = try RunSubjects.all(ofRun: cases.run, connection, codes)
        let select = try SQLStatement(
            """
            SELECT subject, verdict, critical, intent, COUNT(*), SUM(trials), SUM(trials > 1), SUM(unstable)
            FROM case_result_records WHERE \(cases.condition) GROUP BY subject, verdict, critical, intent
            """, on: connection)
        var tallies: [Int64: SubjectTally] = [:]
        try select.forEach { row in
            guard let key = subjects[row.int(0)]?.key, let verdict = try codes.word(of: row.int(1)).flatMap(Verdict.init(rawValue:))
            else { throw EvidenceError(.damaged, "a case of the run names an unknown verdict or subject") }
            var tally = tallies[row.int(0)] ?? SubjectTally(suite: key.suite, subject: key.subject)
            let cases = Int(row.int(4))
            tally.verdicts[verdict] += cases
            tally.trials += Int(row.int(5))
            tally.repeated += Int(row.int(6))
            tally.unstable += Int(row.int(7))
            if row.int(2) == 1, verdict != .passed, verdict != .quarantined { tally.failedCritical += cases }
            if row.int(5) > 0, let intent = try row.optionalInt(3).flatMap({ try codes.word(of: $0) }) { tally.intents.insert(intent) }
            tallies[row.int(0)] = tally
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
