import RungCore
import RungEvidence
import RungOrganizations
import RungText
import Synchronization
import Testing

/// Evidence that cannot all be true gives an answer all the same, and never a better one.
struct ContradictionTests {
    /// Tells every record that has an id a second time, with the texts of the one of its kind before it.
    ///
    /// - Parameter mark: what is put behind the id of the second one.
    private static func contradicting(_ mark: String) -> Variation {
        let last = LastLines()
        return .adding { line in
            // A scenario is known by its suite too, which is among the texts.
            guard line.kind != "scenario", let id = line[text: "id"] else { return nil }
            guard let earlier = last.replace(line) else { return nil }
            var other = line
            for member in earlier.members where !Self.isFixed(member.key) && line[text: member.key] != nil {
                other[member.key] = member.value
            }
            other[text: "id"] = id + mark
            return other
        }
    }

    /// Times stay, for what is told before it happened is refused; and so does what kind of thing it is.
    private static func isFixed(_ key: String) -> Bool {
        ["at", "day", "subjectKind", "step", "type", "verdict"].contains(key) || key.hasSuffix("At")
    }

    /// The latest line of each kind. A class because the variation is asked again and again.
    private final class LastLines: Sendable {
        private let lines = Mutex<[String: EvidenceLine]>([:])

        func replace(_ line: EvidenceLine) -> EvidenceLine? { lines.withLock { $0.updateValue(line, forKey: line.kind) } }
    }

    @Test func theSameRecordWithAnotherContentIsRefusedWithItsPlace() throws {
        var plan = OrganizationPlan(stage: 2)
        plan.variation = Self.contradicting("")
        let error = #expect(throws: (any Error).self) { try Judged(plan) }
        #expect(String(describing: try #require(error)).contains(".jsonl:2:1: error: idea "))
    }

    @Test(arguments: [2, 3, 5])
    func whatIsToldTwiceUnderTwoNamesGivesNoHigherStage(stage: Int) throws {
        var plan = OrganizationPlan(stage: stage)
        plan.variation = Self.contradicting("-other")
        let judged = try Judged(plan)
        let assessment = try judged.assessment()
        #expect(assessment.voidReason == nil)
        #expect(try #require(assessment.stage) <= stage)
        #expect(assessment.findings.allSatisfy { $0.band != .error })
        #expect(assessment.symptoms.allSatisfy { $0.failure == nil })
    }

    /// A gateway that counts as many calls a day as a count can be.
    @Test func countsAsLargeAsTheyCanBeOverflowNothing() throws {
        var plan = OrganizationPlan(stage: 3)
        plan.variation = .changing("usageCount") { line in
            line["counted"] = .int(Int(Int32.max))
            line["attempts"] = .int(Int(Int32.max))
        }
        let assessment = try Judged(plan).assessment()
        #expect(assessment.findings.allSatisfy { $0.band != .error })
        // Nearly all of what was counted is not in the logs.
        #expect(assessment.stage == 1)
        let logged = try #require(assessment.findings.first { $0.criterion == "OBS-201" })
        #expect(logged.band == .none && logged.total > 100_000_000_000)
        #expect(assessment.teams.allSatisfy { $0.calls > 1_000_000_000 })
    }

    /// More is logged than the gateway has counted.
    @Test func moreCallsInTheLogsThanTheGatewayCountedProveNothingMore() throws {
        var plan = OrganizationPlan(stage: 3)
        plan.variation = .changing("usageCount") { $0["counted"] = .int(1) }
        let assessment = try Judged(plan).assessment()
        #expect(try #require(assessment.stage) <= 3)
        #expect(assessment.findings.allSatisfy { $0.band != .error && $0.satisfied <= $0.total })
    }
}
