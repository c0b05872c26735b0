public import RungCore
internal import RungStatistics

/// What a comparison cannot see in numbers.
public struct ComparisonGround: Sendable {
    /// Sentences about why not everything was tried that should have been; then nothing passes.
    public var gaps: [String]
    /// Ids of critical cases that failed with the candidate; one is enough to fail.
    public var failedCriticalCases: [String]

    public init(gaps: [String] = [], failedCriticalCases: [String] = []) {
        self.gaps = gaps
        self.failedCriticalCases = failedCriticalCases
    }
}

/// Compares a candidate with its baseline case by case, and decides: a pure function of values, policy and seed.
///
/// It fails where a critical case fails, where the upper bound of the change lies below minus the margin, where better is required and
/// the upper bound lies below zero, and where a slice drops by more than the margin after Holm's adjustment. It passes where everything
/// was tried and the lower bound is not below minus the margin, or is above zero where better is required, or where every transcript is
/// the baseline's. Else it is inconclusive. `DecidingBound` tells which bound that is.
public struct EfficacyGate: Sendable {
    let policy: ComparisonPolicy
    let names: (baseline: String, candidate: String)

    /// - Parameters:
    ///   - baseline: how sentences call the baseline.
    ///   - candidate: how sentences call the candidate.
    public init(policy: ComparisonPolicy, baseline: String = "the baseline", candidate: String = "the candidate") {
        self.policy = policy
        names = (baseline, candidate)
    }

    /// The comparison with its decision.
    ///
    /// - Precondition: ids are unique on each side.
    public func compare(baseline: [CaseValues], candidate: [CaseValues], ground: ComparisonGround = ComparisonGround()) -> Comparison {
        let sample = PairedSample(baseline: baseline, candidate: candidate)
        let bound = DecidingBound(sample.pairs, policy: policy, seed: StableSeed(base: policy.seed))
        let slices = sliced(sample.pairs)
        let judgement = judge(sample, bound, slices, ground)
        // Where only completeness is missing, no further cases would help.
        let isDecided = judgement != .inconclusive || bound.map { $0.differences.units >= policy.minimumPairs && passes($0) } ?? false
        let power = bound.map { ComparisonPlanner(bound: $0, pairs: sample.pairs, policy: policy).plan(isDecided: isDecided) }
        var comparison = Comparison(
            baseline: names.baseline, candidate: names.candidate, policy: policy, n: bound?.differences.units ?? 0,
            pairs: sample.pairs.count, isClustered: bound?.differences.isClustered ?? false, trials: sample.trials,
            isProportion: sample.isProportion, unpaired: sample.unpaired, effect: bound?.effect, binary: bound?.binary,
            power: power ?? ComparisonPower(), decision: judgement, reasons: [], slices: slices)
        comparison.reasons = ComparisonReasons(comparison: comparison, sample: sample, ground: ground).sentences
        return comparison
    }

    private func judge(
        _ sample: PairedSample, _ bound: DecidingBound?, _ slices: [ComparisonSlice], _ ground: ComparisonGround
    ) -> ComparisonDecision {
        if !ground.failedCriticalCases.isEmpty { return .fail }
        let isComplete = ground.gaps.isEmpty && sample.missing == (0, 0)
        if sample.isUnchanged, isComplete { return .unchanged }
        guard let bound, bound.differences.units >= policy.minimumPairs else { return .inconclusive }
        let bounds = bound.bounds
        if bounds.high < -policy.margin - policy.slack || policy.requirement == .superior && bounds.high < -policy.slack { return .fail }
        if slices.contains(where: { policy.fails($0) }) { return .fail }
        return passes(bound) && isComplete ? .pass : .inconclusive
    }

    /// Whether the bound alone would let it pass.
    private func passes(_ bound: DecidingBound) -> Bool {
        let low = bound.bounds.low
        return policy.requirement == .superior ? low > policy.slack : low >= -policy.margin - policy.slack
    }

    /// Every slice by itself, with the p-values of those that are large enough adjusted over their family.
    private func sliced(_ pairs: [PairedCase]) -> [ComparisonSlice] {
        let parts = Dictionary(grouping: pairs.filter { $0.slice != nil }) { $0.slice ?? "" }
        // The bound of a slice holds all of its resamples: only its numbers are kept.
        let seen = parts.keys.sorted().compactMap { name in
            DecidingBound(parts[name] ?? [], policy: policy, seed: StableSeed(base: policy.seed).mixing("slice").mixing(name)).map {
                bound in
                let isTested = bound.differences.units >= policy.minimumPairs
                return SeenSlice(
                    name: name, pairs: parts[name]?.count ?? 0, units: bound.differences.units, effect: bound.effect,
                    drop: isTested ? bound.pValue(below: -policy.margin) : nil)
            }
        }
        let tested = seen.filter { $0.drop != nil }
        let drops = tested.map { $0.drop ?? 1 }
        let holm = MultipleComparisons.holm(drops)
        let rates = MultipleComparisons.benjaminiHochberg(tested.map(\.effect.pValue))
        var tests: [String: ComparisonSlice.Tests] = [:]
        for (index, slice) in tested.enumerated() {
            tests[slice.name] = ComparisonSlice.Tests(
                beyondMargin: drops[index], holm: holm[index], benjaminiHochberg: rates[index])
        }
        return seen.map { slice in
            ComparisonSlice(name: slice.name, n: slice.units, pairs: slice.pairs, effect: slice.effect, tests: tests[slice.name])
        }
    }

    /// What is kept of a slice.
    private struct SeenSlice {
        let name: String
        let pairs: Int
        let units: Int
        let effect: ComparisonEffect
        /// The p-value of a drop beyond the margin; nil where there are too few units.
        let drop: Double?
    }
}

extension ComparisonPolicy {
    /// Bounds that differ by less are the same: rounding decides nothing.
    var slack: Double { 1e-12 * max(1, margin) }

    /// Whether a slice alone makes the gate fail.
    func fails(_ slice: ComparisonSlice) -> Bool { slice.tests.map { $0.holm <= 1 - confidence } ?? false }
}
