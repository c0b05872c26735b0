extension PairedCounts {
    /// Score interval of the difference of the pass rates: all differences that the score test does not reject.
    ///
    /// Tango 1998, "Equivalence test and confidence interval for the difference in proportions for the paired-sample design", Stat.
    /// Med. 17:891. It stays inside −1…1 and has a width also where no pair is discordant: then it is ∓ z²/(n + z²). Nil without pairs.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is that of the scale.
    public func tango(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval? {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        guard let difference else { return nil }
        let z = NormalDistribution.quantile(oneSided == nil ? (1 + confidence) / 2 : confidence)
        return ConfidenceInterval(
            estimate: difference, low: oneSided == .upper ? -1 : root(score: z, between: -1, and: 1),
            high: oneSided == .lower ? 1 : root(score: -z, between: -1, and: 1), method: .tango, n: pairs, confidence: confidence)
    }

    /// The score statistic of a supposed difference, about standard normal where it is the true one; it falls as the difference grows.
    ///
    /// (gained − lost − nδ) / √(n(2q + δ(1 − δ))), where q is the most likely rate of lost pairs, given δ; 0 without pairs.
    ///
    /// - Precondition: the difference is in −1…1.
    public func tangoScore(of supposed: Double) -> Double {
        precondition((-1...1).contains(supposed), "a difference of rates is from −1 to 1")
        let n = Double(pairs)
        let distance = Double(gained - lost) - n * supposed
        guard distance != 0 else { return 0 }
        let (a, b, c) = (
            2 * n, (2 * n + Double(lost) - Double(gained)) * supposed - Double(discordant), -Double(lost) * supposed * (1 - supposed)
        )
        let radicand = max(0, b * b - 4 * a * c).squareRoot()
        // Of both forms of the root the one that does not cancel.
        let rate = b <= 0 ? (radicand - b) / (2 * a) : -2 * c / (radicand + b)
        let variance = n * (2 * rate + supposed * (1 - supposed))
        return variance > 0 ? distance / variance.squareRoot() : distance * .infinity
    }

    /// The one-sided p-value that the true difference is below `supposed`.
    public func tangoPValue(below supposed: Double) -> Double { NormalDistribution.cdf(tangoScore(of: supposed)) }

    /// The one-sided p-value that the true difference is above `supposed`.
    public func tangoPValue(above supposed: Double) -> Double { NormalDistribution.cdf(-tangoScore(of: supposed)) }

    /// Where the falling score passes a value: bisection to the last digit.
    private func root(score: Double, between low: Double, and high: Double) -> Double {
        var (low, high) = (low, high)
        if tangoScore(of: low) <= score { return low }
        if tangoScore(of: high) >= score { return high }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return abs(low) < abs(high) ? low : high }
            if tangoScore(of: middle) > score { low = middle } else { high = middle }
        }
    }
}
