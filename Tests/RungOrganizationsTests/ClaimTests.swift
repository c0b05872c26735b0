import RungCore
import RungOrganizations
import Testing

struct ClaimTests {
    @Test func everythingHandedInUnsignedOnTheLastEveningEarnsTheFirstStage() throws {
        var plan = OrganizationPlan(stage: 5)
        plan.telling = .allAtOnce
        let judged = try Judged(plan)
        #expect(judged.report.records > 3_000)
        let assessment = try judged.assessment()
        #expect(assessment.stage == 1, "\(assessment.stages.flatMap(\.reasons))")
    }
}
