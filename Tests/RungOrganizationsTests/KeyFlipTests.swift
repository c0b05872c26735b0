import RungAssessment
import RungCore
import RungOrganizations
import Testing

/// Of all that an organization does, one key criterion is not met.
struct KeyFlipTests {
    private static let keys = Judged.rubric.criteria.filter(\.isKey).map(\.id)

    @Test func thereIsAFlipForEachOfThe41KeyCriteria() {
        let flips = KeyFlips(OrganizationPlan(stage: 5))
        #expect(Self.keys.count == 41)
        #expect(Judged.rubric.criteria.allSatisfy { (flips[$0.id.rawValue] != nil) == $0.isKey })
    }

    @Test(arguments: keys)
    func withoutOneKeyCriterionTheStageIsLost(key: CriterionID) throws {
        let stage = try #require(Judged.rubric.criteria.first { $0.id == key }).stage
        var plan = OrganizationPlan(stage: stage)
        plan.variation = try #require(KeyFlips(plan)[key.rawValue])
        let assessment = try Judged(plan).assessment(integrity: .verified)
        let finding = try #require(assessment.findings.first { $0.criterion == key })
        #expect(finding.band != .full, "\(finding.reasons)")
        #expect(finding.band != .notApplicable, "\(finding.reasons)")
        #expect(try #require(assessment.stage) < stage)
    }
}
