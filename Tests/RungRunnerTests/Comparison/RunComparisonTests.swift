import RungCore
import RungCrypto
import Testing

@testable import RungRunner

@Suite struct RunComparisonTests {
    private func item(
        _ id: String, agent: String = "a", suite: String = "s", verdict: Verdict = .passed, values: [Double?] = [1], digest: String = "d",
        isCritical: Bool = false, slices: [String: String] = [:]
    ) -> RunValues.Case {
        RunValues.Case(
            key: CaseKey(suite: SuiteID(suite), id: CaseID(id), agent: AgentID(agent)), verdict: verdict,
            digest: SHA256Hasher.digest(of: Array(digest.utf8)), isCritical: isCritical, slices: slices,
            trials: values.enumerated().map { TrialValue(trial: "\($0)", value: $1) })
    }

    private func run(_ cases: [RunValues.Case], gap: String? = nil) -> RunValues { RunValues(name: "r", gap: gap, cases: cases) }

    private func compare(_ sides: RunComparison) -> Comparison {
        EfficacyGate(policy: ComparisonPolicy(margin: 0.1)).compare(
            baseline: sides.baseline, candidate: sides.candidate, ground: sides.ground)
    }

    @Test func `cases are called as shortly as both runs allow`() {
        let one = RunComparison(baseline: run([item("x")]), candidate: run([item("x", agent: "b")]))
        #expect(one.baseline.map(\.id) == ["x"] && one.candidate.map(\.id) == ["x"], "two agents, one of each run, are compared")
        let two = RunComparison(
            baseline: run([item("x"), item("x", agent: "b")]), candidate: run([item("x", suite: "t")]))
        #expect(two.baseline.map(\.id) == ["s x@a", "s x@b"] && two.candidate.map(\.id) == ["t x@a"])
    }

    @Test func `a scenario that changed in between is left out and told`() {
        let cases = (0..<30).map { item("c\($0)") }
        var changed = cases
        changed[7] = item("c7", digest: "other")
        let comparison = compare(RunComparison(baseline: run(cases), candidate: run(changed)))
        #expect(comparison.unpaired == [UnpairedCase(id: "c7", side: .changed)])
        #expect(comparison.pairs == 29)
        #expect(comparison.reasons.contains("not compared: 1 case changed in between"), "\(comparison.reasons)")
    }

    @Test func `a critical case that failed fails, an incomplete run never passes`() {
        let cases = (0..<60).map { item("c\($0)") }
        var failed = cases
        failed[3] = item("c3", verdict: .failed, values: [0], isCritical: true)
        let critical = compare(RunComparison(baseline: run(cases), candidate: run(failed)))
        #expect(critical.decision == .fail && critical.reasons.first?.hasSuffix(": c3") == true, "\(critical.reasons)")
        #expect(compare(RunComparison(baseline: run(cases), candidate: run(cases))).decision == .pass)
        let part = compare(RunComparison(baseline: run(cases), candidate: run(cases, gap: "stopped early")))
        #expect(part.decision == .inconclusive && part.reasons.contains("stopped early"), "\(part.reasons)")
    }

    @Test func `skipped and quarantined cases count on neither side`() {
        let cases = (0..<30).map { item("c\($0)") }
        var other = cases
        other[0] = item("c0", verdict: .quarantined, values: [0])
        other[1] = item("c1", verdict: .skipped, values: [])
        let comparison = compare(RunComparison(baseline: run(cases), candidate: run(other)))
        #expect(comparison.unpaired.map(\.id) == ["c0", "c1"] && comparison.pairs == 28)
    }

    @Test func `what is skipped on both sides leaves two equal runs unchanged`() {
        var cases = (0..<30).map { item("c\($0)") }
        for index in cases.indices { cases[index].trials[0].digest = "t\(index)" }
        cases[4].verdict = .skipped
        let comparison = compare(RunComparison(baseline: run(cases), candidate: run(cases)))
        #expect(comparison.decision == .unchanged, "\(comparison.reasons)")
        var other = cases
        other[5].verdict = .quarantined
        #expect(compare(RunComparison(baseline: run(cases), candidate: run(other))).decision != .unchanged)
    }

    @Test func `a selection of the cases never passes against all of them`() {
        let cases = (0..<60).map { item("c\($0)") }
        var part = run(cases)
        part.filter = "c*"
        let comparison = compare(RunComparison(baseline: run(cases), candidate: part))
        #expect(
            comparison.decision == .inconclusive && comparison.reasons.contains("r took only some of the cases (c*)"),
            "\(comparison.reasons)")
        #expect(comparison.power.furtherUnits == nil, "no further case would help")
        var both = run(cases)
        both.filter = "c*"
        #expect(compare(RunComparison(baseline: both, candidate: part)).decision == .pass)
    }

    @Test func `agents that play the same case are one unit, and a critical case that is skipped is no pass`() {
        let cases = (0..<30).flatMap { [item("c\($0)"), item("c\($0)", agent: "b")] }
        let comparison = compare(RunComparison(baseline: run(cases), candidate: run(cases)))
        #expect(comparison.pairs == 60 && comparison.n == 30)
        var skipped = (0..<60).map { item("c\($0)") }
        skipped[2] = item("c2", verdict: .skipped, values: [], isCritical: true)
        let open = compare(RunComparison(baseline: run((0..<60).map { item("c\($0)") }), candidate: run(skipped)))
        #expect(open.decision == .inconclusive && open.reasons.contains("critical case c2 was skipped"), "\(open.reasons)")
    }

    @Test func `slices and clusters come from the slices of the cases`() {
        let cases = (0..<40).map { item("c\($0)", slices: ["topic": $0 < 20 ? "a" : "b", "document": "d\($0 / 4)"]) }
        let sides = RunComparison(baseline: run(cases), candidate: run(cases), parts: .init(slice: "topic", cluster: "document"))
        let comparison = compare(sides)
        #expect(comparison.n == 10 && comparison.isClustered && comparison.slices.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [
        (Verdict.passed, 1.0 as Double?), (.failed, 0), (.errored, nil), (.unscored, nil), (.skipped, nil),
    ]) func `verdicts are 1 and 0, and what came to nothing is nothing`(_ verdict: Verdict, _ value: Double?) {
        #expect(ComparedValue.verdict.value(of: verdict) { _ in (.failed, 0.3) } == value)
        #expect(ComparedValue.grade("g").value(of: verdict) { $0 == "g" ? (verdict, nil) : nil } == value)
        #expect(ComparedValue.grade("g").value(of: verdict) { _ in (nil, 0.3) } == 0.3)
        #expect(ComparedValue.grade("g").takes(verdict) { _ in false } == (verdict != .passed && verdict != .failed))
        #expect(ComparedValue.verdict.takes(verdict) { _ in false } && ComparedValue.grade("g").takes(verdict) { $0 == "g" })
        #expect(ComparedValue.grade("other").value(of: verdict) { _ in nil } == nil)
    }
}
