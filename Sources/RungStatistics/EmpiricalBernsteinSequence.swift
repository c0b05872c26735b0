#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A confidence sequence of a mean of bounded observations: its intervals hold at all times together, however often one looks.
///
/// Predictable plug-in empirical Bernstein, theorem 2 of Waudby-Smith and Ramdas 2023, J. R. Stat. Soc. B 86:1, with the running
/// intersection. Takes constant memory. Observations are independent, or at least each has the same mean given those before it.
public struct EmpiricalBernsteinSequence: Sendable {
    private let scale: SequenceScale
    private var bets: PredictableBets
    private var mean = RunningMean()
    private var stakes = 0.0
    private var weighted = 0.0
    private var spread = 0.0
    private var low = 0.0
    private var high = 1.0

    /// - Parameters:
    ///   - range: what observations can be, such as −1…1 for differences of pass rates.
    ///   - oneSided: the only end wanted, which then has all of the error; the other one is that of the range.
    public init(range: ClosedRange<Double>, confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) {
        scale = SequenceScale(range, confidence, oneSided)
        bets = PredictableBets(error: scale.error)
    }

    /// Takes in one observation.
    ///
    /// - Precondition: it is in the range.
    public mutating func add(_ observation: Double) {
        precondition(scale.range.contains(observation), "an observation is within the stated range")
        mean.add(observation)
        let unit = scale.unit(observation)
        let stake = min(0.5, bets.next)
        let surprise = unit - bets.mean
        stakes += stake
        weighted += stake * unit
        spread += surprise * surprise * (-log1p(-stake) - stake)
        bets.add(unit)
        let margin = (log(1 / scale.error) + spread) / stakes
        low = max(low, weighted / stakes - margin)
        high = min(high, weighted / stakes + margin)
    }

    /// What all observations so far leave plausible; nil without any. Where they leave nothing, low is above high.
    public var interval: ConfidenceInterval? {
        mean.mean.map { scale.interval(estimate: $0, low: low, high: high, .empiricalBernstein, n: mean.count) }
    }
}
