import RungCore
import Testing

@Suite struct ToolDriftTests {
    private static let drift = ToolDrift(
        compared: 3,
        findings: [
            .init(tool: "lookup", .changed(place: "/a", recorded: "1", received: nil)), .init(tool: "pay", .notCalled(2)),
        ])

    @Test func `what drifted fails the trial or informs, as the suite says`() {
        let failing = Self.drift.grade(.fail)
        #expect(failing.role == .verdict && failing.verdict == .failed)
        #expect(failing.judgement.reason == "lookup answered otherwise at /a: recorded 1, received nothing, and 1 more")
        #expect(
            failing.judgement.diff
                == "lookup answered otherwise at /a: recorded 1, received nothing\npay was not called: recorded call 2")
        #expect(Self.drift.grade(.report).role == .report)
        #expect(Self.drift.grade(.report).judgement == failing.judgement)
    }

    @Test(arguments: Suite.Drift.allCases) func `tools that are as they were make no answer right`(policy: Suite.Drift) {
        let grade = ToolDrift(compared: 1).grade(policy)
        #expect(grade.role == .report && grade.verdict == .passed)
        #expect(grade.judgement.reason == "1 call of a tool is answered as recorded")
        #expect(Grade.verdict(of: [grade]) == .unscored)
    }
}
