import RungCore
import RungOrganizations
import Testing

/// Each golden organization, as of its last day.
struct StageTests {
    @Test(arguments: 1...5)
    func anOrganizationIsOnItsStageAndEveryCriterionIsAsExpected(stage: Int) throws {
        let expected = try ExpectedOrganization(ofStage: stage)
        let assessment = try Judged(OrganizationPlan(stage: stage)).assessment()
        #expect(assessment.stage == expected.stage, "\(assessment.stages.filter { $0.number <= stage }.flatMap(\.reasons))")
        #expect(Set(expected.bands.keys) == Set(assessment.findings.map(\.criterion)))
        for finding in assessment.findings {
            #expect(
                finding.band == expected.bands[finding.criterion],
                "\(finding.criterion) \(finding.title): \(finding.reasons.joined(separator: "; "))")
        }
    }

    @Test func anotherSeedIsAnotherOrganizationOnTheSameStage() throws {
        for stage in [3, 5] {
            let other = try Judged(OrganizationPlan(stage: stage, seed: 20_261_001))
            let assessment = try other.assessment()
            #expect(assessment.stage == stage, "\(assessment.stages.filter { $0.number <= stage }.flatMap(\.reasons))")
        }
    }
}
