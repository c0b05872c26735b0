import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreRegistryTests {
    static let registry = Registry(
        agents: [RegistryFixture.agent("router")],
        prompts: [RegistryFixture.prompt("v1", text: "one"), RegistryFixture.prompt("v2", text: "two", parent: "one")],
        principals: [RegistryFixture.principal("ana"), RegistryFixture.principal("ci", kind: .service)])

    @Test func aSnapshotIsAppendedOnlyWhenSomethingChanged() throws {
        let fixture = try EvidenceFixture()
        #expect(try fixture.store.recordRegistry(Self.registry, actor: "ana"))
        let head = try fixture.store.head()
        #expect(try !fixture.store.recordRegistry(Self.registry, actor: "bo"))
        #expect(try !fixture.other().recordRegistry(Self.registry, actor: "bo"))
        #expect(try fixture.store.head() == head)
        var changed = Self.registry
        changed.agents[0].card.purpose = "route all orders"
        #expect(try fixture.store.recordRegistry(changed, actor: "ana"))
        #expect(try fixture.store.recordRegistry(Self.registry, actor: "ana"))
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func theViewsShowWhatTheRegistrySays() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(Self.registry, actor: "ana")
        let card = Self.registry.agents[0].card.digest
        #expect(
            try fixture.rows("SELECT * FROM agents") == [
                [
                    "router", "controlling", "finance", "ana", "bo", "active", "route orders", "-", "-", "-", "1.5", "high", "-", "1", "-",
                    "-", "0", "0", "\(card)",
                ]
            ])
        #expect(
            try fixture.rows("SELECT * FROM principals ORDER BY 1")
                == [["ana", "person", "finance", "1", "-", "1"], ["ci", "service", "finance", "1", "-", "1"]])
        #expect(
            try fixture.rows("SELECT * FROM prompt_versions ORDER BY first_version DESC") == [
                ["\(version("one"))", "ana", "because", "-", "1", "base", "2026-09-30T12:00:00Z"],
                ["\(version("two"))", "ana", "because", "\(version("one"))", "0", "base", "2026-09-30T12:00:00Z"],
            ])
    }

    @Test func anAgentThatIsNoLongerRegisteredIsGoneAPersonHasLeftAndPromptTextsStay() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(Self.registry, actor: "ana")
        try fixture.clock.set("2026-10-02T00:00:00Z")
        try fixture.store.recordRegistry(Registry(principals: [RegistryFixture.principal("bo")]), actor: "ana")
        #expect(try fixture.rows("SELECT agent_id FROM agents").isEmpty)
        #expect(
            try fixture.rows("SELECT principal_id, active, left_at FROM principals ORDER BY 1") == [
                ["ana", "0", "2026-10-02T00:00:00Z"], ["bo", "1", "-"], ["ci", "0", "2026-10-02T00:00:00Z"],
            ])
        #expect(try fixture.rows("SELECT COUNT(*) FROM prompt_versions") == [["2"]])
        let before = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-10-01"))
        let window = EvidenceWindow(asOf: before.asOf, days: 30)
        #expect(try before.rows(of: "SELECT agent_id AS entity, 1 AS value FROM agents", in: window).map(\.entity) == ["router"])
    }

    @Test func anAuthorOnceNamedIsNeverReplaced() throws {
        let fixture = try EvidenceFixture()
        func record(_ author: PrincipalID?, _ time: String) throws {
            try fixture.clock.set(time)
            try fixture.store.recordRegistry(Registry(prompts: [RegistryFixture.prompt("v1", text: "one", author: author)]), actor: "ci")
        }
        try record(nil, "2026-09-01T00:00:00Z")
        try record("ana", "2026-09-02T00:00:00Z")
        try record("bo", "2026-09-03T00:00:00Z")
        #expect(try fixture.rows("SELECT author_id, created_at FROM prompt_versions") == [["ana", "2026-09-01T00:00:00Z"]])
    }
}
