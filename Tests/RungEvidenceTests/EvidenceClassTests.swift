import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct EvidenceClassTests {
    /// A call on a day of September.
    static func call(_ id: String, _ day: Int) -> String {
        #"{"kind":"interaction","id":"\#(id)","agentId":"router","at":"2026-09-\#(day < 10 ? "0" : "")\#(day)T09:00:00Z","environment":"production"}"#
    }

    static let logged = "SELECT agent_id AS entity, total AS value FROM interaction_days"

    /// Imports lines in the name of a source.
    static func send(_ lines: [String], _ source: SourceID, _ fixture: EvidenceFixture) throws {
        let path = fixture.folder.write("sent.jsonl", lines.map { $0 + "\n" }.joined())
        _ = try fixture.store.importEvidence(file: path, source: source, actor: "ana")
    }

    /// The counts of one kind behind a query, as `A 1, D 2`.
    static func classes(
        _ kind: String, _ sql: String, _ fixture: EvidenceFixture, days: Int = 30, asOf: String? = nil, size: Int? = nil
    ) throws -> String {
        let time = try asOf.map { try EvidenceFixture.Clock.time($0) } ?? fixture.clock.now
        let snapshot = try fixture.store.snapshot(asOf: time, ledgerSize: size)
        let basis = try snapshot.basis(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: days))
        return basis.counts.filter { $0.kind == kind }.map { "\($0.evidenceClass.rawValue) \($0.records)" }.joined(separator: ", ")
    }

    @Test func recordsOfTheWindowAreCountedByKindAndClass() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "otel", type: .receiver), actor: "ana")
        try Self.send([Self.call("a", 10), Self.call("b", 11), Self.call("c", 11)], "otel", fixture)
        #expect(try Self.classes("interaction", Self.logged, fixture) == "B 3")
        try fixture.importLines([Self.call("d", 12)])
        #expect(try Self.classes("interaction", Self.logged, fixture) == "B 3, D 1")
        #expect(try Self.classes("interaction", Self.logged, fixture, asOf: "2026-09-12") == "B 3")
        #expect(try Self.classes("interaction", Self.logged, fixture, days: 1, asOf: "2026-09-11") == "B 1")
        #expect(try Self.classes("interaction", Self.logged, fixture, size: 2) == "B 3")
        #expect(try Self.classes("interaction", "SELECT 1 AS entity", fixture) == "")
        #expect(try Self.classes("interaction", "SELECT scan_id AS entity FROM scans", fixture) == "")
        let counts = try fixture.rows("SELECT count FROM class_days WHERE kind = 'interaction' ORDER BY ledger_index, day")
        #expect(counts == [["1"], ["2"], ["1"]])
    }

    @Test func theWorstRecordDecides() throws {
        let a = EvidenceBasis.Count(kind: "run", evidenceClass: .a, records: 9)
        #expect(EvidenceBasis([a]).worst == .a)
        #expect(EvidenceBasis([a, .init(kind: "act", evidenceClass: .d, records: 1)]).worst == .d)
        #expect(EvidenceBasis([a, .init(kind: "act", evidenceClass: .d, records: 0)]).worst == .a)
        #expect(EvidenceBasis().worst == nil)
    }

    @Test func whatTheProgramRecordsItselfIsOfClassA() throws {
        let fixture = try EvidenceFixture()
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-10-02"))
        let basis = try snapshot.basis(of: "SELECT run_id AS entity FROM runs", in: EvidenceWindow(asOf: snapshot.asOf, days: 30))
        #expect(basis.worst == .b, "no checkpoint covers it yet")
        try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        let covered = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-10-02"))
        let coveredBasis = try covered.basis(of: "SELECT run_id AS entity FROM runs", in: EvidenceWindow(asOf: covered.asOf, days: 30))
        #expect(coveredBasis.worst == .a)
        #expect(coveredBasis.counts.contains { $0.kind == "run" })
    }

    @Test func whatASourceTellsInTimeIsSeenByTheProgramItselfOnceACheckpointCoversIt() throws {
        let fixture = try EvidenceFixture(now: "2026-09-13T23:00:00Z")
        _ = try fixture.store.addSource(.init(id: "otel", type: .receiver), actor: "ana")
        try Self.send([Self.call("late", 10), Self.call("timely", 11), Self.call("today", 13)], "otel", fixture)
        try fixture.clock.set("2026-10-01T12:00:00Z")
        #expect(try Self.classes("interaction", Self.logged, fixture) == "B 3")
        try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        #expect(try Self.classes("interaction", Self.logged, fixture) == "A 2, B 1")
    }

    @Test func statesAreLookedAtOneByOne() throws {
        let fixture = try EvidenceFixture(now: "2026-09-13T23:00:00Z")
        _ = try fixture.store.addSource(.init(id: "idp", type: .identityProvider), actor: "ana")
        let person = #"{"kind":"principal","id":"bo","type":"person","at":"2026-09-12"}"#
        try Self.send([person, person.replacing("bo", with: "cy").replacing("09-12", with: "03-12")], "idp", fixture)
        let sql = "SELECT principal_id AS entity FROM principals"
        try fixture.clock.set("2026-10-01T12:00:00Z")
        #expect(try Self.classes("principal", sql, fixture) == "B 2")
        try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        #expect(try Self.classes("principal", sql, fixture) == "A 1, B 1")
        try Self.send([person.replacing("bo", with: "di")], "idp", fixture)
        #expect(try Self.classes("principal", sql, fixture) == "A 1, B 2", "the newest entry is not covered")
    }

    @Test func aBrokenCheckpointCoversNothing() throws {
        let fixture = try EvidenceFixture(now: "2026-09-13T23:00:00Z")
        _ = try fixture.store.addSource(.init(id: "otel", type: .receiver), actor: "ana")
        try Self.send([Self.call("today", 13)], "otel", fixture)
        try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        try fixture.clock.set("2026-10-01T12:00:00Z")
        try fixture.tamper("UPDATE ledger_checkpoints SET note = replace(note, 'rung', 'rang')")
        #expect(try Self.classes("interaction", Self.logged, fixture) == "B 1")
    }

    @Test func ofCountsOnlyTheColumnsThatAreReadMatter() throws {
        func kinds(_ sql: String) -> [String] { ViewBasis.kinds(namedIn: sql).map(\.name) }
        #expect(kinds("SELECT agent_id, text_stored AS satisfied, total FROM interaction_days") == ["interaction"])
        #expect(kinds("SELECT agent_id, released AS satisfied FROM interaction_days") == ["interaction", "release", "releaseEnd"])
        #expect(kinds("SELECT agent_id, logged FROM usage_days") == ["interaction", "usageCount"])
        for (view, columns) in ViewBasis.counts {
            #expect(columns.keys.sorted() == ViewCatalog.view(view)?.columns.map(\.name).sorted(), "\(view)")
        }
    }

    @Test func recordsBeforeARevocationKeepTheirClass() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "otel", type: .receiver), actor: "ana")
        try Self.send([Self.call("a", 10)], "otel", fixture)
        try fixture.store.revokeSource("otel", actor: "ana")
        #expect(try Self.classes("interaction", Self.logged, fixture) == "B 1")
        #expect(throws: EvidenceError.self) { try Self.send([Self.call("b", 10)], "otel", fixture) }
    }

    @Test func anOriginThatNobodyRegisteredOrThatSaysMoreThanItMayIsWorthNothing() throws {
        let fixture = try EvidenceFixture()
        _ = try fixture.store.addSource(.init(id: "idp", type: .identityProvider), actor: "ana")
        for (index, name) in ["ghost", "idp"].enumerated() {
            _ = try fixture.store.append(actor: "eve", reason: nil) { appender in
                var draft = RecordDraft(.interaction)
                draft["id"] = .text("i\(index)")
                draft["agentId"] = .text("router")
                draft["environment"] = .text("production")
                draft["at"] = .time(Timestamp("2026-09-20T00:00:00Z"))
                try appender.append(draft, .source(name))
            }
        }
        #expect(try Self.classes("interaction", Self.logged, fixture) == "D 2")
    }

    @Test func ofAStateTheLatestCounts() throws {
        let fixture = try EvidenceFixture()
        let sql = "SELECT suite_id AS entity FROM suites"
        for day in ["2026-01-01", "2026-02-01"] {
            try fixture.importLines([#"{"kind":"suite","id":"s","agentId":"router","at":"\#(day)"}"#])
        }
        #expect(try Self.classes("suite", sql, fixture) == "D 1")
    }

    @Test func whatASourceSaysOfPeopleOutranksFiles() throws {
        let fixture = try EvidenceFixture()
        let sql = "SELECT principal_id AS entity FROM principals"
        _ = try fixture.store.addSource(.init(id: "idp", type: .identityProvider), actor: "ana")
        let person = #"{"kind":"principal","id":"bo","type":"person","at":"2026-01-01"}"#
        try fixture.importLines([person])
        #expect(try Self.classes("principal", sql, fixture) == "D 1")
        try Self.send([person.replacing("2026-01-01", with: "2026-02-01")], "idp", fixture)
        #expect(try Self.classes("principal", sql, fixture) == "B 1")
        try fixture.importLines([person.replacing("2026-01-01", with: "2026-03-01")])
        #expect(try Self.classes("principal", sql, fixture) == "B 1")
        #expect(try Self.classes("principal", sql, fixture, asOf: "2026-01-20") == "D 1")
    }

    @Test func aStateWithATimeInTheWindowCountsHoweverOldItIs() throws {
        let fixture = try EvidenceFixture()
        let sql = "SELECT case_id AS entity FROM cases"
        try fixture.importLines([
            #"{"kind":"case","id":"old","type":"overlap","openedAt":"2025-01-01","at":"2025-01-02"}"#,
            #"{"kind":"case","id":"late","type":"overlap","openedAt":"2025-01-01","decidedAt":"2026-09-20","decidedBy":"eve","at":"2025-01-02"}"#,
        ])
        #expect(try Self.classes("case", sql, fixture) == "D 1")
        #expect(try Self.classes("case", sql, fixture, days: 1_000) == "D 2")
    }

    @Test func aReleaseCountsWhileItIsInForce() throws {
        let fixture = try EvidenceFixture()
        let sql = "SELECT release_id AS entity FROM releases"
        func release(_ id: String, _ day: String) -> String {
            #"{"kind":"release","id":"\#(id)","agentId":"router","promptVersionId":"\#(EvidenceLines.sha)","configDigest":"\#(EvidenceLines.configuration)","releasedAt":"\#(day)"}"#
        }
        try fixture.importLines([release("r1", "2025-01-01"), release("r2", "2025-02-01"), release("r3", "2026-09-10")])
        #expect(try Self.classes("release", sql, fixture) == "D 2")
        #expect(try Self.classes("release", sql, fixture, days: 5) == "D 1")
        #expect(try Self.classes("release", sql, fixture, days: 5, asOf: "2025-01-20") == "D 1")
    }

    @Test func anApprovalFromBeforeTheWindowStillCounts() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            SmallWorld.act("a1", "release", "r1", "approval", "bo", "2026-03-01"),
            SmallWorld.act("a2", "release", "r1", "approval", "bo", "2024-03-01"),
        ])
        #expect(try Self.classes("act", "SELECT act_id AS entity FROM acts", fixture) == "D 1")
    }

    @Test func everyKindWithAReachOfItsOwnIsAKind() {
        #expect(ClassReach.named.isSubset(of: RecordCatalog.all.map(\.name)))
    }

    @Test func theStoredCountsAreThoseOfTheRecords() throws {
        let fixture = try LedgerVerifierTests.everyKind()
        #expect(try fixture.problemOfClassDays() == nil)
        let kinds = try fixture.rows("SELECT DISTINCT kind FROM class_days ORDER BY kind").flatMap { $0 }
        #expect(kinds == RecordCatalog.all.map(\.name).sorted())
        for attack in [
            "UPDATE class_days SET origin = 0 WHERE kind = 'interaction'", "DELETE FROM class_days WHERE kind = 'act'",
            "UPDATE class_days SET day = day + 1 WHERE kind = 'scan'", "UPDATE class_days SET ledger_index = 0 WHERE kind = 'usageCount'",
            "UPDATE class_days SET count = count - 1 WHERE kind = 'outcome'",
            "INSERT INTO class_days (kind, origin, day, count, ledger_index) VALUES ('trial', 0, 1, 1, 1)",
        ] {
            try fixture.tamper("SAVEPOINT attack; \(attack)")
            #expect(try fixture.problemOfClassDays() != nil, "\(attack)")
            try fixture.tamper("ROLLBACK TO attack; RELEASE attack")
        }
    }

    @Test func anOlderFileGetsTheSameCountsAsANewOne() throws {
        let fixture = try LedgerVerifierTests.everyKind()
        let sql = "SELECT kind, origin, day, ledger_index, SUM(count) FROM class_days GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        // A scan was erased; its day is known to the new file alone.
        let isOld = "kind <> 'scan' AND kind IN (\(Schema.recordsBefore.map { "'\($0.kind)'" }.joined(separator: ", ")))"
        let kept = try fixture.rows(sql.replacing("GROUP", with: "WHERE \(isOld) GROUP"))
        try fixture.tamper("DROP TABLE source_records; DROP TABLE attestation_records; DROP TABLE class_days")
        try fixture.tamper(Schema.sourceTables)
        #expect(try fixture.rows(sql.replacing("GROUP", with: "WHERE kind <> 'scan' GROUP")) == kept)
    }
}

extension EvidenceFixture {
    /// Within the connection of the store, so that changes in a savepoint are seen.
    func problemOfClassDays() throws -> String? { try verifyHere().problem }
}
