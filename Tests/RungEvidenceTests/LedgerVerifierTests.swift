import RungCore
import RungLedger
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct LedgerVerifierTests {
    /// A store with at least one record of every kind.
    static func everyKind() throws -> EvidenceFixture {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(EvidenceStoreRegistryTests.registry, actor: "ana")
        try fixture.importLines(EvidenceLines.oneOfEach)
        let drawn = try #require(try fixture.drawnRecords("audit-1").first)
        try fixture.importLines([EvidenceLines.auditResult(drawnRecord: drawn)])
        let other = try EvidenceStore(
            path: fixture.folder.path + "/other.db", environment: EvidenceFixture.environment(fixture.clock, seed: 7))
        try MergeFixture.record(other, id: "run-3", slice: #require(ShardSlice(index: 1, of: 1)))
        _ = try fixture.store.merge(bundles: [other.path], actor: "hub")
        let recorder = RunRecorder(store: fixture.store, actor: "ci", reason: "nightly")
        try recorder.handle(RunFixture.events(RunFixture.header()))
        let header = try RunFixture.header("run-2")
        try recorder.handle([
            .started(header), .trialFinished(FinishedTrialTableTests.hard), .trialFinished(FinishedTrialTableTests.bare),
            .finished(try RunFixture.summary(header, status: .incomplete("time-out"))),
        ])
        _ = try fixture.store.addSource(.init(id: "idp", type: .identityProvider), .publicKey(SourceKeys.gateway.verifierKey), actor: "ana")
        _ = try fixture.store.addSource(.init(id: "gw", type: .gateway), actor: "ana")
        try fixture.store.checkpoint(signedBy: CheckpointFixture.key())
        try fixture.importLines([#"{"kind":"scan","id":"scan-9","type":"overlap","at":"2026-07-31","records":7}"#])
        _ = try fixture.store.erase(.ids(kind: "scan", ["scan-9"]), reason: "not ours", actor: "ana")
        var merged = try RunFixture.header("run-4")
        merged.mergedFrom = ["run-3"]
        try recorder.handle(RunFixture.events(merged))
        return fixture
    }

    @Test func anIntactLedgerVerifiesWithAllItsRecords() throws {
        let fixture = try Self.everyKind()
        let verification = try fixture.store.verify()
        #expect(verification.failure == nil)
        #expect(verification.problem == nil)
        #expect(try verification.head == fixture.store.head())
        let counts = try fixture.store.snapshot(asOf: fixture.clock.now).recordCounts()
        #expect(counts.map(\.kind) == RecordCatalog.all.map(\.name).sorted())
        #expect(verification.records == counts.reduce(0) { $0 + $1.recorded + $1.authenticated + $1.imported })
    }

    @Test func anEmptyLedgerIsIntact() throws {
        let verification = try EvidenceFixture().verifyEmpty()
        #expect(verification.failure == nil)
        #expect(verification.entries == 0)
    }

    /// Every column of every table that holds evidence.
    static let columns: [(table: String, column: String)] = {
        let generic = ["record", "origin", "salt"]
        let records = RecordCatalog.all.flatMap { kind in (generic + kind.fields.map(\.column)).map { (kind.table, $0) } }
        let entries = StoredEntry.columns.split(separator: ",").map { ("ledger_entries", $0.filter { $0 != " " }) }
        let head = ["size", "records", "root", "frontier", "last"].map { ("ledger_head", $0) }
        let merged = ["origin_id", "sequence", "entry", "at", "actor", "reason", "leaf"].map { ("merged_entries", $0) }
        return records + entries + head + merged + [("record_codes", "text"), ("record_codes", "code")]
    }()

    @Test func aChangeOfAnyStoredColumnIsFound() throws {
        let fixture = try Self.everyKind()
        for (table, column) in Self.columns {
            try fixture.tamper("SAVEPOINT attack")
            let row = "rowid = (SELECT MAX(rowid) FROM \(table) WHERE \(column) IS NOT NULL)"
            let filled = try fixture.count("SELECT COUNT(*) FROM \(table) WHERE \(column) IS NOT NULL")
            let target = filled > 0 ? row : "rowid = (SELECT MAX(rowid) FROM \(table))"
            try fixture.tamper(
                "UPDATE \(table) SET \(column) = \(Self.other(column, filled > 0, try fixture.type(table, column))) WHERE \(target)")
            let failure = try fixture.verifyHere().failure
            #expect(failure != nil, "\(table).\(column) was changed and nothing was found")
            try fixture.tamper("ROLLBACK TO attack; RELEASE attack")
        }
        #expect(try fixture.verifyHere().failure == nil)
    }

    /// Another value of the same type.
    private static func other(_ column: String, _ isFilled: Bool, _ type: String) -> String {
        switch (type, isFilled) {
        case ("INTEGER", true): "\(column) + 1000001"
        case ("REAL", true): "\(column) + 0.5"
        case ("TEXT", true): "\(column) || ' '"
        case ("BLOB", true): "CAST(\(column) || x'00' AS BLOB)"
        case ("INTEGER", false): "1"
        case ("REAL", false): "0.5"
        case ("TEXT", false): "'[\"x\"]'"
        default: "zeroblob(32)"
        }
    }

    @Test(arguments: ["registry_records", "trial_records", "interaction_records", "act_records", "case_result_records"])
    func aRecordThatWasTakenAwayIsFound(table: String) throws {
        let fixture = try Self.everyKind()
        try fixture.tamper("DELETE FROM \(table) WHERE record = (SELECT MAX(record) FROM \(table))")
        #expect(try fixture.store.verify().failure != nil)
    }

    @Test func aRecordWithoutAnEntryIsFound() throws {
        let fixture = try Self.everyKind()
        try fixture.tamper("INSERT INTO scan_records (record, origin, salt, id) VALUES (100000, 1, zeroblob(16), 'x')")
        #expect(try fixture.store.verify().problem == "ledger head: record 100000 of scan_records belongs to no entry")
    }

    @Test func entriesCutOffAtTheEndAreFoundWhileTheHeadRemembersThem() throws {
        let fixture = try Self.everyKind()
        let last = try #require(try fixture.rows("SELECT first_record FROM ledger_entries ORDER BY sequence DESC LIMIT 1").first?.first)
        try fixture.tamper("DELETE FROM ledger_entries WHERE sequence = (SELECT MAX(sequence) FROM ledger_entries)")
        for kind in RecordCatalog.all { try fixture.tamper("DELETE FROM \(kind.table) WHERE record >= \(last)") }
        let failure = try #require(try fixture.store.verify().failure)
        #expect(failure.entry == nil)
        #expect(failure.reason.hasPrefix("it says 12 entries and "))
    }

    @Test func theFirstBrokenEntryIsNamed() throws {
        let fixture = try Self.everyKind()
        try fixture.tamper("UPDATE act_records SET principal_id = 'eve'")
        let failure = try #require(try fixture.store.verify().failure)
        #expect(failure.entry == 1)
        #expect(failure.reason.hasSuffix("are not what the entry commits to"))
        try fixture.tamper("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 0")
        #expect(try fixture.store.verify().problem == "ledger entry 0: its bytes do not give its leaf hash")
    }
}

extension LedgerVerifierTests {
    @Test func whatTheOtherSideSawOfAnotherLedgerDoesNotCount() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([SmallWorld.call("a", "router", "2026-09-20T00:00:00Z", nil, nil)])
        try fixture.tamper("UPDATE interaction_day_deltas SET total = 2")
        let side = try #require(try SideRollupAudit(fixture.store.database, from: 0))
        #expect(side.wait()?.fault == "interaction_day_deltas is not what the records give")
        try fixture.tamper("UPDATE interaction_day_deltas SET total = 1")
        try fixture.importLines([SmallWorld.call("b", "router", "2026-09-20T00:00:00Z", nil, nil)])
        #expect(try fixture.store.database.withConnection { try LedgerVerification.of($0, side) }.problem == nil)
    }
}

extension EvidenceFixture {
    /// Verifies within the connection of the store, so that changes in a savepoint are seen.
    func verifyHere() throws -> LedgerVerification {
        try store.database.withConnection {
            // Large stores are looked at from two sides at once; neither may end the program because of what the other would find.
            _ = try? RollupAudit.fault($0)
            return try LedgerVerification.of($0)
        }
    }

    /// Verifies from two sides at once, as large stores are.
    func verifyFromTwoSides() throws -> LedgerVerification { try store.verify(onTwoThreadsFrom: 0) }

    func verifyEmpty() throws -> LedgerVerification { try store.verify() }

    func count(_ sql: String) throws -> Int64 {
        try store.database.withConnection { try EvidenceDatabase.integer(sql, on: $0) ?? 0 }
    }

    func type(_ table: String, _ column: String) throws -> String {
        try store.database.withConnection { connection in
            try SQLStatement("SELECT type FROM pragma_table_info('\(table)') WHERE name = '\(column)'", on: connection).first { $0.text(0) }
                ?? ""
        }
    }
}
