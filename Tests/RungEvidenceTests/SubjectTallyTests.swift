import RungCore
import Testing

@testable import RungEvidence

struct SubjectTallyTests {
    /// Verdicts of the cases of one agent, whether the gate of the suite and status allow it, and whether its row passes.
    static let table: [(verdicts: [Verdict], critical: Bool, gate: GateDecision.Decision, status: RunStatus, passes: Bool)] = [
        ([.passed, .passed, .passed, .failed], false, .pass, .complete, true),
        ([.passed, .passed, .failed], false, .pass, .complete, false),
        ([.passed, .passed, .passed, .failed], false, .fail, .complete, true),
        ([.passed, .passed, .passed, .failed], false, .inconclusive, .complete, false),
        ([.passed], false, .pass, .incomplete("cancelled"), false),
        ([], false, .pass, .complete, false),
        ([.skipped, .skipped], false, .pass, .complete, false),
        ([.passed, .skipped, .skipped], false, .pass, .complete, true),
        ([.passed, .quarantined, .quarantined], false, .pass, .complete, true),
        ([.passed, .passed, .passed, .errored], false, .pass, .complete, true),
        ([.passed, .errored], false, .pass, .complete, false),
        ([.passed, .unscored], false, .pass, .complete, false),
        ([.failed, .passed, .passed, .passed, .passed], true, .pass, .complete, false),
        ([.quarantined, .passed], true, .pass, .complete, true),
    ]

    @Test(arguments: table)
    func thePolicyIsAppliedToOneAgentAlone(
        row: (verdicts: [Verdict], critical: Bool, gate: GateDecision.Decision, status: RunStatus, passes: Bool)
    ) throws {
        let fixture = try EvidenceFixture()
        let header = try RunFixture.header()
        var events: [RunEvent] = [.started(header)]
        for (index, verdict) in row.verdicts.enumerated() {
            let trials = verdict == .skipped ? [] : [RunFixture.trial(index, 0, verdict)]
            events.append(
                .caseFinished(
                    RunFixture.result(
                        index, CaseID("c\(index)"), RunFixture.router, verdict, trials: trials, isCritical: row.critical && index == 0)))
        }
        events.append(.caseFinished(RunFixture.result(99, "z", RunFixture.faq, .failed, trials: [RunFixture.trial(99, 0, .failed)])))
        events.append(.finished(try RunFixture.summary(header, status: row.status, gate: GateDecision(row.gate, []))))
        try RunRecorder(store: fixture.store, actor: "ci").handle(events)
        let passed = try fixture.rows("SELECT passed FROM runs WHERE agent_id = 'router'")
        #expect(passed == (row.verdicts.isEmpty ? [] : [[row.passes ? "1" : "0"]]))
        #expect(try fixture.rows("SELECT passed FROM runs WHERE agent_id = 'faq'") == [["0"]])
    }

    @Test func aNewlyFailingCaseCountsAgainstItsOwnAgent() throws {
        let fixture = try EvidenceFixture()
        var header = try RunFixture.header()
        header.suites[0].gate.newlyFailing = .forbid
        header.suites[0].gate.minimumPassRate = 0
        let gate = GateDecision(.fail, [], newlyFailing: [CaseKey(suite: "orders", id: "a", agent: "faq")])
        try RunRecorder(store: fixture.store, actor: "ci").handle([
            .started(header), .caseFinished(RunFixture.result(0, "a", RunFixture.router, trials: [RunFixture.trial(0)])),
            .caseFinished(RunFixture.result(1, "a", RunFixture.faq, .failed, trials: [RunFixture.trial(1, 0, .failed)])),
            .finished(try RunFixture.summary(header, gate: gate)),
        ])
        #expect(try fixture.rows("SELECT agent_id, passed FROM runs ORDER BY agent_id") == [["faq", "0"], ["router", "1"]])
    }
}
