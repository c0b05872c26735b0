import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungEvidence

struct ErasedRollupsTests {
    private func world(_ seed: Int) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture(now: "2026-05-28T00:00:00Z")
        var world = RollupWorld(seed: UInt64(seed))
        try world.tell(to: fixture, erasing: true)
        return fixture
    }

    @Test(arguments: 61...68)
    func whateverIsErasedRollUpsAreCheckedExactlyAfterwards(seed: Int) throws {
        let fixture = try world(seed)
        #expect(try fixture.count("SELECT COUNT(*) FROM erased_records") > 5)
        #expect(try fixture.count("SELECT COUNT(*) FROM erased_interaction_day_deltas") > 0)
        #expect(try fixture.verifyFromTwoSides().problem == nil)
        // What came after the last erasure is counted as ever.
        try fixture.importLines([SmallWorld.call("last", "router", "2026-05-28T00:00:00Z", nil, "accepted")])
        #expect(try fixture.store.verify().problem == nil)
    }

    @Test func noCountCanBeChangedAfterAnErasure() throws {
        let fixture = try world(62)
        for table in DeltaTable.all {
            for name in [table.name, table.erased] {
                let key = table.key.joined(separator: ", ")
                for column in table.columns {
                    try fixture.tamper("CREATE TABLE saved AS SELECT * FROM \(name)")
                    try fixture.tamper(
                        "UPDATE \(name) SET \(column) = COALESCE(\(column), 0) + 1000 "
                            + "WHERE (\(key)) = (SELECT \(key) FROM \(name) ORDER BY ledger_index DESC LIMIT 1)")
                    #expect(try fixture.store.verify().failure != nil, "\(name).\(column)")
                    #expect(try fixture.verifyFromTwoSides().failure != nil, "\(name).\(column)")
                    try fixture.tamper("DELETE FROM \(name); INSERT INTO \(name) SELECT * FROM saved; DROP TABLE saved")
                }
            }
        }
        #expect(try fixture.store.verify().problem == nil)
    }

    @Test func wrongRollUpsDoNotPassForWhatAnErasureTook() throws {
        let fixture = try world(61)
        try fixture.tamper("UPDATE interaction_day_deltas SET outcome_ok = outcome_ok + 1")
        let head = try fixture.store.head()
        let left = try fixture.count("SELECT MIN(record) FROM interaction_records WHERE salt <> x''")
        let error = #expect(throws: EvidenceError.self) {
            try fixture.store.erase(.records([left]), reason: "asked to", actor: "dpo")
        }
        #expect(error?.kind == .damaged)
        #expect(error?.message == "interaction_day_deltas is not what the records give; nothing was erased")
        #expect(try fixture.store.head() == head)
        #expect(try fixture.count("SELECT COUNT(*) FROM interaction_records WHERE record = \(left) AND salt <> x''") == 1)
    }

    @Test func aWordOfWhatIsKeptCannotBeChanged() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            #"{"kind":"interaction","id":"i","agentId":"gone","at":"2026-03-02T09:30:00Z","environment":"production"}"#
        ])
        _ = try fixture.store.erase(.ids(kind: "interaction", ["i"]), reason: "asked to", actor: "dpo")
        #expect(try fixture.rows("SELECT agent_id, total FROM interaction_days") == [["gone", "1"]])
        try fixture.tamper("UPDATE record_codes SET text = 'hero' WHERE text = 'gone'")
        #expect(
            try fixture.store.verify().failure?.reason
                == "what is kept of the roll-ups of erased records is not what record 1 binds")
    }

    @Test func anEntryKeepsNoMoreThanWasErasedOfIt() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            (0..<3).map { SmallWorld.call("i\($0)", "router", "2026-09-20T00:00:00Z", nil, nil) })
        // Somebody who knows the format tells of an erasure that took more than there was.
        try fixture.store.append(actor: "mallory", reason: "none", .commit) { appender in
            let connection = appender.writer.connection
            try EvidenceDatabase.execute(
                "UPDATE interaction_day_deltas SET total = 1000; INSERT INTO erased_interaction_day_deltas "
                    + "SELECT * FROM interaction_day_deltas; UPDATE erased_interaction_day_deltas SET total = 997",
                on: connection)
            var draft = RecordDraft(.erasure)
            let (digest, count) = try ErasedRecords.digest(ofErasure: appender.records, connection)
            draft["digest"] = .digest(digest)
            draft["records"] = .integer(count)
            draft["rollups"] = try ErasedRollups.digest(connection).map { .digest($0) } ?? .null
            try appender.append(draft, .recorded)
        }
        #expect(
            try fixture.store.verify().failure?.reason == "the roll-ups count interactions of ledger entry 0 that were never there")
    }
}
