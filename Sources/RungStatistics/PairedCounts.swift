/// How pairs of two outcomes came out: a 2 × 2 table of single trials, baseline against candidate.
public struct PairedCounts: Hashable, Sendable {
    /// Pairs in which both passed.
    public var bothPassed: Int
    /// Pairs in which the baseline passed and the candidate failed.
    public var lost: Int
    /// Pairs in which the baseline failed and the candidate passed.
    public var gained: Int
    /// Pairs in which both failed.
    public var bothFailed: Int

    /// - Precondition: no count is negative.
    public init(bothPassed: Int, lost: Int, gained: Int, bothFailed: Int) {
        precondition(min(bothPassed, lost, gained, bothFailed) >= 0, "counts are not negative")
        self.bothPassed = bothPassed
        self.lost = lost
        self.gained = gained
        self.bothFailed = bothFailed
    }

    /// The number of pairs.
    public var pairs: Int { bothPassed + lost + gained + bothFailed }

    /// The pairs that came out differently.
    public var discordant: Int { lost + gained }

    /// The difference of the pass rates, candidate − baseline; nil without pairs.
    public var difference: Double? { pairs > 0 ? Double(gained - lost) / Double(pairs) : nil }
}
