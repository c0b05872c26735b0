/// Mean and standard error of a stream of numbers in constant memory (Welford 1962, Technometrics 4:419).
///
/// The result depends on the order of the numbers in its last digits only.
public struct RunningMean: Sendable {
    /// How many numbers were added.
    public private(set) var count = 0
    private var centre = 0.0
    private var squares = 0.0

    public init() {}

    /// - Precondition: the value is finite.
    public mutating func add(_ value: Double) {
        precondition(value.isFinite, "a mean is taken of finite numbers")
        count += 1
        let before = value - centre
        centre += before / Double(count)
        squares += before * (value - centre)
    }

    /// Nil without numbers.
    public var mean: Double? { count > 0 ? centre : nil }

    /// The variance with n − 1 in the denominator; nil for fewer than two numbers.
    public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

    /// s/√n with n − 1 in the denominator of s²; nil for fewer than two numbers.
    public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}
