/// Exact test of a mean difference by flipping the signs of units, and its inversion to bounds.
///
/// Where the differences are spread symmetrically about their true mean, each of the 2ᵘ ways to flip the signs of u units is as likely
/// as the other ones (Fisher 1935, "The design of experiments", § 21). Flipping the units of a set S around a supposed mean θ leads at
/// least as far up as the data do exactly when the mean of S is at most θ. So the means of all subsets hold the p-value of every θ,
/// and their order statistics are the bounds ("typical values": Hartigan 1969, J. Am. Stat. Assoc. 64:1303). Up to 20 units all
/// subsets are looked at; above that a seeded sample, which keeps the stated error exactly too (Hartigan's theorem 2).
public struct SignFlipTest: Sendable {
    /// The largest number of units for which all subsets are looked at.
    public static let exactLimit = 20

    /// Whether all subsets were looked at.
    public let isExact: Bool
    private let estimate: Double
    private let units: Int
    /// Means of the subsets that are not empty.
    private let means: [Double]
    /// The subsets that are empty count with every supposed mean; the one in which nothing is flipped always is.
    private let empty: Int
    private let tolerance: Double

    /// - Parameters:
    ///   - seed: of the sample, above 20 units.
    ///   - resamples: how many subsets are drawn above 20 units.
    public init(_ differences: PairedDifferences, seed: UInt64, resamples: Int = 9_999) {
        precondition(resamples > 0, "at least one subset is drawn")
        isExact = differences.units <= Self.exactLimit
        estimate = differences.estimate
        units = differences.units
        tolerance = 1e-12 * differences.groups.reduce(0) { max($0, abs($1.total / $1.size)) }
        means = isExact ? Self.allMeans(differences) : Self.sampledMeans(differences, seed, resamples)
        empty = (isExact ? 1 << differences.units : resamples + 1) - means.count
    }

    private static func allMeans(_ differences: PairedDifferences) -> [Double] {
        let units = differences.groups.flatMap { group in repeatElement(group, count: group.count) }
        var (totals, sizes) = ([0.0], [0.0])
        totals.reserveCapacity(1 << units.count)
        sizes.reserveCapacity(1 << units.count)
        for unit in units {
            for index in 0..<totals.count {
                totals.append(totals[index] + unit.total)
                sizes.append(sizes[index] + unit.size)
            }
        }
        return (1..<totals.count).map { totals[$0] / sizes[$0] }
    }

    private static func sampledMeans(_ differences: PairedDifferences, _ seed: UInt64, _ resamples: Int) -> [Double] {
        var bits = RandomBits(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        for _ in 0..<resamples {
            var (total, size) = (0.0, 0.0)
            for group in differences.groups {
                let chosen = Double(bits.heads(of: group.count))
                total += chosen * group.total
                size += chosen * group.size
            }
            if size > 0 { means.append(total / size) }
        }
        return means
    }

    private var count: Int { means.count + empty }

    /// P(as far above `mean` as the data are, or farther) when the true mean difference is `mean`: small where it is larger.
    public func pValue(above mean: Double = 0) -> Double {
        Double(empty + means.count { $0 <= mean + tolerance }) / Double(count)
    }

    /// P(as far below `mean` as the data are, or farther) when the true mean difference is `mean`: small where it is smaller.
    public func pValue(below mean: Double = 0) -> Double {
        Double(empty + means.count { $0 >= mean - tolerance }) / Double(count)
    }

    /// Twice the smaller one-sided p-value, at most 1.
    public func pValue(otherThan mean: Double = 0) -> Double { min(1, 2 * min(pValue(above: mean), pValue(below: mean))) }

    /// The means that the test does not reject; an end is infinite where so few units can never reject anything.
    ///
    /// The lower end at error α is the ⌊α · 2ᵘ⌋-th smallest mean of a subset: 2 ⁻ᵘ must be at most α, so 95 % takes five units for a
    /// one-sided bound and six for both.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is infinite.
    public func interval(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        let error = oneSided == nil ? (1 - confidence) / 2 : 1 - confidence
        // A hair more, because 1 − 0.95 is a little less than 0.05.
        let rank = Int((error * Double(count) * (1 + 1e-12)).rounded(.down)) - empty
        var numbers = rank >= 0 ? means : []
        let low = rank < 0 || oneSided == .upper ? -Double.infinity : OrderStatistic.select(rank, in: &numbers)
        let high = rank < 0 || oneSided == .lower ? Double.infinity : OrderStatistic.select(means.count - 1 - rank, in: &numbers)
        return ConfidenceInterval(
            estimate: estimate, low: low, high: high, method: .signFlip, n: units, confidence: confidence)
    }
}
