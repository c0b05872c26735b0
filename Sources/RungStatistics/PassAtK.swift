/// pass@k and pass^k over cases, without bias: never the k-th power of a rate.
///
/// Streams in constant memory. k runs from 1 to the smallest number of trials of any case, and to 64 at most.
public struct PassAtK: Sendable {
    /// The largest k that is kept.
    public static let largestK = 64

    /// The number of cases added.
    public private(set) var cases = 0
    /// The largest k for which every case so far has enough trials; nil without cases.
    private var commonK: Int?
    private var someSums: [Double] = []
    private var allSums: [Double] = []

    public init() {}

    /// Adds one case with c successes in n trials; takes min(n, 64) steps.
    ///
    /// - Precondition: at least one trial, and 0 ≤ successes ≤ trials.
    public mutating func add(successes: Int, of trials: Int) {
        precondition(trials > 0, "a case without trials has no rate")
        precondition(successes >= 0 && successes <= trials, "successes are from 0 to the number of trials")
        let count = min(trials, commonK ?? Self.largestK)
        if commonK == nil {
            someSums = [Double](repeating: 0, count: count)
            allSums = someSums
        }
        commonK = count
        cases += 1
        // C(m, k)/C(n, k) is the product of (m − i)/(n − i) for i below k; all factors are in 0…1.
        var noneOfThem = 1.0
        var allOfThem = 1.0
        for index in 0..<count {
            let left = Double(trials - index)
            noneOfThem *= Double(max(0, trials - successes - index)) / left
            allOfThem *= Double(max(0, successes - index)) / left
            someSums[index] += 1 - noneOfThem
            allSums[index] += allOfThem
        }
    }

    /// pass@k = 1 − C(n − c, k)/C(n, k), that one of k trials passes, as mean over cases; element 0 is k = 1.
    ///
    /// Chen et al. 2021, "Evaluating large language models trained on code". Empty without cases.
    public var passAtK: [Double] { means(someSums) }

    /// pass^k = C(c, k)/C(n, k), that all of k trials pass, as mean over cases; element 0 is k = 1.
    ///
    /// Yao et al. 2024, "τ-bench: a benchmark for tool-agent-user interaction". Empty without cases.
    public var passHatK: [Double] { means(allSums) }

    private func means(_ sums: [Double]) -> [Double] {
        sums.prefix(commonK ?? 0).map { $0 / Double(cases) }
    }
}
