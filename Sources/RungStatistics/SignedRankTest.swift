/// Whether paired differences are spread symmetrically about zero, by their ranks (Wilcoxon 1945, Biometrics Bull. 1:80).
///
/// The p-value is exact, given the ranks, also with ties, which share their mean rank; differences of zero are left out, as Wilcoxon
/// did. Takes O(n³) steps, so it refuses more than a thousand differences.
public struct SignedRankTest: Hashable, Sendable {
    /// The sum of the ranks of positive differences.
    public let positiveRanks: Double
    /// The sum of the ranks of negative differences.
    public let negativeRanks: Double
    /// The exact two-sided p-value; 1 where every difference is zero.
    public let pValue: Double

    /// The largest number of differences.
    public static let largestCount = 1_000

    /// - Returns: nil for more than a thousand differences.
    /// - Precondition: differences are finite.
    public init?(_ differences: [Double]) {
        precondition(differences.allSatisfy(\.isFinite), "differences are finite numbers")
        guard differences.count <= Self.largestCount else { return nil }
        let sorted = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
        // Twice the ranks: whole numbers also for ties.
        var ranks: [Int] = []
        while ranks.count < sorted.count {
            let start = ranks.count
            let end = sorted[start...].firstIndex { abs($0) != abs(sorted[start]) } ?? sorted.count
            ranks += repeatElement(start + 1 + end, count: end - start)
        }
        let positive = zip(sorted, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let all = ranks.reduce(0, +)
        positiveRanks = Double(positive) / 2
        negativeRanks = Double(all - positive) / 2
        let shares = Self.shares(ranks, all)
        let smaller = min(positive, all - positive)
        pValue = min(1, 2 * shares[...smaller].reduce(0, +))
    }

    /// The probability of each sum of (doubled) ranks when signs are tossed.
    private static func shares(_ ranks: [Int], _ all: Int) -> [Double] {
        var shares = [Double](repeating: 0, count: all + 1)
        shares[0] = 1
        var reached = 0
        for rank in ranks {
            reached += rank
            for sum in stride(from: reached, through: 0, by: -1) {
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
            }
        }
        return shares
    }
}
