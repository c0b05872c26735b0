#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tests whether two paired pass rates are equal, from the pairs that came out differently (McNemar 1947, Psychometrika 12:153).
///
/// Given their number, the lost ones are binomial with p = ½ where nothing changed.
public struct McNemarTest: Hashable, Sendable {
    /// Pairs lost, usually called b.
    public let lost: Int
    /// Pairs gained, usually called c.
    public let gained: Int

    /// - Precondition: no count is negative.
    public init(lost: Int, gained: Int) {
        precondition(lost >= 0 && gained >= 0, "counts are not negative")
        self.lost = lost
        self.gained = gained
    }

    /// The exact two-sided p-value: twice the smaller tail, at most 1; 1 without discordant pairs.
    public var pValue: Double { min(1, 2 * Self.tail(min(lost, gained), of: lost + gained)) }

    /// The mid-p value: the outcome itself counts half (Fagerland, Lydersen and Laake 2013, BMC Med. Res. Methodol. 13:91).
    ///
    /// Less conservative than the exact one; its error is rarely above the stated one, and then by little.
    public var midP: Double {
        let (smaller, all) = (min(lost, gained), lost + gained)
        guard lost != gained else { return 1 }
        return min(1, 2 * Self.tail(smaller, of: all) - Self.share(smaller, of: all))
    }

    /// The exact one-sided p-value that the candidate is worse: P(as many lost, or more).
    public var pValueWorse: Double { Self.tail(gained, of: lost + gained) }

    /// P(X ≤ k) for X binomial with n trials of ½.
    private static func tail(_ k: Int, of n: Int) -> Double {
        k >= n ? 1 : IncompleteBeta.regularized(0.5, Double(n - k), Double(k + 1))
    }

    /// P(X = k).
    private static func share(_ k: Int, of n: Int) -> Double { tail(k, of: n) - (k > 0 ? tail(k - 1, of: n) : 0) }

    /// The chance that the exact one-sided test finds the candidate worse.
    ///
    /// Sums over the numbers of discordant pairs and of lost ones among them; takes O(pairs²) steps at worst.
    ///
    /// - Parameters:
    ///   - pairs: how many pairs are tried.
    ///   - losing: the true rate of pairs lost.
    ///   - gaining: the true rate of pairs gained.
    ///   - error: the largest p-value that counts.
    public static func power(pairs: Int, losing: Double, gaining: Double, error: Double = 0.05) -> Double {
        precondition(pairs >= 0 && losing >= 0 && gaining >= 0 && losing + gaining <= 1, "rates are shares of the pairs")
        let discordance = losing + gaining
        guard discordance > 0 else { return 0 }
        return (0...pairs).reduce(0) { sum, discordant in
            // The fewest losses that are significant: the test rejects from there on.
            var (low, high) = (0, discordant + 1)
            while low < high {
                let middle = low + (high - low) / 2
                let isSignificant = McNemarTest(lost: middle, gained: discordant - middle).pValueWorse <= error
                if isSignificant { high = middle } else { low = middle + 1 }
            }
            guard low <= discordant else { return sum }
            return sum + share(discordant, of: pairs, discordance) * upperTail(low, of: discordant, losing / discordance)
        }
    }

    /// P(X ≥ k) for X binomial.
    private static func upperTail(_ k: Int, of n: Int, _ p: Double) -> Double {
        k <= 0 ? 1 : IncompleteBeta.regularized(p, Double(k), Double(n - k + 1))
    }

    private static func share(_ k: Int, of n: Int, _ p: Double) -> Double {
        guard p < 1 else { return k == n ? 1 : 0 }
        var sign: Int32 = 0
        let choices = lgamma_r(Double(n + 1), &sign) - lgamma_r(Double(k + 1), &sign) - lgamma_r(Double(n - k + 1), &sign)
        return exp(choices + Double(k) * log(p) + Double(n - k) * log1p(-p))
    }
}
