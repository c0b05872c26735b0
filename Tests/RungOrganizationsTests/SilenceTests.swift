import RungAssessment
import RungCore
import RungEvidence
import RungOrganizations
import Testing

/// Telling less than what happened never pays.
struct SilenceTests {
    /// Kinds of records that the organization of stage 5 tells, but for the registrations of its sources.
    private static let kinds: [String] = {
        do {
            let judged = try Judged(OrganizationPlan(stage: 5))
            return try judged.store.snapshot(asOf: judged.organization.plan.asOf).recordCounts().map(\.kind).filter { $0 != "source" }
        } catch {
            preconditionFailure("the organization cannot be made: \(error)")
        }
    }()

    @Test(arguments: [3, 5], kinds)
    func leavingOutAKindGivesNoHigherStageAndNoHigherScore(stage: Int, kind: String) throws {
        var plan = OrganizationPlan(stage: stage)
        plan.variation = .leavingOut(kind)
        try Self.expectNoGain(plan, over: Self.whole(stage))
    }

    @Test(arguments: [3, 5])
    func leavingOutAllSignaturesGivesNoHigherStageAndNoHigherScore(stage: Int) throws {
        var plan = OrganizationPlan(stage: stage)
        plan.telling = .eachEveningUnsigned
        try Self.expectNoGain(plan, over: Self.whole(stage))
    }

    private static func expectNoGain(_ plan: OrganizationPlan, over whole: Assessment) throws {
        let assessment = try Judged(plan).assessment(integrity: .verified)
        #expect(try #require(assessment.stage) <= #require(whole.stage))
        for (silent, told) in zip(assessment.dimensions, whole.dimensions) {
            #expect(silent.code == told.code)
            #expect(silent.score <= told.score + 1e-9, "\(silent.code)")
        }
    }

    private static let wholes: [Int: Assessment] = {
        var wholes: [Int: Assessment] = [:]
        for stage in [3, 5] { wholes[stage] = try? Judged(OrganizationPlan(stage: stage)).assessment() }
        return wholes
    }()

    private static func whole(_ stage: Int) throws -> Assessment { try #require(wholes[stage]) }
}
