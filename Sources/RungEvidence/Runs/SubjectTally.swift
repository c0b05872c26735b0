import RungCore
import RungText

/// What a run came to for one suite, agent, prompt version and configuration, counted from the stored cases.
///
/// The gate of a suite speaks for all its agents together; this applies the same policy to one of them, so that the
/// failure of one agent is not held against another.
struct SubjectTally {
    var suite: String
    var agent: String
    var promptVersion: String?
    var configuration: String?
    var verdicts = VerdictCounts()
    var trials = 0
    var repeated = 0
    var unstable = 0
    var failedCritical = 0
    var intents: Set<String> = []

    /// The tallies of a run, sorted by suite, agent, prompt version.
    static func all(of cases: StoredCases, _ connection: OpaquePointer, _ codes: CodeBook) throws -> [SubjectTally] {
        let select = try SQLStatement(
            """
            SELECT suite_id, agent_id, prompt_version_id, config_digest, verdict, critical, intent, COUNT(*),
              SUM(trials), SUM(trials > 1), SUM(unstable)
            FROM case_result_records WHERE \(cases.condition)
            GROUP BY suite_id, agent_id, prompt_version_id, config_digest, verdict, critical, intent
            """, on: connection)
        var tallies: [[Int64?]: SubjectTally] = [:]
        try select.forEach { row in
            let key = (0..<4).map { row.optionalInt($0) }
            func word(_ column: Int) throws -> String? { try row.optionalInt(column).flatMap { try codes.word(of: $0) } }
            var tally = try tallies[key] ?? SubjectTally(
                suite: try word(0) ?? "", agent: try word(1) ?? "", promptVersion: try word(2), configuration: try word(3))
            guard let verdict = try word(4).flatMap(Verdict.init(rawValue:)) else {
                throw EvidenceError(.damaged, "a case of the run has an unknown verdict")
            }
            let cases = Int(row.int(7))
            tally.verdicts[verdict] += cases
            tally.trials += Int(row.int(8))
            tally.repeated += Int(row.int(9))
            tally.unstable += Int(row.int(10))
            if row.int(5) == 1, verdict != .passed, verdict != .quarantined { tally.failedCritical += cases }
            if row.int(8) > 0, let intent = try word(6) { tally.intents.insert(intent) }
            tallies[key] = tally
        }
        return tallies.values.sorted {
            ($0.suite, $0.agent, $0.promptVersion ?? "", $0.configuration ?? "")
                < ($1.suite, $1.agent, $1.promptVersion ?? "", $1.configuration ?? "")
        }
    }

    /// The record for the view `runs`.
    func draft(_ summary: RunSummary) -> RecordDraft {
        let suite = summary.suites.first { $0.header.id.rawValue == self.suite }
        var draft = RecordDraft(.run)
        draft["id"] = .text(summary.header.id.rawValue)
        draft["type"] = .text(suite?.header.kind.rawValue ?? Suite.Kind.regression.rawValue)
        draft["suiteId"] = .text(self.suite)
        draft["suiteDigest"] = .digest(suite?.header.digest)
        draft["agentId"] = .text(agent)
        draft["promptVersionId"] = .text(promptVersion)
        draft["configDigest"] = .text(configuration)
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
        let regressed = policy.newlyFailing == .forbid && suite.gate.newlyFailing.contains { $0.agent.rawValue == agent }
        return !regressed && Double(verdicts[.passed]) >= policy.minimumPassRate * Double(counted) - 1e-9
    }
}
