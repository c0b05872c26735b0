/// Bias-corrected and accelerated bootstrap of the mean difference over cases or clusters (Efron 1987, J. Am. Stat. Assoc. 82:171).
///
/// Units are drawn with replacement; the acceleration comes from leaving out one unit at a time. Seeded: the same differences, seed and
/// number of resamples give the same bits. For fewer than about fifty units the interval is too narrow.
public struct BCaBootstrap: Sendable {
    /// The mean of the sample itself.
    public let estimate: Double
    /// The number of units that were drawn each time.
    public let units: Int
    /// Bias correction z₀; 0 where half of the resamples lie below the estimate.
    public let bias: Double
    /// Acceleration a, a sixth of the skewness of the estimate.
    public let acceleration: Double
    /// Means of the resamples, sorted.
    let replicates: [Double]

    /// - Returns: nil for fewer than two units, and where the units do not differ: there is nothing to learn from drawing them.
    public init?(_ differences: PairedDifferences, seed: UInt64, resamples: Int = 10_000) {
        precondition(resamples > 0, "at least one resample is drawn")
        guard differences.units > 1, !differences.hasNoVariance else { return nil }
        var replicates = Resampler(differences).means(count: resamples, seed: seed)
        replicates.sort()
        self.init(
            estimate: differences.estimate, sortedReplicates: replicates, acceleration: Self.acceleration(of: differences),
            units: differences.units)
    }

    /// From resamples that were drawn elsewhere.
    ///
    /// - Returns: nil where all resamples lie on one side of the estimate.
    init?(estimate: Double, sortedReplicates: [Double], acceleration: Double, units: Int) {
        self.estimate = estimate
        self.units = units
        self.acceleration = acceleration
        replicates = sortedReplicates
        let bias = NormalDistribution.quantile(Self.share(below: estimate, in: sortedReplicates))
        guard bias.isFinite else { return nil }
        self.bias = bias
    }

    /// The bootstrap interval; the ends are quantiles of the resamples.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is infinite.
    public func interval(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        let error = oneSided == nil ? (1 - confidence) / 2 : 1 - confidence
        return ConfidenceInterval(
            estimate: estimate, low: oneSided == .upper ? -.infinity : end(error),
            high: oneSided == .lower ? .infinity : end(1 - error), method: .bca, n: units, confidence: confidence)
    }

    private func end(_ probability: Double) -> Double {
        let z = bias + NormalDistribution.quantile(probability)
        let scale = 1 - acceleration * z
        // So skewed that the formula has passed its pole: the farthest resample is all there is.
        guard scale > 0 else { return z < 0 ? replicates[0] : replicates[replicates.count - 1] }
        return OrderStatistic.quantile(NormalDistribution.cdf(bias + z / scale), ofSorted: replicates)
    }

    /// The error at which the upper one-sided end would lie at `mean`: small where the true mean is plainly below it.
    ///
    /// Efron and Tibshirani 1993, "An introduction to the bootstrap", equation 15.34; never below 1/(resamples + 1).
    public func pValue(below mean: Double = 0) -> Double { 1 - pValueBelowComplement(mean) }

    private func pValueBelowComplement(_ mean: Double) -> Double {
        let least = 1 / Double(replicates.count + 1)
        let share = min(1 - least, max(least, Self.share(below: mean, in: replicates)))
        let z = NormalDistribution.quantile(share) - bias
        let scale = 1 + acceleration * z
        guard scale > 0 else { return z < 0 ? least : 1 - least }
        return min(1 - least, max(least, NormalDistribution.cdf(z / scale - bias)))
    }

    /// The same for the lower end: small where the true mean is plainly above `mean`.
    public func pValue(above mean: Double = 0) -> Double { pValueBelowComplement(mean) }

    /// The share of sorted numbers below a value; those that equal it count half.
    private static func share(below value: Double, in sorted: [Double]) -> Double {
        func count(_ isBelow: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = low + (high - low) / 2
                if isBelow(sorted[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        // Sums in another order differ in their last digits.
        let tolerance = 1e-12 * max(abs(sorted.first ?? 0), abs(sorted.last ?? 0))
        return Double(count { $0 < value - tolerance } + count { $0 <= value + tolerance }) / Double(2 * sorted.count)
    }

    /// a = Σ u³ / (6 (Σ u²)^1.5), where u is the mean of all leave-one-out estimates minus the one without this unit.
    private static func acceleration(of differences: PairedDifferences) -> Double {
        let (n, units) = (Double(differences.cases), Double(differences.units))
        let total = differences.estimate * n
        let estimates = differences.groups.map { (total - $0.total) / (n - $0.size) }
        let mean = zip(estimates, differences.groups).reduce(0) { $0 + $1.0 * Double($1.1.count) } / units
        var (squares, cubes) = (0.0, 0.0)
        for (estimate, group) in zip(estimates, differences.groups) {
            let distance = mean - estimate
            squares += Double(group.count) * distance * distance
            cubes += Double(group.count) * distance * distance * distance
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
}
