import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct JUnitSuiteTests {
    @Test func `each verdict is counted as the element it is written as`() {
        var tally = JUnitTally()
        #expect(tally.isEmpty)
        for (index, verdict) in Verdict.allCases.enumerated() { tally.add(verdict, seconds: Double(index)) }
        #expect([tally.tests, tally.failures, tally.errors, tally.skipped] == [6, 1, 2, 2])
        #expect(tally.seconds == 15)
    }

    @Test(arguments: [(1_500.0, 1.5), (.nan, 0), (-1, 0), (.infinity, 0), (1e300, 1e12)])
    func `times that are none are zero`(milliseconds: Double, seconds: Double) {
        #expect(JUnitTally.seconds(milliseconds: milliseconds) == seconds)
    }

    @Test(arguments: [
        (GateDecision.Decision.pass, RunStatus.complete, Verdict.passed, "gate", "why"),
        (.fail, .complete, .failed, "gate", "why"), (.inconclusive, .complete, .errored, "inconclusive", "why"),
        (.pass, .incomplete("x"), .errored, "incomplete", "why"), (.fail, .incomplete("x"), .failed, "gate", "why"),
        (.inconclusive, .incomplete("x"), .errored, "incomplete", "why"),
    ])
    func `a gate is green only when it passed in a complete run`(
        decision: GateDecision.Decision, status: RunStatus, verdict: Verdict, type: String, message: String
    ) {
        let gate = JUnitGate(GateDecision(decision, ["why"]), status)
        #expect(gate.verdict == verdict)
        #expect(gate.type == type)
        #expect(gate.message == message)
        #expect((gate.element == nil) == (verdict == .passed))
    }

    @Test func `the gate of a shard is skipped, unless cases of it were not tried`() {
        let undecided = GateDecision(.inconclusive, [RunShard.undecided])
        let gate = JUnitGate(undecided, .complete, isShard: true)
        #expect(gate.verdict == .skipped)
        #expect(gate.element?.description == "skipped")
        #expect(gate.message == "decided when the shards are merged")
        #expect(JUnitGate(undecided, .incomplete("late"), isShard: true).verdict == .errored)
    }

    @Test func `reasons and the cases that changed are in the text, bounded`() {
        let keys = (1...52).map { CaseKey(suite: "s", id: CaseID("c\($0)"), agent: "a") }
        let lines = JUnitGate(GateDecision(.fail, ["one", "two\nlines"], newlyFailing: keys, newlyPassing: [keys[0]]), .incomplete("late"))
            .text.split(separator: "\n")
        #expect(lines.prefix(5) == ["decision: fail", "one", "two lines", "the run is incomplete: late", "newly failing: s/c1@a"])
        #expect(lines.suffix(2) == ["newly failing: 2 more", "newly passing: s/c1@a"])
        let said = JUnitGate(GateDecision(.inconclusive, ["the run is incomplete: late; 3 of 6 cases finished"]), .incomplete("late"))
        #expect(said.text == "decision: inconclusive\nthe run is incomplete: late; 3 of 6 cases finished")
    }

    @Test func `properties leave out what is not known`() {
        let header = RunFixture.header([RunFixture.suite(subjects: [])])
        var summary = RunFixture.summary(header, [])
        #expect(
            JUnitProperties.of(header.suites[0], nil, summary).map(\.name) == [
                "run.id", "run.status", "run.plan-digest", "run.seconds", "seed", "suite.digest",
            ])
        summary.suites[0].tally.passRate = nil
        summary.suites[0].tally.repeated = 3
        summary.suites[0].tally.unstable = 2
        let names = JUnitProperties.of(header.suites[0], summary.suites[0], summary)
        #expect(names.contains { $0 == ("unstable-cases", "2") })
        #expect(!names.contains { $0.name == "pass-rate" || $0.name == "cost.usd" })
    }
}
