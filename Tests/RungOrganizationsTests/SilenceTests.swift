import RungAssessment
import RungCore
import RungEvidence
import RungOrganizations
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Telling less than what happened never pays.
struct SilenceTests {
    /// An organization and the kind that it does not tell.
    struct Silence: Sendable, CustomTestStringConvertible {
        let stage: Int
        let kind: String

        var testDescription: String { "\(kind) in organization \(stage)" }
    }

    /// Every kind of the organization of stage 3, and what the one of stage 5 has besides; with RUNG_SILENCE=all, which takes two
    /// minutes more, every kind of both.
    private static let silences: [Silence] = {
        let third = kinds(of: 3)
        let isWhole = getenv("RUNG_SILENCE").map { String(cString: $0) } == "all"
        let fifth = kinds(of: 5).filter { isWhole || !third.contains($0) }
        return third.map { Silence(stage: 3, kind: $0) } + fifth.map { Silence(stage: 5, kind: $0) }
    }()

    /// Kinds of records that an organization tells; the registrations of its sources are not told.
    private static func kinds(of stage: Int) -> [String] {
        do {
            let judged = try Judged(OrganizationPlan(stage: stage))
            return try judged.store.snapshot(asOf: judged.organization.plan.asOf).recordCounts().map(\.kind).filter { $0 != "source" }
        } catch {
            preconditionFailure("the organization cannot be made: \(error)")
        }
    }

    @Test(arguments: silences)
    func leavingOutAKindGivesNoHigherStageAndNoHigherScore(silence: Silence) throws {
        var plan = OrganizationPlan(stage: silence.stage)
        plan.variation = .leavingOut(silence.kind)
        try Self.expectNoGain(plan)
    }

    @Test(arguments: [3, 5])
    func leavingOutAllSignaturesGivesNoHigherStageAndNoHigherScore(stage: Int) throws {
        var plan = OrganizationPlan(stage: stage)
        plan.telling = .eachEveningUnsigned
        try Self.expectNoGain(plan)
    }

    private static func expectNoGain(_ plan: OrganizationPlan) throws {
        let whole = try #require(wholes[plan.stage])
        let assessment = try Judged(plan).assessment(integrity: .verified)
        #expect(try #require(assessment.stage) <= #require(whole.stage))
        for (silent, told) in zip(assessment.dimensions, whole.dimensions) {
            #expect(silent.code == told.code)
            #expect(silent.score <= told.score + 1e-9, "\(silent.code)")
        }
    }

    /// What the organizations come to that tell everything.
    private static let wholes: [Int: Assessment] = {
        var wholes: [Int: Assessment] = [:]
        for stage in [3, 5] { wholes[stage] = try? Judged(OrganizationPlan(stage: stage)).assessment() }
        return wholes
    }()
}
