import RungCore
import RungEvidence
import RungOrganizations
import RungText
import Testing

struct TeamTests {
    @Test func everyTeamOfAGoldenOrganizationStandsWhereItStands() throws {
        let judged = try Judged(OrganizationPlan(stage: 3))
        let assessment = try judged.assessment()
        #expect(assessment.stage == 3)
        #expect(assessment.teams.map(\.name) == ["finance", "procurement", "sales", "service"])
        #expect(assessment.teams.allSatisfy { $0.stage == 3 && $0.isBinding })
        #expect(abs(assessment.teams.reduce(0) { $0 + $1.share } - 1) < 1e-9)
        #expect(abs(assessment.teams.reduce(0) { $0 + $1.exposure } - 1) < 1e-9)
        #expect(assessment.teams.reduce(0) { $0 + $1.agents } == 6)
    }

    @Test func anAgentOfAnotherTeamThatNobodyLooksAfterCostsAnOrganizationItsStage() throws {
        var plan = OrganizationPlan(stage: 4)
        plan.agents = 24
        // One of 24 is too little to move the shares of the organization; alone in its team, it is all that the team has.
        plan.variation = .changing("agent") { line in
            guard line[text: "id"] == "reforecast" else { return }
            line[text: "team"] = "harbour"
            line[text: "deputyId"] = line[text: "ownerId"]
        }
        let judged = try Judged(plan)
        let assessment = try judged.assessment()
        let worst = try #require(assessment.teams.first)
        #expect(worst.name == "harbour" && worst.stage == 2 && worst.agents == 1)
        #expect(worst.gaps.contains { $0.criterion == "REG-302" && $0.total == 1 })
        #expect(worst.isBinding, "\(worst.share) of the calls, tier \(String(describing: worst.tier))")
        #expect(assessment.findings.first { $0.criterion == "REG-302" }?.band == .full)
        #expect(assessment.stage == 3)
        #expect(assessment.roadmap.first?.team == "harbour" && assessment.roadmap.first?.criterion == "REG-302")
    }

    @Test func whatBelongsToAnAgentBelongsToItsTeam() throws {
        let judged = try Judged(OrganizationPlan(stage: 4))
        let asOf = judged.organization.plan.asOf
        let snapshot = try judged.store.snapshot(asOf: asOf)
        let window = EvidenceWindow(asOf: asOf, days: 360)
        let releases = try snapshot.rows(of: "SELECT release_id AS entity, 1 AS satisfied, 1 AS total FROM releases", in: window)
        let survey = try snapshot.teams(accountableFor: Set(releases.map(\.entity) + ["faq", "finance", "nobody-knows"]), asOf: asOf)
        let names = survey.teams.map(\.name)
        #expect(names == ["finance", "procurement", "sales", "service"])
        #expect(survey.owners["nobody-knows"] == nil)
        #expect(survey.owners["finance"].map { names[$0] } == "finance")
        #expect(survey.owners["faq"].map { names[$0] } == "service")
        #expect(!releases.isEmpty && releases.allSatisfy { survey.owners[$0.entity] != nil })
        for team in survey.teams { #expect(team.calls > 0 && team.weighedCalls >= team.calls && team.weighedCalls <= 3 * team.calls) }
    }
}
