/// The one-sided 95 % Wilson score bound of a share.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212.
enum WilsonBound {
    /// The 0.95 quantile of the standard normal distribution.
    private static let z = 1.6448536269514722

    /// What the share surely reaches, 0…1; never negative, below the share itself except at 0.
    ///
    /// - Precondition: `total` is positive and not below `successes`.
    static func lower(successes: Int, of total: Int) -> Double {
        precondition(total > 0 && (0...total).contains(successes), "a bound needs at least one unit")
        guard successes > 0 else { return 0 }
        let n = Double(total)
        let share = Double(successes) / n
        let centre = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return (centre - spread) / (1 + z * z / n)
    }
}
