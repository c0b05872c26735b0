import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Who has left, and what is seen of agents.
struct RegistryViewTests {
    static func accounts(_ fixture: EvidenceFixture) throws -> [[String]] {
        try fixture.rows("SELECT principal_id, active, left_at FROM principals ORDER BY 1")
    }

    @Test func whoIsMissingFromALaterSnapshotHasLeftThenAndIsBackWithALaterOne() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T00:00:00Z")
        let both = Registry(principals: [RegistryFixture.principal("ana"), RegistryFixture.principal("bo")])
        let one = Registry(principals: [RegistryFixture.principal("bo")])
        try fixture.store.recordRegistry(both, actor: "ci")
        try fixture.clock.set("2026-09-10T08:00:00Z")
        try fixture.store.recordRegistry(one, actor: "ci")
        try fixture.clock.set("2026-09-12T08:00:00Z")
        try fixture.store.recordRegistry(one, actor: "ci")
        #expect(try Self.accounts(fixture) == [["ana", "0", "2026-09-10T08:00:00Z"], ["bo", "1", "-"]])
        let before = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-09-10"))
        let sql = "SELECT principal_id AS entity, active AS value FROM principals WHERE left_at IS NULL"
        let rows = try before.rows(of: sql, in: EvidenceWindow(asOf: before.asOf, days: 1))
        #expect(rows.map(\.entity).sorted() == ["ana", "bo"])
        try fixture.clock.set("2026-09-20T08:00:00Z")
        try fixture.store.recordRegistry(both, actor: "ci")
        #expect(try Self.accounts(fixture) == [["ana", "1", "-"], ["bo", "1", "-"]])
    }

    @Test func anUnsignedFileBringsNobodyBackAndMakesNobodyAPerson() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T00:00:00Z")
        let registry = Registry(principals: [RegistryFixture.principal("ana"), RegistryFixture.principal("ci", kind: .service)])
        try fixture.store.recordRegistry(registry, actor: "ci")
        try fixture.clock.set("2026-09-10T00:00:00Z")
        try fixture.store.recordRegistry(Registry(principals: [registry.principals[1]]), actor: "ci")
        try fixture.clock.set("2026-09-20T00:00:00Z")
        try fixture.importLines([
            #"{"kind":"principal","id":"ana","type":"person","at":"2026-09-15","active":1}"#,
            #"{"kind":"principal","id":"ci","type":"person","at":"2026-09-15"}"#,
        ])
        #expect(
            try fixture.rows("SELECT principal_id, kind, left_at FROM principals ORDER BY 1") == [
                ["ana", "person", "2026-09-10T00:00:00Z"], ["ci", "service", "-"],
            ])
    }

    @Test func aFileMaySayThatSomebodyHasLeftAndARegisteredSourceThatTheyAreBack() throws {
        let fixture = try EvidenceFixture(now: "2026-09-01T00:00:00Z")
        try fixture.store.recordRegistry(Registry(principals: [RegistryFixture.principal("ana")]), actor: "ci")
        try fixture.clock.set("2026-09-20T00:00:00Z")
        try fixture.importLines([#"{"kind":"principal","id":"ana","type":"person","leftAt":"2026-09-12","at":"2026-09-13"}"#])
        #expect(try Self.accounts(fixture) == [["ana", "0", "2026-09-12T00:00:00Z"]])
        try fixture.importLines([#"{"kind":"principal","id":"ana","type":"person","at":"2026-09-14"}"#], source: "directory")
        #expect(try Self.accounts(fixture) == [["ana", "1", "-"]])
    }

    // MARK: - Agents

    static let agent = #"{"kind":"agent","id":"router","state":"active","ownerId":"ana","at":"2026-01-01"}"#

    static func review(_ id: String, _ interaction: String, by who: String, at: String = "2026-09-21", agent: String = "router") -> String {
        #"{"kind":"review","id":"\#(id)","interactionId":"\#(interaction)","agentId":"\#(agent)","at":"\#(at)","principalId":"\#(who)"}"#
    }

    static let calls = (0..<4).map {
        SmallWorld.call("i\($0)", "router", "2026-09-20T0\($0):00:00Z", nil, "accepted", more: #","principalId":"cy""#)
    }

    func seen(_ lines: [String]) throws -> String {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.people + Self.calls + lines)
        return try fixture.rows("SELECT oversight_seen FROM agents WHERE agent_id = 'router'").first?.first ?? "no agent"
    }

    @Test func oversightIsTheShareOfInteractionsThatAPersonLookedAt() throws {
        #expect(try seen([]) == "0.0")
        let twice = [Self.review("a", "i0", by: "bo"), Self.review("b", "i0", by: "ana"), Self.review("c", "i1", by: "bo")]
        #expect(try seen(twice) == "0.5")
    }

    /// Who looks at what and when, without effect.
    static let blind: [(String, String, String, String)] = [
        ("i0", "bot", "2026-09-21", "router"), ("i0", "nobody", "2026-09-21", "router"), ("i0", "cy", "2026-09-21", "router"),
        ("i0", "eve", "2026-09-21", "router"), ("none", "bo", "2026-09-21", "router"), ("i0", "bo", "2026-09-21", "faq"),
        ("i1", "bo", "2026-09-20T00:59:59Z", "router"),
    ]

    @Test(arguments: blind)
    func aReviewByAServiceTheAskerOrSomebodyWhoLeftOrOfNothingIsNone(interaction: String, who: String, at: String, agent: String) throws {
        #expect(try seen([Self.review("a", interaction, by: who, at: at, agent: agent)]) == "0.0")
    }

    @Test func onlyTheLastNinetyDaysCount() throws {
        let old = SmallWorld.call("old", "router", "2026-06-30T23:59:59Z", nil, "accepted")
        let edge = SmallWorld.call("edge", "router", "2026-07-02T00:00:00Z", nil, "accepted")
        #expect(try seen([old, Self.review("a", "old", by: "bo", at: "2026-09-21")]) == "0.0")
        #expect(try seen([edge, Self.review("a", "edge", by: "bo", at: "2026-09-21")]) == "0.2")
    }

    @Test func moreReviewsThanAPersonCanMakeInADayDoNotCount() throws {
        let limit = PolicyPeriodTests.policy("p", #""reviewLimit":2"#, at: "2026-07-01")
        let approval = PolicyPeriodTests.approval("ok", "p", by: "bo", at: "2026-07-02")
        let reviews = (0..<4).map { Self.review("r\($0)", "i\($0)", by: "bo", at: "2026-09-21T0\($0):00:00Z") }
        #expect(try seen(reviews) == "1.0")
        #expect(try seen(reviews + [limit, approval]) == "0.5")
    }

    @Test func anObjectiveCountsWhileItAlertsSomebody() throws {
        let fixture = try EvidenceFixture()
        func objective(_ id: String, _ more: String, agent: String = "router") -> String {
            #"{"kind":"objective","id":"\#(id)","agentId":"\#(agent)","indicator":"latency"\#(more),"at":"2026-02-01"}"#
        }
        try fixture.importLines([
            Self.agent, objective("a", #","alertRoute":"pager""#), objective("b", ""),
            objective("c", #","alertRoute":"pager","endedAt":"2026-03-01""#), objective("d", #","alertRoute":"pager""#, agent: "faq"),
            objective("e", #","alertRoute":"pager""#),
            #"{"kind":"objective","id":"e","agentId":"router","indicator":"latency","at":"2026-04-01"}"#,
        ])
        #expect(try fixture.rows("SELECT objectives FROM agents") == [["1"]])
        let before = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-02-20"))
        let sql = "SELECT agent_id AS entity, objectives AS value FROM agents"
        let rows = try before.rows(of: sql, in: EvidenceWindow(asOf: before.asOf, days: 1))
        #expect(EvidenceSnapshotTests.text(rows) == ["router 3.0"])
    }

    @Test func aSpendingLimitCountsOnlyFromARegisteredSourceWhileItIsHard() throws {
        let fixture = try EvidenceFixture()
        func limit(_ id: String, _ hard: Bool, at: String = "2026-02-01", more: String = "") -> String {
            #"{"kind":"spendingLimit","id":"\#(id)","agentId":"router","amount":10,"period":"day","hard":\#(hard),"at":"\#(at)"\#(more)}"#
        }
        func enforced() throws -> [[String]] { try fixture.rows("SELECT budget_enforced FROM agents") }
        try fixture.importLines([Self.agent, limit("a", true)])
        #expect(try enforced() == [["0"]])
        try fixture.importLines([limit("b", false)], source: "gateway")
        #expect(try enforced() == [["0"]])
        try fixture.importLines([limit("b", true, at: "2026-02-02")], source: "gateway")
        #expect(try enforced() == [["1"]])
        try fixture.importLines([limit("b", false, at: "2026-02-03")])
        #expect(try enforced() == [["1"]])
        try fixture.importLines([limit("b", true, at: "2026-02-04", more: #","endedAt":"2026-02-04""#)], source: "gateway")
        #expect(try enforced() == [["0"]])
    }
}
