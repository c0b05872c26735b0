import RungCore
import RungText
import Testing

@testable import RungEvidence

struct EvidenceIntakeTests {
    private static func interaction(
        _ id: String, agent: String = "a", cost: Double? = nil, at: String = "2026-09-01T10:00:00Z"
    ) -> EvidenceDraft {
        EvidenceDraft(
            "interaction",
            [
                .init("agentId", .string(agent)), .init("at", .string(at)), .init("cost", cost.map { .double($0) } ?? .null),
                .init("environment", "production"), .init("id", .string(id)), .init("latencyMs", .int(1_500)),
            ])
    }

    private static func column(_ sql: String, _ fixture: EvidenceFixture) throws -> [String] {
        try fixture.store.read { connection in
            var values: [String] = []
            try SQLStatement(sql, on: connection).forEach { values.append($0.text(0)) }
            return values
        }
    }

    @Test func `a wrong record is left out alone, and counted with the reason`() throws {
        let fixture = try EvidenceFixture()
        let (refusals, reason) = try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
            try intake.append(Self.interaction("i1"))
            try intake.append(Self.interaction("i2", at: "2026-10-01T10:00:00Z"))
            try intake.append(Self.interaction("i3"))
            return (intake.refusals, intake.lastRefusal)
        }
        #expect(refusals == 1)
        #expect(reason == "\"at\" is 2026-10-01T10:00:00Z, later than now (2026-09-30T12:00:00Z)")
        #expect(try Self.column("SELECT id FROM interaction_records ORDER BY id", fixture) == ["i1", "i3"])
        #expect(try fixture.store.verify().failure == nil)
    }

    @Test func `what is told again with more or less around it changes nothing`() throws {
        let fixture = try EvidenceFixture()
        for cost in [0.5, nil, 0.75] {
            let refusals = try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
                try intake.append(Self.interaction("i1", cost: cost))
                return intake.refusals
            }
            #expect(refusals == 0)
        }
        #expect(try Self.column("SELECT cost FROM interaction_records", fixture) == ["0.5"])
        #expect(try fixture.store.head().size == 1)
    }

    @Test func `pieces are held until they are released, also over a restart, and are no part of the ledger`() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
            #expect(try !intake.holdsAnything)
            for name in ["late", "early"] {
                try intake.hold(HeldPiece(group: "t1", name: name, heldAt: intake.now, content: "old \(name)"))
            }
            try intake.hold(HeldPiece(group: "t1", name: "late", heldAt: intake.now.adding(seconds: 5), content: "new"))
            try intake.hold(HeldPiece(group: "t2", name: "late", heldAt: intake.now, content: "x"))
        }
        #expect(try fixture.store.head().size == 0)
        #expect(try fixture.store.heldPieces() == 3)
        try fixture.other().takeIn(from: "receiver", actor: "ana") { intake in
            #expect(try intake.holdsAnything)
            #expect(try intake.held(in: "t1").map(\.content) == ["old early", "new"])
            #expect(try intake.groups(holding: "late", since: intake.now, limit: 9) == ["t2"])
            #expect(try intake.groups(holding: "late", since: intake.now.adding(seconds: 5), limit: 9) == ["t2", "t1"])
            #expect(try intake.groups(holding: "late", since: intake.now.adding(seconds: 5), limit: 1) == ["t2"])
            try intake.release("t1")
        }
        #expect(try fixture.store.heldPieces() == 1)
    }

    @Test func `nothing of a group stays when its body throws`() throws {
        struct Stop: Error {}
        let fixture = try EvidenceFixture()
        #expect(throws: (any Error).self) {
            try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
                try intake.append(Self.interaction("i1"))
                try intake.hold(HeldPiece(group: "t1", name: "late", heldAt: intake.now, content: "x"))
                throw Stop()
            }
        }
        #expect(try fixture.store.head().size == 0)
        #expect(try fixture.store.heldPieces() == 0)
    }

    @Test func `each sender's records carry its name, and a revoked source sends no more`() throws {
        let fixture = try EvidenceFixture()
        for name in ["one", "two"] {
            _ = try fixture.store.addSource(EvidenceSource(id: SourceID(name), type: .receiver), actor: "ana")
        }
        try fixture.store.revokeSource("two", actor: "ana")
        try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
            try intake.append(Self.interaction("i0"))
            try intake.begin("one")
            try intake.append(Self.interaction("i1"))
            #expect(throws: EvidenceError.self) { try intake.begin("two") }
            try intake.begin(nil)
            try intake.append(Self.interaction("i2"))
        }
        let sql = "SELECT COALESCE(c.text, '-') FROM interaction_records r LEFT JOIN record_codes c ON c.code = r.origin - 2 ORDER BY r.id"
        #expect(try Self.column(sql, fixture) == ["-", "one", "-"])
    }

    @Test func `stored interactions are found by how their ids begin`() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.takeIn(from: "receiver", actor: "ana") { intake in
            for id in ["t1:b", "t1:a", "t10:a", "t2:a", "t1"] { try intake.append(Self.interaction(id)) }
            #expect(try intake.interactions(beginning: "t1:", limit: 9).map(\.id) == ["t1:a", "t1:b"])
            #expect(try intake.interactions(beginning: "t1:", limit: 1).map(\.latencyMs) == [1_500])
            #expect(try intake.hasInteraction("t2:a"))
            #expect(try !intake.hasInteraction("t2:b"))
        }
    }

    @Test func `records of one import that disagree are told, whoever hands them in`() throws {
        let fixture = try EvidenceFixture()
        let error = #expect(throws: InvalidInput.self) {
            try fixture.store.importRecords(from: "request", actor: "ana") { sink in
                try sink.append(Self.interaction("i1", cost: 1))
                try sink.append(Self.interaction("i1", cost: 2))
            }
        }
        #expect(error?.diagnostics.first?.message.hasPrefix("interaction \"i1\" is on an earlier line with other content") == true)
        #expect(try fixture.store.head().size == 0)
    }
}
