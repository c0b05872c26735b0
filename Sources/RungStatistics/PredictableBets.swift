#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The stakes of a confidence sequence: each is fixed by what was seen before it, so that nobody can bet on what is known.
///
/// λ_t = √(2 ln(1/α) / (σ̂²_{t−1} t ln(1 + t))) over observations in 0…1, whose mean and variance start at ½ and ¼ as if one of them had
/// been seen (Waudby-Smith and Ramdas 2023, "Estimating means of bounded random variables by betting", J. R. Stat. Soc. B 86:1,
/// equations 15 and 26).
struct PredictableBets: Sendable {
    private let scale: Double
    private var count = 0
    private var sum = 0.0
    private var squares = 0.0
    /// The mean of what was seen, with one half as the first observation.
    private(set) var mean = 0.5

    /// - Parameter error: that of one end.
    init(error: Double) { scale = 2 * log(1 / error) }

    /// The stake on the next observation, not truncated.
    var next: Double {
        let time = Double(count + 1)
        let variance = (0.25 + squares) / time
        return (scale / (variance * time * log(1 + time))).squareRoot()
    }

    /// Takes in an observation in 0…1.
    mutating func add(_ observation: Double) {
        count += 1
        sum += observation
        mean = (0.5 + sum) / Double(count + 1)
        squares += (observation - mean) * (observation - mean)
    }
}

/// What a confidence sequence is about: bounded observations, and the ends that are wanted.
struct SequenceScale: Sendable {
    let range: ClosedRange<Double>
    let confidence: Double
    let oneSided: ConfidenceInterval.Bound?

    init(_ range: ClosedRange<Double>, _ confidence: Double, _ oneSided: ConfidenceInterval.Bound?) {
        precondition(confidence > 0 && confidence < 1, "confidence is between 0 and 1")
        precondition(range.lowerBound < range.upperBound, "observations differ")
        (self.range, self.confidence, self.oneSided) = (range, confidence, oneSided)
    }

    /// The error of one end.
    var error: Double { oneSided == nil ? (1 - confidence) / 2 : 1 - confidence }

    /// 0…1 for what lies in the range.
    func unit(_ value: Double) -> Double { (value - range.lowerBound) / (range.upperBound - range.lowerBound) }

    /// The value that `unit` made of it.
    func value(_ unit: Double) -> Double { range.lowerBound + unit * (range.upperBound - range.lowerBound) }

    /// The interval of ends in 0…1.
    func interval(estimate: Double, low: Double, high: Double, _ method: ConfidenceInterval.Method, n: Int) -> ConfidenceInterval {
        ConfidenceInterval(
            estimate: estimate, low: oneSided == .upper ? range.lowerBound : value(low),
            high: oneSided == .lower ? range.upperBound : value(high), method: method, n: n, confidence: confidence)
    }
}
