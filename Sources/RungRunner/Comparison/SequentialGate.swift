public import RungCore
internal import RungStatistics

/// Decides about a candidate while its cases come in, one independent unit after the other; looking early costs nothing in validity.
///
/// Both questions of the gate (is the drop beyond the margin, or within it) are bets that stay honest at any time (Waudby-Smith and
/// Ramdas 2023), each with all of the error. Units are differences of means, candidate − baseline, of values in 0…1; a cluster comes as
/// the mean of its cases. It stops at a decision; who runs out of cases has none, and compares what there is with `EfficacyGate`.
public struct SequentialGate: Sendable {
    /// Nil as long as the units do not decide.
    public private(set) var decision: ComparisonDecision?
    /// Units taken in so far.
    public private(set) var units = 0
    private let minimumUnits: Int
    private var within: CapitalBet
    private var beyond: CapitalBet

    public init(policy: ComparisonPolicy) {
        let isSuperior = policy.requirement == .superior
        minimumUnits = policy.minimumPairs
        within = CapitalBet(against: isSuperior ? 0 : -policy.margin, side: .lower, range: -1...1, confidence: policy.confidence)
        beyond = CapitalBet(against: isSuperior ? 0 : -policy.margin, side: .upper, range: -1...1, confidence: policy.confidence)
    }

    /// Takes in the difference of one unit; once decided, nothing changes any more.
    ///
    /// - Precondition: the difference is in −1…1.
    public mutating func add(_ difference: Double) {
        guard decision == nil else { return }
        within.add(difference)
        beyond.add(difference)
        units += 1
        guard units >= minimumUnits else { return }
        if beyond.isRefuted { decision = .fail } else if within.isRefuted { decision = .pass }
    }
}
