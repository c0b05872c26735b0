import RungCore
import RungOrganizations
import Testing

/// The way of an organization that reaches the top.
struct ClimbTests {
    @Test func theFifthOrganizationClimbsAStageAQuarterAndNeverFalls() throws {
        let judged = try Judged(OrganizationPlan(stage: 5))
        var stages: [Int?] = []
        for end in judged.organization.quarterEnds {
            let assessment = try judged.assessment(asOf: end)
            stages.append(assessment.stage)
            #expect(
                assessment.stage == stages.count + 1,
                "as of \(end): \(assessment.stages.filter { $0.number <= stages.count + 1 }.flatMap(\.reasons))")
        }
        #expect(stages == [2, 3, 4, 5])
    }

    @Test func theOthersStopWhereTheyStopped() throws {
        let judged = try Judged(OrganizationPlan(stage: 3))
        #expect(try judged.organization.quarterEnds.map { try judged.assessment(asOf: $0).stage } == [2, 3, 3, 3])
    }
}
