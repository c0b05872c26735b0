/// An estimate with the range of values that the data leave plausible, and how it was made.
public struct ConfidenceInterval: Hashable, Sendable {
    /// How an interval was computed; the raw value is the word that files and reports use.
    public enum Method: String, Sendable, CaseIterable {
        /// Score interval of one proportion (Wilson 1927).
        case wilson
        /// Exact interval of one proportion (Clopper and Pearson 1934).
        case clopperPearson = "clopper-pearson"
        /// Mean of case rates with the error between cases and Student's t.
        case clusterRobust = "cluster-robust-t"
        /// Mean with Student's t, where every observation is a unit of its own.
        case studentT = "t"
        /// Bootstrap, bias-corrected and accelerated (Efron 1987).
        case bca
        /// Inverted sign-flip permutation test (Hartigan 1969).
        case signFlip = "sign-flip"
        /// Difference of paired proportions by square-and-add of Wilson's limits (Newcombe 1998, method 10).
        case newcombe
        /// Score interval of a difference of paired proportions (Tango 1998).
        case tango
        /// Time-uniform: predictable plug-in empirical Bernstein (Waudby-Smith and Ramdas 2023).
        case empiricalBernstein = "empirical-bernstein"
        /// Time-uniform: hedged capital of bets (Waudby-Smith and Ramdas 2023).
        case hedgedCapital = "hedged-capital"
    }

    /// The end that a one-sided interval has; its other end is the end of the scale.
    public enum Bound: Sendable {
        case lower, upper
    }

    /// The observed value, in the unit of the data; a proportion is 0…1.
    public var estimate: Double
    /// The lower end; above the estimate only where a bootstrap of very skewed data, or a time-uniform interval, puts it there.
    public var low: Double
    /// The upper end.
    public var high: Double
    public var method: Method
    /// The number of independent units, which are cases or clusters of them.
    public var n: Int
    /// The number of independent single trials that would have given the same error; nil where cases are single trials.
    public var effectiveN: Double?
    /// The share of intervals that hold the true value in the long run, such as 0.95.
    public var confidence: Double

    public init(
        estimate: Double, low: Double, high: Double, method: Method, n: Int, effectiveN: Double? = nil, confidence: Double
    ) {
        self.estimate = estimate
        self.low = low
        self.high = high
        self.method = method
        self.n = n
        self.effectiveN = effectiveN
        self.confidence = confidence
    }
}
