#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many times more a candidate costs, takes or says than its baseline: the paired ratio of geometric means.
///
/// The mean of ln(candidate) − ln(baseline) over cases, made a factor again: 1.1 is a tenth more. Its interval is the BCa bootstrap of the
/// logarithms, which resampling treats like any difference.
public struct GeometricMeanRatio: Sendable {
    /// The factor.
    public let ratio: Double
    /// The number of cases.
    public let cases: Int
    private let bootstrap: BCaBootstrap?

    /// - Parameters:
    ///   - pairs: what each case cost; all amounts are positive.
    ///   - clusters: for each case the code of its cluster; nil where every case stands for itself.
    /// - Returns: nil without cases, and where an amount is not positive and finite: it has no logarithm.
    public init?(
        _ pairs: [(baseline: Double, candidate: Double)], clusters: [Int]? = nil, seed: UInt64, resamples: Int = 10_000
    ) {
        guard pairs.allSatisfy({ $0.baseline > 0 && $0.candidate > 0 && $0.baseline.isFinite && $0.candidate.isFinite }),
            let differences = PairedDifferences(pairs.map { log($0.candidate) - log($0.baseline) }, clusters: clusters)
        else { return nil }
        ratio = exp(differences.estimate)
        cases = differences.cases
        bootstrap = BCaBootstrap(differences, seed: seed, resamples: resamples)
    }

    /// The interval of the factor; nil where all cases have the same ratio, or there is one unit.
    ///
    /// - Parameter oneSided: the only end wanted; the other one is 0 or infinite.
    public func interval(confidence: Double = 0.95, oneSided: ConfidenceInterval.Bound? = nil) -> ConfidenceInterval? {
        guard var interval = bootstrap?.interval(confidence: confidence, oneSided: oneSided) else { return nil }
        interval.estimate = ratio
        interval.low = exp(interval.low)
        interval.high = exp(interval.high)
        return interval
    }
}
