#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether two independent rates are equal, given the margins of their table (Fisher 1935, J. R. Stat. Soc. 98:39).
public struct FisherExactTest: Hashable, Sendable {
    /// The two-sided p-value: the probability of all tables that are at most as likely as the observed one.
    public let pValue: Double

    /// - Parameters: successes and failures of the first and of the second sample.
    /// - Precondition: no count is negative.
    public init(_ firstSuccesses: Int, _ firstFailures: Int, _ secondSuccesses: Int, _ secondFailures: Int) {
        let counts = [firstSuccesses, firstFailures, secondSuccesses, secondFailures]
        precondition(counts.allSatisfy { $0 >= 0 }, "counts are not negative")
        let (first, second) = (firstSuccesses + firstFailures, secondSuccesses + secondFailures)
        let successes = firstSuccesses + secondSuccesses
        let range = max(0, successes - second)...min(first, successes)
        // Relative to the observed table: neighbours differ by ratios of small whole numbers.
        var shares: [Double] = [1]
        var share = 1.0
        for k in stride(from: firstSuccesses, to: range.upperBound, by: 1) {
            share *= Double((first - k) * (successes - k)) / Double((k + 1) * (second - successes + k + 1))
            shares.append(share)
        }
        share = 1
        for k in stride(from: firstSuccesses, to: range.lowerBound, by: -1) {
            share *= Double(k * (second - successes + k)) / Double((first - k + 1) * (successes - k + 1))
            shares.append(share)
        }
        // As likely up to rounding is as likely.
        pValue = min(1, shares.filter { $0 <= 1 + 1e-7 }.reduce(0, +) / shares.reduce(0, +))
    }
}
