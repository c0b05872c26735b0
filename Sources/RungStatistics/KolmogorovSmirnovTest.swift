#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether two samples come from the same continuous distribution: the largest distance between their distribution functions.
///
/// Smirnov 1939. The p-value is exact as long as the product of the sample sizes is at most four million, by counting lattice paths
/// (Hodges 1958, Arkiv för Matematik 3:469); beyond, that of the limiting distribution. Ties make it conservative.
public struct KolmogorovSmirnovTest: Hashable, Sendable {
    /// The largest distance, 0…1.
    public let statistic: Double
    /// The two-sided p-value.
    public let pValue: Double
    /// Whether the p-value is exact.
    public let isExact: Bool

    /// The largest product of sample sizes for which paths are counted.
    static let exactLimit = 4_000_000

    /// - Returns: nil where a sample is empty.
    /// - Precondition: no number is NaN.
    public init?(_ first: [Double], _ second: [Double]) {
        precondition(!first.contains(where: \.isNaN) && !second.contains(where: \.isNaN), "NaN has no place in an order")
        guard !first.isEmpty, !second.isEmpty else { return nil }
        let distance = Self.distance(first.sorted(), second.sorted())
        let (m, n) = (first.count, second.count)
        statistic = Double(distance) / (Double(m) * Double(n))
        isExact = m.multipliedReportingOverflow(by: n).partialValue <= Self.exactLimit
        pValue = isExact ? Self.exact(distance, m, n) : Self.limiting(statistic, m, n)
    }

    /// The largest |i·n − j·m| over places in the joint order: a whole number, so that ties need no tolerance.
    private static func distance(_ first: [Double], _ second: [Double]) -> Int {
        var (i, j, largest) = (0, 0, 0)
        while i < first.count, j < second.count {
            let value = min(first[i], second[j])
            while i < first.count, first[i] == value { i += 1 }
            while j < second.count, second[j] == value { j += 1 }
            largest = max(largest, abs(i * second.count - j * first.count))
        }
        return largest
    }

    /// The share of lattice paths from (0, 0) to (m, n) that somewhere are at least as far from the diagonal; only positive terms.
    private static func exact(_ distance: Int, _ m: Int, _ n: Int) -> Double {
        guard distance > 0 else { return 1 }
        var shares = (0...n).map { $0 * m >= distance ? 1.0 : 0 }
        for i in 1...m {
            if i * n >= distance { shares[0] = 1 }
            for j in 1...n {
                let isOutside = abs(i * n - j * m) >= distance
                shares[j] = isOutside ? 1 : (Double(i) * shares[j] + Double(j) * shares[j - 1]) / Double(i + j)
            }
        }
        return shares[n]
    }

    /// 2 Σ (−1)^{k−1} exp(−2k²x²) with x = D √(mn/(m + n)) (Kolmogorov 1933).
    private static func limiting(_ statistic: Double, _ m: Int, _ n: Int) -> Double {
        let scaled = statistic * (Double(m) * Double(n) / (Double(m) + Double(n))).squareRoot()
        guard scaled > 0.2 else { return 1 }
        var (sum, sign) = (0.0, 1.0)
        for k in 1...100 {
            let term = exp(-2 * Double(k * k) * scaled * scaled)
            sum += sign * term
            sign = -sign
            if term < 1e-18 * sum { break }
        }
        return min(1, max(0, 2 * sum))
    }
}
