import RungCore
import RungOrganizations
import Testing

struct SeedTests {
    @Test func theSameSeedGivesTheSameLedgerAndAnotherOneAnother() throws {
        func root(_ seed: UInt64) throws -> String { "\(try Judged(OrganizationPlan(stage: 3, seed: seed)).report.ledger.root)" }
        #expect(try root(7) == root(7))
        #expect(try root(7) != root(8))
    }

    @Test func moreCallsAndAgentsMakeALargerOrganizationOnTheSameStage() throws {
        let plan = OrganizationPlan(stage: 3, agents: 12, interactions: 6_000)
        let judged = try Judged(plan)
        #expect((5_850...6_150).contains(judged.report.calls))
        let assessment = try judged.assessment()
        #expect(assessment.stage == 3, "\(assessment.stages.filter { $0.number <= 3 }.flatMap(\.reasons))")
    }
}
