internal import RungCore
internal import RungStatistics

/// The method whose one-sided bounds decide about some paired cases, and its numbers.
///
/// Tango's score interval for single trials of 0 or 1; else the BCa bootstrap over cases or clusters from fifty of them on, and the
/// inverted sign-flip test below. Differences that do not vary: Tango's where each case is 0 or 1 on each side, else nothing. Cases that
/// share a cluster are not independent, so that Tango's does not fit them; where all of them came out alike it takes clusters for pairs.
struct DecidingBound {
    /// From this number of units on the bootstrap decides.
    static let bootstrapUnits = 50
    /// Sign flips that are drawn where all of them are too many.
    static let flips = 9_999

    let differences: PairedDifferences
    /// The table of pairs where Tango's interval decides.
    let table: PairedCounts?
    /// Whether every case is one trial of 0 or 1 on both sides, and stands for itself.
    let isBinary: Bool
    let bootstrap: BCaBootstrap?
    private let flips: SignFlipTest
    private let policy: ComparisonPolicy

    /// - Parameter seed: of this part of the cases alone.
    /// - Returns: nil without cases.
    init?(_ pairs: [PairedCase], policy: ComparisonPolicy, seed: StableSeed) {
        guard let differences = PairedDifferences(pairs.map(\.difference), clusters: Self.clusters(of: pairs)) else { return nil }
        self.differences = differences
        self.policy = policy
        isBinary =
            !differences.isClustered
            && pairs.allSatisfy { $0.baseline.count == 1 && $0.candidate.count == 1 && $0.baseline.isBinary && $0.candidate.isBinary }
        let isAlike = differences.hasNoVariance && pairs.allSatisfy { $0.baseline.isBinary && $0.candidate.isBinary }
        table = isBinary ? Self.table(pairs) : isAlike ? Self.alike(pairs, units: differences.units) : nil
        bootstrap = BCaBootstrap(differences, seed: seed.mixing("bca").value, resamples: policy.resamples)
        flips = SignFlipTest(differences, seed: seed.mixing("sign-flip").value, resamples: Self.flips)
    }

    /// A code for each cluster; nil where none is declared. Cases without a cluster stand for themselves.
    private static func clusters(of pairs: [PairedCase]) -> [Int]? {
        guard pairs.contains(where: { $0.cluster != nil }) else { return nil }
        var codes: [String: Int] = [:]
        return pairs.enumerated().map { index, pair in
            guard let cluster = pair.cluster else { return -1 - index }
            if let code = codes[cluster] { return code }
            codes[cluster] = codes.count
            return codes.count - 1
        }
    }

    private static func table(_ pairs: [PairedCase]) -> PairedCounts {
        var counts = PairedCounts(bothPassed: 0, lost: 0, gained: 0, bothFailed: 0)
        for pair in pairs {
            switch (pair.baseline.mean == 1, pair.candidate.mean == 1) {
            case (true, true): counts.bothPassed += 1
            case (true, false): counts.lost += 1
            case (false, true): counts.gained += 1
            case (false, false): counts.bothFailed += 1
            }
        }
        return counts
    }

    /// Every case differs by the same −1, 0 or 1: one pair for each unit. Nil where clusters agree only on average.
    private static func alike(_ pairs: [PairedCase], units: Int) -> PairedCounts? {
        let table = table(pairs)
        switch (table.lost, table.gained) {
        case (0, 0): return PairedCounts(bothPassed: units, lost: 0, gained: 0, bothFailed: 0)
        case (pairs.count, 0): return PairedCounts(bothPassed: 0, lost: units, gained: 0, bothFailed: 0)
        case (0, pairs.count): return PairedCounts(bothPassed: 0, lost: 0, gained: units, bothFailed: 0)
        default: return nil
        }
    }

    var method: ComparisonEffect.Method {
        if table != nil { return .tango }
        if differences.hasNoVariance { return .none }
        return differences.units >= Self.bootstrapUnits && bootstrap != nil ? .bca : .signFlip
    }

    /// Both ends with the error of each of them stated: one-sided bounds, or a two-sided interval.
    private func limits(oneSidedConfidence: Double, _ ends: BCaBootstrap.Ends) -> ComparisonLimits {
        let twoSided = 2 * oneSidedConfidence - 1
        switch method {
        case .tango: return Self.limits(table?.tango(confidence: twoSided))
        case .bca: return Self.limits(bootstrap?.interval(confidence: twoSided, ends: ends))
        case .signFlip: return Self.limits(flips.interval(confidence: twoSided))
        case .none: return Self.limits(nil)
        }
    }

    static func limits(_ interval: ConfidenceInterval?) -> ComparisonLimits {
        ComparisonLimits(low: interval?.low ?? -.infinity, high: interval?.high ?? .infinity)
    }

    /// The two bounds that decide, each with all of the error.
    var bounds: ComparisonLimits { limits(oneSidedConfidence: policy.confidence, .outward) }

    /// One-sided, that the true change is below `change`; the upper bound lies below it where this is at most the error.
    func pValue(below change: Double) -> Double {
        switch method {
        case .tango: table.map { change <= -1 ? 1 : $0.tangoPValue(below: min(1, change)) } ?? 1
        case .bca: bootstrap?.pValue(below: change) ?? 1
        case .signFlip: flips.pValue(below: change)
        case .none: 1
        }
    }

    /// Two-sided, that nothing changed.
    var pValue: Double {
        if isBinary, let table { return McNemarTest(lost: table.lost, gained: table.gained).pValue }
        return flips.pValue(otherThan: 0)
    }

    /// The numbers of these cases.
    var effect: ComparisonEffect {
        ComparisonEffect(
            estimate: differences.estimate, standardError: differences.standardError,
            interval: limits(oneSidedConfidence: (1 + policy.confidence) / 2, .interpolated), bounds: bounds, method: method,
            pValue: pValue,
            t: differences.interval(confidence: policy.confidence).map { Self.limits($0) },
            bca: bootstrap.map { Self.limits($0.interval(confidence: policy.confidence)) })
    }

    /// What only single trials of 0 and 1 have.
    var binary: BinaryComparison? {
        guard isBinary, let table else { return nil }
        let test = McNemarTest(lost: table.lost, gained: table.gained)
        return BinaryComparison(
            lost: table.lost, gained: table.gained, pValue: test.pValue, midP: test.midP,
            newcombe: Self.limits(table.newcombe(confidence: policy.confidence)),
            tango: Self.limits(table.tango(confidence: policy.confidence)))
    }
}
