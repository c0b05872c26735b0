/// Differences of paired cases (candidate − baseline), gathered into the units that are independent of each other.
///
/// A unit is a case, or a cluster of cases that share a document, customer or conversation. Units are kept sorted, so that nothing
/// computed from them depends on the order in which the cases came.
public struct PairedDifferences: Sendable {
    /// Cases that behave alike: the sum of their differences, how many they are, and how often this unit occurs.
    struct Group: Sendable {
        var total: Double
        var size: Double
        var count: Int
    }

    /// The number of cases.
    public let cases: Int
    /// The number of independent units: cases, or clusters where these are declared.
    public let units: Int
    /// The mean difference over cases, in the unit of the data.
    public let estimate: Double
    /// Equal units once, sorted by total and then by size.
    let groups: [Group]
    /// Whether clusters were declared that hold more than one case.
    public let isClustered: Bool
    /// Σ over units of (total − size · estimate)².
    private let squares: Double

    /// - Parameters:
    ///   - differences: one finite number for each case.
    ///   - clusters: for each case the code of its cluster; nil where every case stands for itself.
    /// - Returns: nil without cases.
    /// - Precondition: as many clusters as cases.
    public init?(_ differences: [Double], clusters: [Int]? = nil) {
        guard !differences.isEmpty else { return nil }
        precondition(differences.allSatisfy(\.isFinite), "differences are finite numbers")
        precondition(clusters.map { $0.count == differences.count } ?? true, "every case has its cluster, or none has one")
        cases = differences.count
        let sorted = Self.units(differences, clusters)
        units = sorted.count
        isClustered = sorted.count < differences.count
        let estimate = sorted.reduce(0) { $0 + $1.total } / Double(cases)
        self.estimate = estimate
        groups = Self.grouped(sorted)
        squares = groups.reduce(0) { sum, group in
            let distance = group.total - group.size * estimate
            return sum + Double(group.count) * distance * distance
        }
    }

    private static func units(_ differences: [Double], _ clusters: [Int]?) -> [(total: Double, size: Double)] {
        guard let clusters else { return differences.sorted().map { ($0, 1) } }
        var members: [Int: [Double]] = [:]
        for (difference, cluster) in zip(differences, clusters) { members[cluster, default: []].append(difference) }
        return members.values.map { ($0.sorted().reduce(0, +), Double($0.count)) }.sorted { $0 < $1 }
    }

    private static func grouped(_ sorted: [(total: Double, size: Double)]) -> [Group] {
        var groups: [Group] = []
        for unit in sorted {
            if let last = groups.last, last.total == unit.total, last.size == unit.size {
                groups[groups.count - 1].count += 1
            } else {
                groups.append(Group(total: unit.total, size: unit.size, count: 1))
            }
        }
        return groups
    }

    /// True when the units do not differ: then the data say nothing about the error of the estimate.
    ///
    /// Differences of rounding size, below 1e-12 of the largest total, count as none.
    public var hasNoVariance: Bool {
        let scale = groups.reduce(0) { max($0, abs($1.total)) }
        return groups.allSatisfy { abs($0.total - $0.size * estimate) <= scale * 1e-12 }
    }

    /// The standard error of the estimate, robust to clusters: √(C/(C−1) · Σ_c(Σ_{i∈c}(d_i − d̄))²)/n; nil for one unit.
    ///
    /// Miller 2024, "Adding error bars to evals"; with cases as units it is s/√n (ddof 1).
    public var standardError: Double? {
        guard units > 1 else { return nil }
        return (Double(units) / Double(units - 1) * squares).squareRoot() / Double(cases)
    }

    /// The standard deviation of what one unit adds: the standard error times √units; nil for one unit.
    public var unitDeviation: Double? { standardError.map { $0 * Double(units).squareRoot() } }

    /// estimate ± t · SE with units − 1 degrees of freedom; nil for fewer than two units.
    ///
    /// Right for many units; with few of them only where the differences are about normal.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is infinite.
    public func interval(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval? {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        guard let standardError else { return nil }
        let probability = oneSided == nil ? (1 + confidence) / 2 : confidence
        let reach = standardError == 0 ? 0 : StudentT(degreesOfFreedom: Double(units - 1)).quantile(probability) * standardError
        return ConfidenceInterval(
            estimate: estimate, low: oneSided == .upper ? -.infinity : estimate - reach,
            high: oneSided == .lower ? .infinity : estimate + reach, method: isClustered ? .clusterRobust : .studentT, n: units,
            confidence: confidence)
    }
}
