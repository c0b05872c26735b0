#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A confidence sequence of a mean of bounded observations by betting against every supposed mean; narrower than empirical Bernstein.
///
/// Whoever bets on "larger than m" and on "smaller than m" cannot grow rich where m is true: a capital of 1/α refutes m at any time
/// (Ville's inequality). Hedged capital, theorem 3 of Waudby-Smith and Ramdas 2023, J. R. Stat. Soc. B 86:1, with stakes truncated at
/// half of what would ruin the player. Keeps two numbers for each observation.
public struct HedgedCapitalSequence: Sendable {
    private let scale: SequenceScale
    private var bets: PredictableBets
    private var mean = RunningMean()
    private var rounds: [Round] = []

    private struct Round: Sendable {
        var stake: Double
        var observation: Double
    }

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
        rounds.append(Round(stake: bets.next, observation: unit))
        bets.add(unit)
    }

    /// What all observations so far leave plausible, at all times together; nil without any. Where they leave nothing, low is above high.
    ///
    /// The capital of each side is monotone in the supposed mean, so both ends are found by bisection: about fifty passes.
    public var interval: ConfidenceInterval? {
        guard let estimate = mean.mean else { return nil }
        let low = oneEnd { peakOfLarger($0) }
        let high = 1 - oneEnd { peakOfSmaller(1 - $0) }
        return scale.interval(estimate: estimate, low: low, high: high, .hedgedCapital, n: mean.count)
    }

    /// The largest capital so far of bets that the mean is larger than the supposed one; 1/α refutes it.
    public func capital(above supposed: Double) -> Double { exp(peakOfLarger(scale.unit(supposed))) }

    /// The largest capital so far of bets that the mean is smaller than the supposed one.
    public func capital(below supposed: Double) -> Double { exp(peakOfSmaller(scale.unit(supposed))) }

    /// The largest m in 0…1 whose capital reaches 1/α; 0 where none does.
    private func oneEnd(_ peak: (Double) -> Double) -> Double {
        let needed = log(1 / scale.error)
        var (low, high) = (0.0, 1.0)
        for _ in 0..<52 {
            let middle = low + (high - low) / 2
            if peak(middle) >= needed { low = middle } else { high = middle }
        }
        return low
    }

    private func peakOfLarger(_ supposed: Double) -> Double {
        peak { min($0.stake, 0.5 / supposed) * ($0.observation - supposed) }
    }

    private func peakOfSmaller(_ supposed: Double) -> Double {
        peak { min($0.stake, 0.5 / (1 - supposed)) * (supposed - $0.observation) }
    }

    /// The largest logarithm of the capital over time, at least that of the start.
    private func peak(_ gain: (Round) -> Double) -> Double {
        var (capital, peak) = (0.0, 0.0)
        for round in rounds {
            capital += log1p(gain(round))
            peak = max(peak, capital)
        }
        return peak
    }
}
