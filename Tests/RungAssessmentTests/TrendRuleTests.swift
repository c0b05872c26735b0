import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungAssessment

@Suite struct TrendRuleTests {
    private static func assessment(stage: Int?, score: Double, full: [CriterionID]) throws -> Assessment {
        var assessment = Assessment(
            asOf: try #require(Timestamp("2026-07-01")), rubricVersion: "1.0.0", rubricDigest: SHA256Hasher.digest(of: "r"),
            ledger: SampleEvidence().head, stage: stage, stageName: nil, voidReason: nil, stages: [], symptoms: [],
            findings: ["A-1", "B-2", "C-3"].map { sampleFinding($0, full.contains($0) ? .full : .partial) }, roadmap: [], notes: [])
        assessment.dimensions = [
            DimensionScore(code: "REG", title: "", score: score, high: 5), DimensionScore(code: "NEW", title: "", score: 2, high: 5),
        ]
        return assessment
    }

    private static func kept(stage: Int, score: Double) throws -> RecordedAssessment {
        let assessment = try assessment(stage: stage, score: score, full: [])
        var kept = try #require(
            RecordedAssessment(assessment, digest: SHA256Hasher.digest(of: "d"), at: assessment.asOf, author: "ana"))
        kept.scores["NEW"] = nil
        return kept
    }

    @Test func `the three causes add up to the whole change`() throws {
        let trend = try #require(
            TrendRule.trend(
                from: Self.kept(stage: 3, score: 3.5), restated: Self.assessment(stage: 2, score: 3, full: ["A-1", "B-2"]),
                aged: Self.assessment(stage: 1, score: 2.25, full: ["A-1"]),
                now: Self.assessment(stage: 2, score: 4, full: ["A-1", "C-3"])))
        #expect(trend.stage == 3 && trend.since == Timestamp("2026-07-01") && trend.ledgerSize == 7)
        #expect(trend.rubric == .init(stage: 2, gain: -0.5))
        #expect(trend.evidence == .init(stage: 1, gain: -0.75, lost: ["B-2"]))
        #expect(trend.practice == .init(stage: 2, gain: 1.75, gained: ["C-3"]))
        #expect(trend.rubric.gain + trend.evidence.gain + trend.practice.gain == 4 - 3.5)
    }

    @Test func `a day without a recorded assessment has no change of rubric`() throws {
        let same = try Self.assessment(stage: 2, score: 3, full: ["A-1"])
        let trend = try #require(TrendRule.trend(from: nil, restated: same, aged: same, now: same))
        #expect(trend.stage == 2 && trend.rubric == .init(stage: 2, gain: 0) && trend.practice == .init(stage: 2, gain: 0))
    }

    @Test func `a void assessment has no trend and is not remembered`() throws {
        let same = try Self.assessment(stage: 2, score: 3, full: [])
        let void = try Self.assessment(stage: nil, score: 3, full: [])
        #expect(TrendRule.trend(from: nil, restated: void, aged: same, now: same) == nil)
        #expect(TrendRule.trend(from: nil, restated: same, aged: same, now: void) == nil)
        let digest = SHA256Hasher.digest(of: "d")
        #expect(RecordedAssessment(void, digest: digest, at: void.asOf, author: "ana") == nil)
        var plan = same
        plan.assumptions = ["A-1=full"]
        #expect(RecordedAssessment(plan, digest: digest, at: void.asOf, author: "ana") == nil)
    }
}
