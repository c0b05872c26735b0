import RungCore
import RungCrypto
import Testing

@testable import RungRunner

@Suite("The gate of a regression suite")
struct RegressionGateTests {
    private static let subject = RunSubject(agent: "a", promptVersion: nil, configuration: nil)

    private func result(_ id: String, _ verdict: Verdict, critical: Bool = false) -> CaseResult {
        let trial = TrialResult(caseIndex: 0, index: 0, verdict: verdict, grades: [], seed: 1)
        return CaseResult(
            index: 0, id: CaseID(id), title: nil, suite: "s", subject: Self.subject, verdict: verdict, note: nil, trials: [trial],
            isCritical: critical, slices: [:], intent: nil, digest: SHA256Hasher.digest(of: id),
            location: SourceLocation(file: "f", line: 1))
    }

    private func decide(
        _ results: [CaseResult], _ policy: GatePolicy = GatePolicy(), planned: Int? = nil, status: RunStatus = .complete,
        baseline: [String: Verdict]? = nil, isSelection: Bool = false
    ) -> GateDecision {
        var counts = TallyBuilder(policy: policy)
        var comparison = baseline.map { verdicts in
            BaselineComparison(
                baseline: Baseline(
                    name: "main",
                    verdicts: Dictionary(
                        uniqueKeysWithValues: verdicts.map { (CaseKey(suite: "s", id: CaseID($0.key), agent: "a"), $0.value) })))
        }
        for result in results {
            counts.add(result, isCritical: result.isCritical)
            comparison?.add(result)
        }
        let header = SuiteHeader(
            id: "s", kind: .regression, title: nil, digest: SHA256Hasher.digest(of: "s"), gate: policy, requirement: .all,
            subjects: [Self.subject], cases: planned ?? results.count)
        return RegressionGate(suite: header, counts: counts, status: status, comparison: comparison, isSelection: isSelection)
            .decide()
    }

    @Test("passes when everything passed")
    func pass() {
        let decision = decide([result("x", .passed), result("y", .passed)])
        #expect(decision == GateDecision(.pass, ["2 of 2 cases passed; the minimum is 100 %"]))
    }

    @Test("fails below the minimum pass rate, and passes exactly at it")
    func minimum() {
        let results = [result("x", .passed), result("y", .passed), result("z", .failed)]
        #expect(decide(results, GatePolicy(minimumPassRate: 2.0 / 3)).decision == .pass)
        #expect(
            decide(results, GatePolicy(minimumPassRate: 0.67)).reasons == ["pass rate 66.7 % (2 of 3 cases) is below the minimum of 67 %"])
    }

    @Test("a critical case that does not pass fails the gate at any pass rate", arguments: [Verdict.failed, .errored, .unscored])
    func critical(_ verdict: Verdict) {
        let decision = decide([result("x", verdict, critical: true), result("y", .passed)], GatePolicy(minimumPassRate: 0))
        #expect(decision.decision == .fail)
        #expect(decision.reasons.first == "critical case x (a) is \(verdict.rawValue)")
    }

    @Test("leaving a verdict out of the rate does not excuse a critical case", arguments: [Verdict.errored, .unscored, .skipped])
    func criticalAndExcluded(_ verdict: Verdict) {
        let decision = decide([result("x", verdict, critical: true), result("y", .passed)], GatePolicy(excluded: [verdict]))
        #expect(decision.decision == .fail)
        #expect(decision.reasons.first == "critical case x (a) is \(verdict.rawValue)")
    }

    @Test("errored and unscored cases stay in the denominator unless the policy says otherwise")
    func denominator() {
        let results = [result("x", .passed), result("y", .errored)]
        #expect(decide(results).decision == .fail)
        let lenient = decide(results, GatePolicy(excluded: [.errored]))
        #expect(lenient == GateDecision(.pass, ["1 of 1 cases passed; the minimum is 100 %", "1 errored, left out by the suite's policy"]))
    }

    @Test("a case that passed in the baseline must still pass")
    func newlyFailing() {
        let results = [result("x", .failed), result("y", .passed), result("new", .failed)]
        let baseline: [String: Verdict] = ["x": .passed, "y": .failed, "gone": .passed]
        let decision = decide(results, GatePolicy(minimumPassRate: 0), baseline: baseline)
        #expect(decision.decision == .fail)
        #expect(
            decision.reasons == [
                "1 case that passed in baseline main does not pass now: x (a)",
                "1 cases pass that did not in baseline main", "not compared: 1 new cases, 1 only in the baseline",
            ])
        #expect(decision.newlyFailing.map(\.id) == ["x"])
        #expect(decision.newlyPassing.map(\.id) == ["y"])
        let reported = decide(results, GatePolicy(minimumPassRate: 0, newlyFailing: .report), baseline: baseline)
        #expect(reported.decision == .pass)
        #expect(reported.reasons.contains("1 case that passed in baseline main does not pass now: x (a) (reported, not forbidden)"))
    }

    @Test("a baseline without a common case decides nothing")
    func foreignBaseline() {
        let decision = decide([result("x", .passed)], baseline: ["other": .passed])
        #expect(decision.decision == .inconclusive)
        #expect(decision.reasons.first == "baseline main has no case in common with this suite")
    }

    @Test("an incomplete run fails when it can no longer pass, and is inconclusive otherwise")
    func incomplete() {
        let status = RunStatus.incomplete("it was interrupted")
        let open = decide([result("x", .passed)], planned: 3, status: status)
        #expect(open.decision == .inconclusive)
        #expect(open.reasons == ["the run is incomplete: it was interrupted; 1 of 3 cases finished"])
        #expect(decide([result("x", .failed)], planned: 3, status: status).decision == .fail)
        let lenient = decide([result("x", .failed)], GatePolicy(minimumPassRate: 0.5), planned: 3, status: status)
        #expect(lenient.decision == .inconclusive)
    }

    @Test("nothing to decide on is never a pass", arguments: [Verdict.unscored, .skipped, .quarantined, .errored])
    func nothingToDecideOn(_ verdict: Verdict) {
        #expect(decide([result("x", verdict)], GatePolicy(minimumPassRate: 0)).decision == .inconclusive)
    }

    @Test("the worst suite decides, and reasons name their suite")
    func worst() {
        func summary(_ id: SuiteID, _ decision: GateDecision) -> SuiteSummary {
            let header = SuiteHeader(
                id: id, kind: .regression, title: nil, digest: SHA256Hasher.digest(of: "s"), gate: GatePolicy(), requirement: .all,
                subjects: [], cases: 1)
            return SuiteSummary(header: header, tally: Tally(), gate: decision)
        }
        let worst = GateDecision.worst(of: [
            summary("one", GateDecision(.pass, ["fine"])), summary("two", GateDecision(.fail, ["bad"])),
            summary("three", GateDecision(.inconclusive, ["open"])),
        ])
        #expect(worst == GateDecision(.fail, ["two: bad", "three: open", "one: fine"]))
        #expect(GateDecision.worst(of: []).decision == .inconclusive)
    }

    @Test(
        "a share is never rounded up to all or down to nothing",
        arguments: [(1.0, "100 %"), (0.99999, "99.9 %"), (0.5, "50 %"), (0.0, "0 %"), (2.0 / 3, "66.7 %"), (0.0001, "0.1 %")])
    func percent(_ share: Double, _ text: String) {
        #expect(RegressionGate.percent(share) == text)
    }
}
