#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bets of `HedgedCapitalSequence` against a single supposed mean, in constant memory: for a question that is known beforehand.
public struct CapitalBet: Sendable {
    private let scale: SequenceScale
    private let side: ConfidenceInterval.Bound
    private let supposed: Double
    private var bets: PredictableBets
    private var capital = 0.0
    private var peak = 0.0

    /// - Parameters:
    ///   - supposed: the mean that is betted against.
    ///   - side: lower to bet that the mean is larger, as for a lower bound; upper to bet that it is smaller.
    ///   - range: what observations can be.
    public init(against supposed: Double, side: ConfidenceInterval.Bound, range: ClosedRange<Double>, confidence: Double = 0.95) {
        scale = SequenceScale(range, confidence, side)
        self.side = side
        self.supposed = min(1, max(0, scale.unit(supposed)))
        bets = PredictableBets(error: scale.error)
    }

    /// Takes in one observation.
    ///
    /// - Precondition: it is in the range.
    public mutating func add(_ observation: Double) {
        precondition(scale.range.contains(observation), "an observation is within the stated range")
        let unit = scale.unit(observation)
        switch side {
        case .lower: capital += log1p(min(bets.next, 0.5 / supposed) * (unit - supposed))
        case .upper: capital += log1p(min(bets.next, 0.5 / (1 - supposed)) * (supposed - unit))
        }
        peak = max(peak, capital)
        bets.add(unit)
    }

    /// Whether the capital has ever reached 1/α: then the supposed mean is refuted, at whatever time one looks.
    public var isRefuted: Bool { peak >= log(1 / scale.error) }
}
