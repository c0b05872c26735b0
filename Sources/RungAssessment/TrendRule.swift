public import RungCore

/// Splits the change between two assessments into rubric, evidence and practice.
public enum TrendRule {
    /// - Parameters:
    ///   - before: the earlier assessment as the ledger remembers it; nil where none was kept and `restated` stands for it.
    ///   - restated: its evidence, by the rubric of today.
    ///   - aged: its evidence as of today.
    ///   - now: all evidence as of today.
    /// - Returns: nil when one of them is void.
    public static func trend(
        from before: RecordedAssessment?, restated: Assessment, aged: Assessment, now: Assessment
    ) -> AssessmentTrend? {
        guard let restatedStage = restated.stage, let evidence = step(from: restated, to: aged), let practice = step(from: aged, to: now)
        else { return nil }
        // Dimensions that were not scored then have not changed.
        let gain = before.map { before in
            restated.dimensions.reduce(0) { $0 + $1.score - (before.scores[$1.code] ?? $1.score) }
        }
        return AssessmentTrend(
            since: restated.asOf, ledgerSize: restated.ledger.size, stage: before?.stage ?? restatedStage,
            rubric: .init(stage: restatedStage, gain: gain ?? 0), evidence: evidence, practice: practice)
    }

    private static func step(from a: Assessment, to b: Assessment) -> AssessmentTrend.Step? {
        guard let stage = b.stage else { return nil }
        let (before, after) = (full(a), full(b))
        return AssessmentTrend.Step(
            stage: stage, gain: sum(b) - sum(a), gained: after.subtracting(before).sorted(), lost: before.subtracting(after).sorted())
    }

    private static func sum(_ assessment: Assessment) -> Double { assessment.dimensions.reduce(0) { $0 + $1.score } }

    private static func full(_ assessment: Assessment) -> Set<CriterionID> {
        Set(assessment.findings.filter { $0.band == .full }.map(\.criterion))
    }
}
