import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct RollupKeeperTests {
    /// Ledger sizes with the number of records seen at each.
    func cutOffs(_ fixture: EvidenceFixture) throws -> [(entries: Int64, records: Int64)] {
        let firsts = try fixture.rows("SELECT first_record FROM ledger_entries ORDER BY sequence").compactMap { Int64($0[0]) }
        let total = try #require(Int64(try fixture.rows("SELECT records FROM ledger_head").first?[0] ?? "0"))
        return (firsts + [total]).enumerated().map { (Int64($0.offset), $0.element) }
    }

    @Test(arguments: 1...12)
    func deltasAddUpToTheDefinitionInAnyOrderAtEveryCutOff(seed: Int) throws {
        let fixture = try EvidenceFixture(now: "2026-05-28T00:00:00Z")
        var world = RollupWorld(seed: UInt64(seed))
        try world.tell(to: fixture)
        let cutOffs = try cutOffs(fixture)
        #expect(cutOffs.count > 4)
        let reader = try fixture.store.database.reader()
        for (entries, records) in cutOffs {
            for midnight in RollupWorld.midnights {
                let cutOff = ViewCatalog.CutOff(records: records, entries: entries, before: midnight, verified: 0, consistent: 0)
                let place: Comment = "seed \(seed), \(entries) entries, as of \(midnight)"
                let days = try reader.rows(RollupDefinition.view(.interactionDays, cutOff))
                #expect(days == (try reader.rows(RollupDefinition.interactionDays(cutOff))), place)
                let contexts = try reader.rows(RollupDefinition.view(.contextDays, cutOff))
                #expect(contexts == (try reader.rows(RollupDefinition.contextDays(cutOff))), place)
            }
        }
    }

    @Test func theWorldsThatAreToldHoldEveryCorrection() throws {
        var missing = Set(InteractionCount.allCases).subtracting([.total, .explained, .feedbackOffered, .withMemory, .received])
        for seed in 1...10 {
            let fixture = try EvidenceFixture(now: "2026-05-28T00:00:00Z")
            var world = RollupWorld(seed: UInt64(seed))
            try world.tell(to: fixture)
            for count in missing {
                // An outcome is never taken back, so a trace that was complete stays so.
                let least = [.traceComplete, .outcomeKnown].contains(count) ? 1 : 0
                let sql = "SELECT MIN(\(count.column)) < \(least) AND MAX(\(count.column)) > 0 FROM interaction_day_deltas WHERE total = 0"
                if try fixture.rows(sql) == [["1"]] { missing.remove(count) }
            }
        }
        #expect(missing.isEmpty)
    }

    static let tables = [
        "interaction_day_deltas", "context_day_deltas", "interaction_ids", "interaction_references",
        "interaction_uses",
    ]

    @Test(arguments: 41...50)
    func aReplayOfTheRecordsGivesTheSameRows(seed: Int) throws {
        let fixture = try EvidenceFixture(now: "2026-05-28T00:00:00Z")
        var world = RollupWorld(seed: UInt64(seed))
        try world.tell(to: fixture)
        try fixture.store.recordRegistry(EvidenceStoreRegistryTests.registry, actor: "ana")
        let before = try Self.tables.map { try fixture.rows("SELECT * FROM \($0) ORDER BY 1, 2") }
        for table in Self.tables { try fixture.tamper("DELETE FROM \(table)") }
        try fixture.store.database.withConnection { try RollupReplay.fill($0) }
        for (table, rows) in zip(Self.tables, before) {
            #expect(try fixture.rows("SELECT * FROM \(table) ORDER BY 1, 2") == rows, "\(table)")
            #expect(!rows.isEmpty, "\(table)")
        }
    }

    @Test func oneRowIsWrittenForEachKeyAndEntry() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            (0..<50).map { SmallWorld.call("a\($0)", "router", "2026-09-20T0\($0 % 10):00:00Z", nil, "accepted") })
        try fixture.importLines((0..<50).map { SmallWorld.call("b\($0)", "router", "2026-09-20T11:00:00Z", nil, nil) })
        #expect(
            try fixture.rows("SELECT ledger_index, total, outcome_ok, first_at % 86400 FROM interaction_day_deltas ORDER BY 1") == [
                ["0", "50", "50", "0"], ["1", "50", "0", "39600"],
            ])
    }

    @Test func aVersionThatComesBeforeItsUseCorrectsNothing() throws {
        let fixture = try SmallWorld.fixture()
        #expect(try fixture.rows("SELECT COUNT(*) FROM interaction_day_deltas WHERE total = 0") == [["0"]])
        try fixture.importLines([#"{"kind":"promptVersion","promptId":"x","text":"never stored","at":"2026-09-01"}"#])
        #expect(
            try fixture.rows("SELECT total, text_stored, versioned FROM interaction_day_deltas WHERE ledger_index = 1") == [
                ["0", "1", "0"]
            ])
    }

    @Test func whatAFailedImportAddedIsForgotten() throws {
        let fixture = try EvidenceFixture()
        let call = SmallWorld.call("i", "router", "2026-09-20T00:00:00Z", nil, "accepted")
        _ = try fixture.problems([call, "{}"])
        try fixture.importLines([call], dryRun: true)
        #expect(try fixture.rows("SELECT COUNT(*) FROM interaction_day_deltas") == [["0"]])
        try fixture.importLines([call])
        #expect(try fixture.importLines([call]).unchanged == ["interaction": 1])
        #expect(try fixture.rows("SELECT total FROM interaction_days") == [["1"]])
    }

    @Test func whatAnotherProcessAppendsIsNotOverlooked() throws {
        let fixture = try EvidenceFixture()
        let other = try fixture.other()
        func add(_ store: EvidenceStore, _ line: String) throws {
            let path = fixture.folder.write("one.jsonl", line + "\n")
            _ = try store.importEvidence(file: path, actor: "ana")
        }
        try add(fixture.store, SmallWorld.call("a", "router", "2026-09-20T00:00:00Z", SmallWorld.p1, nil))
        try add(other, ComputedColumnTests.release("r", "2026-09-19", agent: "router"))
        try add(fixture.store, SmallWorld.call("b", "router", "2026-09-20T01:00:00Z", SmallWorld.p1, nil))
        try add(other, #"{"kind":"override","id":"o","agentId":"router","at":"2026-09-21","interactionId":"c"}"#)
        try add(fixture.store, SmallWorld.call("c", "router", "2026-09-20T02:00:00Z", SmallWorld.p1, nil))
        let days = try fixture.rows("SELECT total, released FROM interaction_days")
        #expect(days == [["3", "3"]])
        #expect(try fixture.rows("SELECT record FROM interaction_references") == [["4"]])
    }

    @Test func noViewButInteractionsReadsAllInteractions() throws {
        let fixture = try EvidenceFixture()
        // In `ideas` the letter stands for something else.
        for view in ViewCatalog.all where ![View.interactions.name, View.ideas.name].contains(view.name) {
            let plan = try fixture.rows("EXPLAIN QUERY PLAN SELECT * FROM \(view.name)").compactMap(\.last)
            let scans = plan.filter { step in
                let words = step.split(separator: " ")
                guard words.count > 1, ["i", "interaction_records"].contains(words[1]), !words.contains("VIRTUAL") else { return false }
                return words[0] == "SCAN" || step.contains("(rowid<?)") || step.contains("(rowid>?")
            }
            #expect(scans == [], "\(view.name): \(plan)")
        }
    }
}
