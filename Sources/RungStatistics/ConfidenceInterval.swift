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
    }

    /// The end that a one-sided interval has; its other end is the end of the scale.
    public enum Bound: Sendable {
        case lower, upper
    }

    /// The observed value, in the unit of the data; a proportion is 0…1.
    public var estimate: Double
    /// The lower end, never above the estimate.
    public var low: Double
    /// The upper end, never below the estimate.
    public var high: Double
    public var method: Method
    /// The number of independent units, which are cases.
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
