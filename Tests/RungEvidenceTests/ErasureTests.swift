import RungCore
import RungTestSupport
import RungText
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@testable import RungEvidence

struct ErasureTests {
    static let secret = "mildred.quux"

    static let lines = [
        #"{"kind":"principal","id":"ana","type":"person","team":"finance","at":"2026-01-01"}"#,
        #"{"kind":"idea","id":"idea-1","proposerId":"ana","problem":"mildred.quux waits too long","openedAt":"2026-08-01"}"#,
        #"{"kind":"idea","id":"idea-2","proposerId":"ana","problem":"orders wait too long","openedAt":"2026-08-02"}"#,
        #"{"kind":"interaction","id":"i-mildred.quux","agentId":"router","at":"2026-03-02T09:30:00Z","environment":"production","principalId":"mildred.quux","outcome":"accepted"}"#,
        #"{"kind":"interaction","id":"i2","agentId":"router","at":"2026-03-02T09:31:00Z","environment":"production","principalId":"ana"}"#,
    ]

    private func filled() throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        try fixture.importLines(Self.lines)
        return fixture
    }

    private func bytes(_ fixture: EvidenceFixture) throws -> String {
        try ["", "-wal"].map { String(decoding: try FileContent.read(fixture.store.path + $0), as: UTF8.self) }.joined()
    }

    @Test func `an erased payload is found in no file, and every proof stands`() throws {
        let fixture = try filled()
        #expect(try bytes(fixture).contains(Self.secret))
        let report = try fixture.store.erase(.ids(kind: "idea", ["idea-1"]), reason: "asked to", actor: "dpo")
        let second = try fixture.store.erase(.ids(kind: "interaction", ["i-mildred.quux"]), reason: "asked to", actor: "dpo")
        #expect(report.erased == ["idea": 1])
        #expect(second.erased == ["interaction": 1])
        let verification = try fixture.store.verify()
        #expect(verification.problem == nil)
        #expect(verification.erased == 2)
        #expect(try !bytes(fixture).contains(Self.secret))
        #expect(try fixture.rows("SELECT idea_id FROM ideas") == [["idea-2"]])
        #expect(try fixture.rows("SELECT interaction_id FROM interactions") == [["i2"]])
        #expect(try fixture.rows("SELECT SUM(total) FROM interaction_days") == [["2"]], "roll-ups keep what they counted")
        let last = try fixture.rows("SELECT kind, actor, reason FROM ledger_entries ORDER BY sequence DESC LIMIT 1")
        #expect(last == [["erasure", "dpo", "asked to"]])
    }

    @Test func `what was erased stays out, and erasing it again changes nothing`() throws {
        let fixture = try filled()
        _ = try fixture.store.erase(.ids(kind: "idea", ["idea-1"]), reason: "asked to", actor: "dpo")
        let head = try fixture.store.head()
        let report = try fixture.importLines(Self.lines)
        #expect(report.added.isEmpty)
        #expect(report.findings.map(\.message) == ["1 record of idea stayed out: erased here before"])
        #expect(try fixture.store.erase(.ids(kind: "idea", ["idea-1"]), reason: "again", actor: "dpo").count == 0)
        #expect(try fixture.store.head() == head)
        #expect(try fixture.store.verify().isIntact)
    }

    @Test func `a rehearsal tells what would go, and nothing goes`() throws {
        let fixture = try filled()
        let head = try fixture.store.head()
        let limit = try #require(Timestamp("2026-03-02T09:31:00Z"))
        let report = try fixture.store.erase(
            .before(kind: "interaction", limit, agent: "router"), reason: "old", actor: "dpo", dryRun: true)
        #expect(report.erased == ["interaction": 1])
        #expect(try fixture.store.head() == head)
        #expect(try fixture.store.verify().erased == 0)
    }

    @Test func `records go by number, by age and by agent`() throws {
        let fixture = try filled()
        let limit = try #require(Timestamp("2026-09-01"))
        #expect(try fixture.store.erase(.before(kind: "interaction", limit, agent: "other"), reason: "old", actor: "dpo").count == 0)
        #expect(try fixture.store.erase(.before(kind: "interaction", limit, agent: "router"), reason: "old", actor: "dpo").count == 2)
        let both = try fixture.store.erase(.records([1, 3]), reason: "old", actor: "dpo")
        #expect(both.erased == ["idea": 1])
        #expect(both.erasedBefore == 1)
        #expect(try fixture.store.verify().problem == nil)
    }

    @Test func `kinds that hold no payload of anybody are refused`() throws {
        let fixture = try filled()
        #expect(throws: EvidenceError.self) {
            try fixture.store.erase(.ids(kind: "runStart", ["r"]), reason: "no", actor: "dpo")
        }
        #expect(try fixture.store.verify().isIntact)
    }

    @Test(arguments: [
        (
            "UPDATE idea_records SET salt = x'', id = NULL, problem = NULL WHERE id = 'idea-2'",
            "record 2 has lost its payload, and no erasure tells why"
        ),
        ("UPDATE erased_records SET leaf = randomblob(32)", "records 0 to 4 are not what the entry commits to"),
        ("UPDATE idea_records SET problem = 'invented' WHERE id IS NULL", "record 1 was erased and holds values again"),
        ("DELETE FROM erased_records", "record 1 has lost its payload, and no erasure tells why"),
        ("UPDATE erased_records SET erasure = 99", "what stands for the records that record 5 erased is not what it binds"),
        (
            "INSERT INTO erased_records (record, kind, leaf, identity, erasure) VALUES (77, 'idea', x'00', x'00', 98)",
            "1 records are marked as erased and no erasure tells of them"
        ),
    ])
    func `an erasure that nobody recorded is found`(change: String, reason: String) throws {
        let fixture = try filled()
        _ = try fixture.store.erase(.ids(kind: "idea", ["idea-1"]), reason: "asked to", actor: "dpo")
        try fixture.tamper(change)
        #expect(try fixture.store.verify().failure?.reason == reason)
    }

    @Test func `another process does not go on with words that were erased`() throws {
        let fixture = try filled()
        let other = try fixture.other()
        let path = fixture.folder.write(
            "more.jsonl",
            #"{"kind":"interaction","id":"i3","agentId":"router","at":"2026-03-03","environment":"pilot","principalId":"mildred.quux"}"#)
        _ = try other.importEvidence(file: path, actor: "ana")
        _ = try fixture.store.erase(.ids(kind: "interaction", ["i3", "i-mildred.quux"]), reason: "asked to", actor: "dpo")
        let again = fixture.folder.write(
            "again.jsonl",
            #"{"kind":"interaction","id":"i4","agentId":"router","at":"2026-03-04","environment":"pilot","principalId":"mildred.quux"}"#)
        _ = try other.importEvidence(file: again, actor: "ana")
        #expect(try fixture.rows("SELECT principal_id FROM interactions WHERE interaction_id = 'i4'") == [["mildred.quux"]])
        #expect(try fixture.store.verify().problem == nil)
    }
}

/// The bytes of a file; none when there is no such file.
private enum FileContent {
    static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }
}
