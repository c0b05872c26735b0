/// Intervals of one proportion from independent single trials.
public enum Proportion {
    /// Score interval (Wilson 1927, J. Am. Stat. Assoc. 22:209; method 3 of Newcombe 1998, Stat. Med. 17:857).
    ///
    /// Covers a little more or less than it states: 92.5 % instead of 95 % at 20 trials and a true rate of 95 %.
    ///
    /// - Parameters:
    ///   - oneSided: the only end wanted, which then has all of the error; nil for both ends.
    /// - Returns: nil without trials.
    /// - Precondition: 0 ≤ successes ≤ trials and 0 < confidence < 1.
    public static func wilson(
        successes: Int, of trials: Int, confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil
    ) -> ConfidenceInterval? {
        check(successes, trials, confidence)
        guard trials > 0 else { return nil }
        let rate = Double(successes) / Double(trials)
        return wilson(rate: rate, of: trials, effectiveN: nil, confidence: confidence, oneSided: oneSided)
    }

    /// The score interval around a rate that need not be a whole number of successes.
    static func wilson(
        rate: Double, of trials: Int, effectiveN: Double?, confidence: Double, oneSided: ConfidenceInterval.Bound? = nil
    ) -> ConfidenceInterval {
        let n = Double(trials)
        let z = NormalDistribution.quantile(upperProbability(confidence, oneSided))
        let square = z * z
        let centre = rate + square / (2 * n)
        let reach = z * (rate * (1 - rate) / n + square / (4 * n * n)).squareRoot()
        let scale = 1 + square / n
        let low = rate == 0 || oneSided == .upper ? 0 : max(0, (centre - reach) / scale)
        let high = rate == 1 || oneSided == .lower ? 1 : min(1, (centre + reach) / scale)
        return ConfidenceInterval(
            estimate: rate, low: min(low, rate), high: max(high, rate), method: .wilson, n: trials, effectiveN: effectiveN,
            confidence: confidence)
    }

    /// Exact interval (Clopper and Pearson 1934, Biometrika 26:404): never covers less than it states, often more.
    ///
    /// - Parameters:
    ///   - oneSided: the only end wanted, which then has all of the error; nil for both ends.
    /// - Returns: nil without trials.
    /// - Precondition: 0 ≤ successes ≤ trials and 0 < confidence < 1.
    public static func clopperPearson(
        successes: Int, of trials: Int, confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil
    ) -> ConfidenceInterval? {
        check(successes, trials, confidence)
        guard trials > 0 else { return nil }
        let upper = upperProbability(confidence, oneSided)
        let (passed, failed) = (Double(successes), Double(trials - successes))
        let low = successes == 0 || oneSided == .upper ? 0 : IncompleteBeta.inverse(1 - upper, passed, failed + 1)
        let high = successes == trials || oneSided == .lower ? 1 : IncompleteBeta.inverse(upper, passed + 1, failed)
        return ConfidenceInterval(
            estimate: passed / Double(trials), low: low, high: high, method: .clopperPearson, n: trials, confidence: confidence)
    }

    private static func upperProbability(_ confidence: Double, _ oneSided: ConfidenceInterval.Bound?) -> Double {
        oneSided == nil ? (1 + confidence) / 2 : confidence
    }

    private static func check(_ successes: Int, _ trials: Int, _ confidence: Double) {
        precondition(successes >= 0 && successes <= trials, "successes are from 0 to the number of trials")
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
    }
}
