import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungEvidence

struct RunRecorderTests {
    @Test func isEssentialAndCalledEvidence() throws {
        let recorder = RunRecorder(store: try EvidenceFixture().store, actor: "ci")
        #expect(recorder.isEssential)
        #expect(recorder.name == "evidence")
    }

    @Test func headerAndSummaryComeBackAsTheyWere() throws {
        let fixture = try EvidenceFixture()
        let header = try RunFixture.header()
        let gate = GateDecision(
            .fail, ["case b failed"], newlyFailing: [CaseKey(suite: "orders", id: "b", agent: "router")],
            newlyPassing: [CaseKey(suite: "orders", id: "a", agent: "faq")])
        let summary = try RunFixture.summary(header, status: .incomplete("cancelled"), gate: gate)
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(header), .finished(summary)])
        let detail = try fixture.store.run("run-1")
        #expect(String(reflecting: detail.header) == String(reflecting: header))
        let read = try #require(detail.summary)
        #expect(read.status == .incomplete("cancelled"))
        #expect(read.gate == gate)
        #expect(read.total == summary.total)
        #expect(read.suites.map(\.tally) == summary.suites.map(\.tally))
        #expect(read.finishedAt == summary.finishedAt)
        #expect(read.durationMs == 1_234.5)
        #expect(detail.isResumable)
    }

    @Test func everyBatchIsOneEntryThatVerifies() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci", reason: "nightly")
        let events = try RunFixture.events(RunFixture.header())
        for event in events { try recorder.handle([event]) }
        let verification = try fixture.store.verify()
        #expect(verification.failure == nil)
        #expect(verification.entries == events.count)
        #expect(try fixture.rows("SELECT DISTINCT actor, reason FROM ledger_entries") == [["ci", "nightly"]])
    }

    @Test func aTrialIsDurableWhenHandleReturns() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header()), .trialFinished(RunFixture.trial(0))])
        let other = try fixture.other()
        #expect(try other.run("run-1").storedTrials == 1)
        #expect(try other.run("run-1").status == "unfinished")
    }

    @Test func rowsOfTheViewHaveOneVerdictForEachAgentAndVersion() throws {
        let fixture = try EvidenceFixture()
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        let rows = try fixture.rows(
            "SELECT run_id, kind, suite_id, agent_id, prompt_version_id, config_digest, finished_at, passed, trials, repeated, unstable, seconds FROM runs ORDER BY agent_id"
        )
        #expect(
            rows == [
                ["run-1", "regression", "orders", "faq", "\(digest("p2"))", "-", "2026-09-30T12:00:00Z", "1", "1", "0", "0", "-"],
                [
                    "run-1", "regression", "orders", "router", "\(digest("p1"))", "\(digest("c1"))", "2026-09-30T12:00:00Z", "0", "3",
                    "1", "1", "-",
                ],
            ])
    }

    @Test func trialsBeforeAStartAreRefused() throws {
        let recorder = RunRecorder(store: try EvidenceFixture().store, actor: "ci")
        let error = #expect(throws: EvidenceError.self) { try recorder.handle([.trialFinished(RunFixture.trial(0))]) }
        #expect(error?.message == "a run must start before its trials are recorded")
    }

    @Test func aBatchThatFailsLeavesNothingBehind() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header())])
        try fixture.tamper("CREATE TEMP TRIGGER stop BEFORE INSERT ON main.case_result_records BEGIN SELECT RAISE(ABORT, 'stop'); END")
        let trial = RunFixture.trial(0)
        #expect(throws: EvidenceError.self) {
            try recorder.handle([.trialFinished(trial), .caseFinished(RunFixture.result(0, "a", trials: [trial]))])
        }
        #expect(try fixture.store.run("run-1").storedTrials == 0)
        try fixture.tamper("DROP TRIGGER stop")
        try recorder.handle([.trialFinished(trial), .caseFinished(RunFixture.result(0, "a", trials: [trial]))])
        #expect(try fixture.store.run("run-1").storedTrials == 1)
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func aRunOfTheSamePlanGoesOnUnderItsID() throws {
        let fixture = try EvidenceFixture()
        let events = try RunFixture.events(RunFixture.header())
        try RunRecorder(store: fixture.store, actor: "ci").handle(Array(events[...4]))
        let again = RunRecorder(store: try fixture.other(), actor: "ci")
        var resumed = events
        resumed[0] = .started(try RunFixture.header(resumed: 3))
        for index in 1...3 {
            guard case .trialFinished(var trial) = resumed[index] else { continue }
            trial.isResumed = true
            resumed[index] = .trialFinished(trial)
        }
        try again.handle(resumed)
        let detail = try fixture.store.run("run-1")
        #expect(detail.storedTrials == 4)
        #expect(detail.storedCases == 3)
        #expect(detail.header.resumedTrials == 0)
        #expect(
            try fixture.rows("SELECT agent_id, passed, trials FROM runs ORDER BY agent_id") == [["faq", "1", "1"], ["router", "0", "3"]])
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func aRunOfAnotherPlanDoesNotGoOn() throws {
        let fixture = try EvidenceFixture()
        try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header())])
        let error = #expect(throws: EvidenceError.self) {
            try RunRecorder(store: fixture.store, actor: "ci").handle([.started(try RunFixture.header(plan: "other"))])
        }
        #expect(
            error?.description == """
                run run-1 was started with another plan
                  suites, prompts, agents or the selection have changed; start a new run
                """)
    }

    @Test func aCompleteRunDoesNotGoOn() throws {
        let fixture = try EvidenceFixture()
        let header = try RunFixture.header()
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(header))
        let error = #expect(throws: EvidenceError.self) {
            try RunRecorder(store: fixture.store, actor: "ci").handle([.started(header)])
        }
        #expect(error?.message == "run run-1 is complete")
    }

    @Test func gradesThatTrialsShareAreStoredOnce() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        try recorder.handle([.started(try RunFixture.header())] + (0..<50).map { .trialFinished(RunFixture.trial($0)) })
        #expect(try fixture.rows("SELECT COUNT(*), COUNT(grades), COUNT(DISTINCT grade_list) FROM trial_records") == [["50", "1", "1"]])
        let trials = try fixture.store.finishedTrials(of: "run-1")
        for index in 0..<50 { #expect(try trials.results(ofCase: index).first?.grades == [RunFixture.grade(true)]) }
    }
}
