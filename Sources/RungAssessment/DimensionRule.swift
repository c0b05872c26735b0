public import RungCore

/// Scores each dimension from 1 to 5: what is done at a stage counts as far as the stages below it are firm.
public enum DimensionRule {
    /// Key criteria weigh as much as two others.
    static let keyWeight = 2.0
    /// At this mean credit a stage holds what lies above it fully.
    static let firm = 0.8

    /// One score for each dimension, in the order of the rubric; 1 for one that asks for nothing that applies.
    public static func scores(for rubric: Rubric, findings: [Finding]) -> [DimensionScore] {
        rubric.dimensions.map { dimension in
            let own = findings.filter { $0.dimension == dimension.code && $0.band != .notApplicable }
            return DimensionScore(
                code: dimension.code, title: dimension.title, score: score(own, \.credit), high: score(own, \.high))
        }
    }

    /// 1 + 4/J · Σ_j C_j · Π_{i<j} min(1, C_i / 0.8), over the J stages at which the dimension asks for something.
    private static func score(_ findings: [Finding], _ credit: KeyPath<Finding, Double>) -> Double {
        let stages = Set(findings.map(\.stage)).sorted()
        guard !stages.isEmpty else { return 1 }
        var sum = 0.0
        var held = 1.0
        for stage in stages {
            let mean = mean(findings.filter { $0.stage == stage }, credit)
            sum += mean * held
            held *= min(1, mean / firm)
        }
        return 1 + 4 * (sum / Double(stages.count))
    }

    /// Mean credit with key criteria counted twice. The order of the findings does not matter.
    private static func mean(_ findings: [Finding], _ credit: KeyPath<Finding, Double>) -> Double {
        let sorted = findings.sorted { $0.criterion < $1.criterion }
        let weight = sorted.reduce(0) { $0 + ($1.isKey ? keyWeight : 1) }
        return sorted.reduce(0) { $0 + ($1.isKey ? keyWeight : 1) * $1[keyPath: credit] } / weight
    }
}

/// Says how well the findings that decide a stage are founded.
public enum ConfidenceRule {
    /// The mean of class × freshness × size of the population, 0…1, over the criteria of the stages up to the one that is
    /// earned; of stage 2 when none is.
    public static func confidence(inStage stage: Int, findings: [Finding]) -> Double {
        let deciding = findings.filter { $0.stage <= max(2, stage) && $0.band != .notApplicable }.sorted { $0.criterion < $1.criterion }
        let weight = deciding.reduce(0) { $0 + ($1.isKey ? DimensionRule.keyWeight : 1) }
        guard weight > 0 else { return 0 }
        return deciding.reduce(0) { $0 + ($1.isKey ? DimensionRule.keyWeight : 1) * confidence(in: $1) } / weight
    }

    private static func confidence(in finding: Finding) -> Double {
        guard finding.band != .error, let worst = finding.evidenceClass else { return 0 }
        return worst.factor * finding.freshness.factor * finding.sufficiency
    }
}
