internal import RungCore
internal import RungCrypto

/// Gathers the cases of an efficacy suite while it runs, and decides about it at the end; its memory grows with the trials.
struct EfficacyCases {
    private let baseline: EfficacyBaseline
    private var candidate: RunValues

    /// - Parameter filter: the selection that the candidate's run was made with; nil for all cases.
    init(_ baseline: EfficacyBaseline, filter: String?) {
        self.baseline = baseline
        candidate = RunValues(name: baseline.plan.candidate)
        candidate.filter = filter
    }

    /// Notes a case that has finished.
    mutating func add(_ result: CaseResult) {
        candidate.cases.append(
            RunValues.Case(
                key: result.key, verdict: result.verdict, digest: result.digest, isCritical: result.isCritical, slices: result.slices,
                trials: result.trials.filter { baseline.plan.value.takes($0) }.map { trial in
                    TrialValue(
                        trial: String(trial.index), value: baseline.plan.value.value(of: trial), digest: trial.transcriptDigest?.description
                    )
                }))
    }

    /// The comparison, and the decision in the words of a gate.
    func decide(_ status: RunStatus) -> GateDecision {
        var candidate = candidate
        if case .incomplete(let reason) = status { candidate.gap = "the run is incomplete: \(reason)" }
        let plan = baseline.plan
        for name in [plan.slice, plan.cluster].compactMap({ $0 }) where !candidate.cases.contains(where: { $0.slices[name] != nil }) {
            candidate.gap = candidate.gap ?? "no case has a slice \"\(name)\", which the suite compares by"
        }
        let sides = RunComparison(
            baseline: baseline.values, candidate: candidate, parts: .init(slice: plan.slice, cluster: plan.cluster))
        let other = baseline.isNamed ? baseline.values.name : plan.baseline
        var comparison = EfficacyGate(policy: plan.policy, baseline: other, candidate: plan.candidate)
            .compare(baseline: sides.baseline, candidate: sides.candidate, ground: sides.ground)
        comparison.sources = .init(
            baseline: baseline.isNamed ? other : "\(plan.prompt)/\(plan.baseline) (\(baseline.values.name))",
            candidate: "\(plan.prompt)/\(plan.candidate)")
        var decision = GateDecision(Self.word(comparison.decision), comparison.reasons)
        decision.comparison = comparison.json
        return decision
    }

    /// An efficacy suite without its other side.
    static let alone = GateDecision(
        .inconclusive,
        ["this run is one side of a comparison and decides nothing by itself; rung compare holds it to another run"])

    private static func word(_ decision: ComparisonDecision) -> GateDecision.Decision {
        switch decision {
        case .pass, .unchanged: .pass
        case .fail: .fail
        case .inconclusive: .inconclusive
        }
    }
}
