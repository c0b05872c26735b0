import RungCore
import RungCrypto
import RungText

@testable import RungEvidence

/// A run of two agents over one suite, made event by event.
enum RunFixture {
    static let router = RunSubject(agent: "router", promptVersion: digest("p1"), configuration: digest("c1"))
    static let faq = RunSubject(agent: "faq", promptVersion: digest("p2"), configuration: nil)

    static func header(_ id: RunID = "run-1", plan: String = "plan", resumed: Int = 0) throws -> RunHeader {
        var gate = GatePolicy(minimumPassRate: 0.75, critical: ["a"], newlyFailing: .report, excluded: [.skipped])
        gate.critical.append("b")
        let suite = SuiteHeader(
            id: "orders", kind: .regression, title: "Orders \"1\"", digest: digest("suite"), gate: gate, requirement: .atLeast(2),
            subjects: [router, faq], cases: 3,
            cassettes: SuiteCassettes(count: 3, oldestAt: try EvidenceFixture.Clock.time("2026-05-01T00:00:00Z"), stale: 2, otherPrompt: 1))
        return RunHeader(
            id: id, startedAt: try EvidenceFixture.Clock.time("2026-09-30T11:59:00Z"), seed: .max - 6, planDigest: digest(plan),
            suites: [suite], cases: 3, trials: 4, resumedTrials: resumed, filter: "topic=refund", baseline: "latest")
    }

    static func grade(_ holds: Bool, _ reason: String = "the answer equals the expected text") -> Grade {
        Grade(name: "equals", kind: "equals", version: "1", role: .verdict, judgement: Judgement(.holds(holds), reason))
    }

    static func trial(_ caseIndex: Int, _ index: Int = 0, _ verdict: Verdict = .passed, grades: [Grade] = [grade(true)]) -> TrialResult {
        TrialResult(
            caseIndex: caseIndex, index: index, verdict: verdict, grades: grades, seed: UInt64(caseIndex), transcriptDigest: digest("t"))
    }

    static func result(
        _ index: Int, _ id: CaseID, _ subject: RunSubject = router, _ verdict: Verdict = .passed, trials: [TrialResult],
        isCritical: Bool = false, intent: String? = nil, note: String? = nil
    ) -> CaseResult {
        CaseResult(
            index: index, id: id, title: nil, suite: "orders", subject: subject, verdict: verdict, note: note, trials: trials,
            isCritical: isCritical, slices: [:], intent: intent, digest: digest("case \(id)"),
            location: SourceLocation(file: "orders.jsonl", line: index + 1))
    }

    static func summary(
        _ header: RunHeader, status: RunStatus = .complete, gate: GateDecision = GateDecision(.pass, ["3 of 3 cases passed"])
    ) throws -> RunSummary {
        var tally = Tally(trials: 4, erroredTrials: 1, counted: 3, passAtK: [0.5], passHatK: [0.25], unstable: 1, repeated: 1, retries: 2)
        tally.verdicts[.passed] = 2
        tally.verdicts[.errored] = 1
        tally.usage = Usage(inputTokens: 10, outputTokens: nil, cost: 0.125)
        tally.usage.replayedTokens = 6
        tally.passRate = PassRate(estimate: 0.5, low: 0.25, high: 0.75, method: "wilson", n: 3, effectiveN: 2.5)
        return RunSummary(
            header: header, status: status, finishedAt: try EvidenceFixture.Clock.time("2026-09-30T12:00:00Z"), durationMs: 1_234.5,
            suites: header.suites.map { SuiteSummary(header: $0, tally: tally, gate: gate) }, total: tally, gate: gate)
    }

    /// Three cases, four trials; every kind of record that a run can have.
    static func events(_ header: RunHeader) throws -> [RunEvent] {
        let first = trial(0)
        let second = [trial(1, 0), trial(1, 1, .failed, grades: [grade(false, "other text")])]
        let third = trial(2, 0, .passed)
        return [
            .started(header), .trialFinished(first), .trialFinished(second[0]), .trialFinished(second[1]),
            .caseFinished(result(0, "a", trials: [first], isCritical: true, intent: "route")),
            .caseFinished(result(1, "b", router, .failed, trials: second, note: "known")),
            .trialFinished(third), .caseFinished(result(2, "a", faq, trials: [third], intent: "ask")),
            .finished(try summary(header)),
        ]
    }
}
