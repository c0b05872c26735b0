extension PairedCounts {
    /// Interval of the difference of the pass rates by squaring and adding Wilson's limits of both rates.
    ///
    /// Method 10 of Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based on paired
    /// data", Stat. Med. 17:2635: the correlation of the pair enters with a correction for continuity. Nil without pairs.
    ///
    /// - Parameter oneSided: the only end wanted, which then has all of the error; the other one is that of the scale.
    public func newcombe(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval? {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        // Both limits of both rates are needed for one end, each with the error of that end.
        let inner = oneSided == nil ? confidence : 2 * confidence - 1
        guard inner > 0, let difference,
            let candidate = Proportion.wilson(successes: bothPassed + gained, of: pairs, confidence: inner),
            let baseline = Proportion.wilson(successes: bothPassed + lost, of: pairs, confidence: inner)
        else { return nil }
        func reach(_ own: Double, _ other: Double) -> Double {
            max(0, own * own - 2 * correlation * own * other + other * other).squareRoot()
        }
        let down = reach(candidate.estimate - candidate.low, baseline.high - baseline.estimate)
        let up = reach(candidate.high - candidate.estimate, baseline.estimate - baseline.low)
        return ConfidenceInterval(
            estimate: difference, low: oneSided == .upper ? -1 : max(-1, difference - down),
            high: oneSided == .lower ? 1 : min(1, difference + up), method: .newcombe, n: pairs, confidence: confidence)
    }

    /// φ of the table; a positive one is pulled towards 0 by half a pair; 0 where a margin is empty.
    private var correlation: Double {
        let margins = [bothPassed + lost, gained + bothFailed, bothPassed + gained, lost + bothFailed].map(Double.init)
        guard margins.allSatisfy({ $0 > 0 }) else { return 0 }
        let excess = Double(bothPassed) * Double(bothFailed) - Double(lost) * Double(gained)
        let corrected = excess > 0 ? max(0, excess - Double(pairs) / 2) : excess
        return corrected / (margins[0] * margins[1]).squareRoot() / (margins[2] * margins[3]).squareRoot()
    }
}
