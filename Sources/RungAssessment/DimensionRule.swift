public import RungCore

/// Scores each dimension from 1 to 5: what is done at a stage counts as far as the stages below it are firm.
public enum DimensionRule {
    /// Key criteria weigh as much as two others.
    static let keyWeight = 2.0
    /// One score for each dimension, in the order of the rubric; 1 for one that asks for nothing that applies.
    public static func scores(for rubric: Rubric, findings: [Finding]) -> [DimensionScore] {
        rubric.dimensions.map { dimension in
            let layout = DimensionLayout(dimension.code, findings)
            return DimensionScore(
                code: dimension.code, title: dimension.title, score: layout.score { findings[$0].credit },
                high: layout.score { findings[$0].high })
        }
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
