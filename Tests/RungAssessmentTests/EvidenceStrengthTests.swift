import RungCore
import Testing

@testable import RungAssessment

struct EvidenceStrengthTests {
    /// Five key criteria of a stage, of which so many rest on records that nobody vouches for.
    private func stage(_ number: Int, weak: Int, _ evidenceClass: EvidenceClass) -> StageResult? {
        let rubric = sampleRubric((0..<5).map { sampleCriterion(CriterionID("K-\($0)"), stage: number) })
        let findings = (0..<5).map { index in
            var finding = sampleFinding(CriterionID("K-\(index)"), stage: number, .full)
            finding.basis = EvidenceBasis([
                .init(kind: "run", evidenceClass: .a, records: 9),
                .init(kind: "act", evidenceClass: index < weak ? evidenceClass : .a, records: 1),
            ])
            return finding
        }
        return StageRule.results(for: rubric, findings: findings).first { $0.number == number }
    }

    @Test func `from stage 3 on somebody vouches for the evidence of four in five key criteria`() {
        #expect(stage(2, weak: 5, .d)?.status == .met)
        for evidenceClass in [EvidenceClass.c, .d] {
            #expect(stage(3, weak: 1, evidenceClass)?.status == .met)
            #expect(stage(4, weak: 2, evidenceClass)?.status == .notMet)
        }
        #expect(stage(3, weak: 5, .b)?.status == .met)
        #expect(
            stage(3, weak: 2, .d)?.reasons == [
                "3 of the 5 key criteria that apply rest on evidence of class A or B, 4 are needed; weaker: K-0 (D), K-1 (D)"
            ])
    }

    @Test func `at stage 5 the program itself has recorded all of it`() {
        #expect(stage(5, weak: 0, .a)?.status == .met)
        #expect(
            stage(5, weak: 1, .b)?.reasons == [
                "4 of the 5 key criteria that apply rest on evidence of class A, 5 are needed; weaker: K-0 (B)"
            ])
    }
}
