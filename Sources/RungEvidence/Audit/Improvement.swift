import RungStatistics

/// How far the improvement behind paired differences is settled.
enum Improvement {
    /// The 95 % interval of the mean difference: of wins and losses alone (each difference −1, 0 or 1) the adjusted interval
    /// of Agresti and Min (2005, Stat. Med. 24:729), which adds half a pair to each of the four cells, else Student's t.
    ///
    /// Numbers that all agree settle nothing under t, and wins and losses of few pairs stay wide. The first interval is cut
    /// at −1 and 1.
    ///
    /// - Returns: nil for fewer than two pairs, and where all differences are the same number other than −1, 0 and 1.
    static func interval(of differences: [Double]) -> (low: Double, high: Double)? {
        guard differences.count > 1 else { return nil }
        if differences.allSatisfy({ $0 == 0 || abs($0) == 1 }) { return discrete(differences) }
        var moments = RunningMean()
        for difference in differences { moments.add(difference) }
        guard let mean = moments.mean, let error = moments.standardError, error > 0 else { return nil }
        let reach = StudentT(degreesOfFreedom: Double(differences.count - 1)).quantile(0.975) * error
        guard reach.isFinite else { return nil }
        return (mean - reach, mean + reach)
    }

    private static func discrete(_ differences: [Double]) -> (low: Double, high: Double) {
        let n = Double(differences.count) + 2
        let wins = Double(differences.count { $0 > 0 }) + 0.5
        let losses = Double(differences.count { $0 < 0 }) + 0.5
        let mean = (wins - losses) / n
        let reach = NormalDistribution.quantile(0.975) * (wins + losses - (wins - losses) * mean).squareRoot() / n
        return (max(-1, mean - reach), min(1, mean + reach))
    }
}
