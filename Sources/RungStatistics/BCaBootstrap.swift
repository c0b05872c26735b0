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

    /// Which resample an end is, where the level lies between two of them or inside a run of equal ones.
    public enum Ends: Sendable {
        /// Between them by linear interpolation, as scipy has it: for reading.
        case interpolated
        /// The next one outward beyond which no more resamples lie than the level says: for deciding. Means of grades jump by whole
        /// steps, and an end in the middle of a jump would err more often than stated.
        case outward
    }

    /// The bootstrap interval; the ends are quantiles of the resamples.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is infinite.
    public func interval(
        confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil, ends: Ends = .interpolated
    ) -> ConfidenceInterval {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        let error = oneSided == nil ? (1 - confidence) / 2 : 1 - confidence
        return ConfidenceInterval(
            estimate: estimate, low: oneSided == .upper ? -.infinity : low(level(error), ends),
            high: oneSided == .lower ? .infinity : high(level(1 - error), ends), method: .bca, n: units, confidence: confidence)
    }

    /// The share of resamples below an end that has this share of the error below it.
    private func level(_ probability: Double) -> Double {
        let z = bias + NormalDistribution.quantile(probability)
        let scale = 1 - acceleration * z
        // So skewed that the formula has passed its pole: the farthest resample is all there is.
        guard scale > 0 else { return z < 0 ? 0 : 1 }
        return NormalDistribution.cdf(bias + z / scale)
    }

    private func low(_ level: Double, _ ends: Ends) -> Double {
        guard ends == .outward else { return OrderStatistic.quantile(level, ofSorted: replicates) }
        let allowed = Int((level * Double(replicates.count)).rounded(.down))
        guard allowed > 0 else { return replicates[0] }
        guard allowed < replicates.count else { return replicates[replicates.count - 1] }
        // The last of a run of equal resamples that the level does not cut.
        var index = allowed - 1
        while index > 0, isSame(replicates[index], replicates[allowed]) { index -= 1 }
        return replicates[index]
    }

    private func high(_ level: Double, _ ends: Ends) -> Double {
        guard ends == .outward else { return OrderStatistic.quantile(level, ofSorted: replicates) }
        let last = replicates.count - 1
        let allowed = Int(((1 - level) * Double(replicates.count)).rounded(.down))
        guard allowed > 0 else { return replicates[last] }
        guard allowed <= last else { return replicates[0] }
        var index = last - allowed + 1
        while index < last, isSame(replicates[index], replicates[last - allowed]) { index += 1 }
        return replicates[index]
    }

    /// Sums in another order differ in their last digits.
    private func isSame(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= Self.tolerance(replicates) }

    /// The error at which the upper one-sided end would lie at `mean`: small where the true mean is plainly below it.
    ///
    /// Efron and Tibshirani 1993, "An introduction to the bootstrap", equation 15.34, where resamples equal to the mean count against it;
    /// never below 1/(resamples + 1).
    public func pValue(below mean: Double = 0) -> Double { 1 - error(Self.count(below: mean, in: replicates).fewer) }

    /// The same for the lower end: small where the true mean is plainly above `mean`.
    public func pValue(above mean: Double = 0) -> Double { error(Self.count(below: mean, in: replicates).orEqual) }

    /// The share of the error below an end that has so many resamples below it.
    private func error(_ below: Int) -> Double {
        let least = 1 / Double(replicates.count + 1)
        let share = min(1 - least, max(least, Double(below) / Double(replicates.count)))
        let z = NormalDistribution.quantile(share) - bias
        let scale = 1 + acceleration * z
        guard scale > 0 else { return z < 0 ? least : 1 - least }
        return min(1 - least, max(least, NormalDistribution.cdf(z / scale - bias)))
    }

    /// The share of sorted numbers below a value; those that equal it count half.
    private static func share(below value: Double, in sorted: [Double]) -> Double {
        let (fewer, orEqual) = count(below: value, in: sorted)
        return Double(fewer + orEqual) / Double(2 * sorted.count)
    }

    /// How many sorted numbers are below a value, and how many are below or equal.
    private static func count(below value: Double, in sorted: [Double]) -> (fewer: Int, orEqual: Int) {
        func count(_ isBelow: (Double) -> Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = low + (high - low) / 2
                if isBelow(sorted[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let tolerance = tolerance(sorted)
        return (count { $0 < value - tolerance }, count { $0 <= value + tolerance })
    }

    private static func tolerance(_ sorted: [Double]) -> Double { 1e-12 * max(abs(sorted.first ?? 0), abs(sorted.last ?? 0)) }

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
