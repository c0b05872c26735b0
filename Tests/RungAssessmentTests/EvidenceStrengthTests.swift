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

    // MARK: - Credits

    private func finding(
        _ basis: [EvidenceBasis.Count], isAttested: Bool = false, isCountedOutside: Bool = false, detectorClass: EvidenceClass? = nil
    ) -> Finding {
        var criterion = sampleCriterion("K-1")
        criterion.isAttested = isAttested
        criterion.measure.hasIndependentDenominator = isCountedOutside
        var answer = MeasureAnswer(rows: [MeasureRow(entity: "a", amount: .share(satisfied: 9, total: 9))], basis: EvidenceBasis(basis))
        if let detectorClass {
            criterion.measure.detector = "SELECT 1 AS ran"
            answer.rows = []
            answer.detectorRan = true
            answer.detectorClass = detectorClass
        }
        return FindingRule.finding(for: criterion, outcome: .answered(answer))
    }

    @Test(arguments: [(EvidenceClass.a, 1.0, Band.full), (.b, 1, .full), (.c, 0.5, .partial), (.d, 0.25, .none)])
    func `weak evidence caps the credit`(evidenceClass: EvidenceClass, credit: Double, band: Band) {
        let found = finding([
            .init(kind: "run", evidenceClass: .a, records: 9), .init(kind: "act", evidenceClass: evidenceClass, records: 2),
        ])
        #expect(found.credit == credit && found.high == credit && found.band == band)
        #expect(found.evidenceClass == evidenceClass)
        #expect(found.reasons.contains { $0.contains("2 of act") } == (credit < 1))
    }

    @Test func `what people may attest counts fully when they did, and not when nobody did`() {
        #expect(finding([.init(kind: "act", evidenceClass: .c, records: 1)], isAttested: true).band == .full)
        #expect(finding([.init(kind: "act", evidenceClass: .d, records: 1)], isAttested: true).credit == 0.25)
    }

    @Test func `a population that nobody counts from outside is of class B at best`() {
        let own = EvidenceBasis.Count(kind: "interaction", evidenceClass: .a, records: 9)
        #expect(finding([own], isCountedOutside: true).evidenceClass == .b)
        #expect(finding([own]).evidenceClass == .a)
        #expect(finding([own, .init(kind: "usageCount", evidenceClass: .a, records: 1)], isCountedOutside: true).evidenceClass == .a)
        #expect(finding([.init(kind: "interaction", evidenceClass: .d, records: 9)], isCountedOutside: true).evidenceClass == .d)
    }

    @Test func `a detector that anybody could have written proves nothing`() {
        #expect(finding([], detectorClass: .b).band == .notApplicable)
        let doubtful = finding([], detectorClass: .d)
        #expect(doubtful.band == .insufficient && doubtful.high == 1)
        #expect(doubtful.reasons.last == "records that its detector rests on are of class D: anybody could have written them")
    }
}
