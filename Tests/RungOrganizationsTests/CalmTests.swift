import RungCore
import RungOrganizations
import Testing

/// Organizations in which nothing goes wrong.
struct CalmTests {
    /// Criteria about things that go wrong.
    private static let aboutTrouble = [
        "FBK-301", "FBK-302", "FBK-402", "FBK-404", "GOV-304", "PRM-402", "PRM-403", "FBK-401", "TST-401", "TST-306",
    ]

    @Test(arguments: [3, 4, 5])
    func doingWellNeverLowersAStage(stage: Int) throws {
        var plan = OrganizationPlan(stage: stage)
        plan.weather = .calm
        let assessment = try Judged(plan).assessment()
        #expect(assessment.stage == stage, "\(assessment.stages.filter { $0.number <= stage }.flatMap(\.reasons))")
        let troubles = assessment.findings.filter { $0.stage <= stage && Self.aboutTrouble.contains($0.criterion.rawValue) }
        #expect(!troubles.isEmpty)
        for finding in troubles { #expect(finding.band == .notApplicable, "\(finding.criterion): \(finding.reasons)") }
    }
}
