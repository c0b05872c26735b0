/// Pass rate over cases, each of them tried once or more; cases are independent, trials of one case are not.
///
/// Streams in constant memory: add every case once, then ask for the interval.
public struct CaseRateAccumulator: Sendable {
    private var rates = RunningMean()
    private var hasRepeatedTrials = false
    /// Trials of all cases.
    public private(set) var trials = 0
    /// Successes of all cases.
    public private(set) var successes = 0

    public init() {}

    /// The number of cases added.
    public var cases: Int { rates.count }

    /// The mean of the case rates, in which every case weighs the same; nil without cases.
    public var mean: Double? { rates.mean }

    /// The standard error s/√n of the mean over cases (ddof 1); nil for fewer than two cases.
    public var standardError: Double? { rates.standardError }

    /// Adds one case.
    ///
    /// - Precondition: at least one trial, and 0 ≤ successes ≤ trials.
    public mutating func add(successes: Int, of trials: Int) {
        precondition(trials > 0, "a case without trials has no rate")
        precondition(successes >= 0 && successes <= trials, "successes are from 0 to the number of trials")
        rates.add(Double(successes) / Double(trials))
        if trials > 1 { hasRepeatedTrials = true }
        self.trials += trials
        self.successes += successes
    }

    /// The interval of the mean case rate; nil without cases.
    ///
    /// With one trial in every case: Wilson's interval with n = cases. With more: mean ± t · s/√n with n − 1 degrees of
    /// freedom, clipped to 0…1 (Miller 2024, "Adding error bars to evals", with the case as the cluster), and the
    /// effective n = p(1 − p)/SE². Where all case rates are the same, or there is one case, the data show no error
    /// between cases; the interval is then Wilson's with n = effective n = cases, and its method says so.
    ///
    /// The t interval is too narrow for few cases with rates near 0 or 1.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        guard let mean else { return nil }
        guard hasRepeatedTrials else { return Proportion.wilson(successes: successes, of: cases, confidence: confidence) }
        guard let error = standardError, error > 0 else {
            return Proportion.wilson(rate: mean, of: cases, effectiveN: Double(cases), confidence: confidence)
        }
        let reach = StudentT(degreesOfFreedom: Double(cases - 1)).quantile((1 + confidence) / 2) * error
        return ConfidenceInterval(
            estimate: mean, low: max(0, mean - reach), high: min(1, mean + reach), method: .clusterRobust, n: cases,
            effectiveN: mean * (1 - mean) / (error * error), confidence: confidence)
    }
}

/// Pass rate over a sequence of cases.
public enum CaseRates {
    /// The interval of the mean case rate, as `CaseRateAccumulator.interval` gives it; nil without cases.
    public static func interval(
        _ rates: some Sequence<(successes: Int, trials: Int)>, confidence: Double = 0.95
    ) -> ConfidenceInterval? {
        var accumulator = CaseRateAccumulator()
        for rate in rates { accumulator.add(successes: rate.successes, of: rate.trials) }
        return accumulator.interval(confidence: confidence)
    }
}
