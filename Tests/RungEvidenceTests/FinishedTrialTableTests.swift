import RungCore
import RungText
import Testing

@testable import RungEvidence

struct FinishedTrialTableTests {
    static let hard = TrialResult(
        caseIndex: 7, index: 2, verdict: .failed,
        grades: [
            Grade(
                name: "json-2", kind: "json", version: "1.2", role: .verdict,
                judgement: Judgement(.holds(false), "not: it\n\"differs\" \u{1}\u{7f}é🙂", expected: nil, actual: "a\\b", diff: nil)),
            Grade(name: "s", kind: "score", version: "1", role: .report, judgement: Judgement(.score(0.1), "", expected: "e", diff: "d")),
            Grade(name: "l", kind: "label", version: "1", role: .report, judgement: Judgement(.label("abstained"), "r")),
            Grade(name: "n", kind: "x", version: "1", role: .report, judgement: Judgement(.abstained, "r")),
            Grade(
                name: "b", kind: "x", version: "1", role: .verdict, judgement: Judgement(.broken, "r", expected: "", actual: "", diff: "")),
        ],
        usage: Usage(inputTokens: 12, outputTokens: 0, cost: 0.0031), latencyMs: 12.345678901234567,
        retried: [TrialFault(.crashed, "exit status 3"), TrialFault(.timedOut, "")], seed: .max, transcriptDigest: digest("t"))
    static let bare = TrialResult(
        caseIndex: 7, index: 0, verdict: .errored, grades: [], fault: TrialFault(.protocolViolation, "line 3 is no \"JSON\""), seed: 0)

    @Test func everythingThatWasStoredComesBack() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        var hard = Self.hard
        hard.usage.replayedTokens = 5
        try recorder.handle([.started(try RunFixture.header()), .trialFinished(hard), .trialFinished(Self.bare)])
        let trials = try fixture.store.finishedTrials(of: "run-1")
        var expected = [Self.bare, hard]
        for index in expected.indices { expected[index].isResumed = true }
        #expect(trials.count == 2)
        #expect(String(reflecting: try trials.results(ofCase: 7)) == String(reflecting: expected))
        #expect(try trials.results(ofCase: 6).isEmpty)
    }

    @Test func cancelledTrialsAreMadeAgainAndTheLastResultCounts() throws {
        let fixture = try EvidenceFixture()
        let recorder = RunRecorder(store: fixture.store, actor: "ci")
        let cancelled = TrialResult(
            caseIndex: 0, index: 0, verdict: .errored, grades: [], fault: TrialFault(.cancelled, "stopped"), seed: 1)
        try recorder.handle([
            .started(try RunFixture.header()), .trialFinished(cancelled), .trialFinished(RunFixture.trial(1, 0, .failed)),
            .trialFinished(RunFixture.trial(1, 0, .passed)),
        ])
        let trials = try fixture.store.finishedTrials(of: "run-1")
        #expect(trials.count == 1)
        #expect(try trials.results(ofCase: 0).isEmpty)
        #expect(try trials.results(ofCase: 1).map(\.verdict) == [.passed])
    }

    @Test func trialsOfOtherRunsAreNotAmongThem() throws {
        let fixture = try EvidenceFixture()
        for (id, index) in [("run-1", 0), ("run-2", 1)] {
            let recorder = RunRecorder(store: fixture.store, actor: "ci")
            try recorder.handle([.started(try RunFixture.header(RunID(id))), .trialFinished(RunFixture.trial(index))])
        }
        let trials = try fixture.store.finishedTrials(of: "run-1")
        #expect(trials.count == 1)
        #expect(try trials.results(ofCase: 1).isEmpty)
    }
}
