import RungCore
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreMergeTests {
    @Test func recordsOfTwoStoresAreHereWithTheirLedgersAndEverythingVerifies() throws {
        let fixture = try MergeFixture()
        try fixture.receiver.importLines([MergeFixture.call("own")])
        let a = try fixture.store("a.db", seed: 1)
        try a.recordRegistry(EvidenceStoreRegistryTests.registry, actor: "ci")
        try RunRecorder(store: a, actor: "ci").handle(RunFixture.events(RunFixture.header("run-a")))
        let b = try fixture.store("b.db", seed: 2)
        try fixture.importLines([MergeFixture.call("b1"), MergeFixture.call("b2")], into: b)
        let report = try fixture.merge("a.db", "b.db")
        #expect(report.bundles.map(\.entries) == [2, 1])
        #expect(report.bundles.map(\.twins) == [0, 0])
        #expect(try fixture.receiver.store.verify().problem == nil)
        #expect(try fixture.receiver.rows("SELECT COUNT(*) FROM interactions") == [["3"]])
        let run = try fixture.receiver.store.run("run-a")
        #expect(run.storedCases == 3 && run.storedTrials == 4)
        #expect(!run.isVouchedFor)
        // The ledger there is bound here, entry by entry.
        let leaves = try fixture.receiver.rows(
            "SELECT hex(leaf) FROM merged_entries WHERE origin_id = (SELECT origin_id FROM merge_records ORDER BY record LIMIT 1) ORDER BY sequence"
        )
        let theirs = try a.read { connection in
            var rows: [[String]] = []
            try SQLStatement("SELECT hex(leaf) FROM ledger_entries ORDER BY sequence", on: connection).forEach { rows.append([$0.text(0)]) }
            return rows
        }
        #expect(leaves == theirs)
    }

    @Test func aBundleTwiceAddsNothingAndALaterOneOnlyWhatIsNew() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        let header = try RunFixture.header("run-a")
        let events = try RunFixture.events(header)
        let recorder = RunRecorder(store: a, actor: "ci")
        try recorder.handle(Array(events[..<4]))
        try fixture.merge("a.db")
        let head = try fixture.receiver.store.head()
        let again = try fixture.merge("a.db", "a.db")
        #expect(again.bundles.map(\.entries) == [0, 0])
        #expect(again.bundles.map(\.knownEntries) == [1, 1])
        #expect(try fixture.receiver.store.head() == head)
        // The rest of the run names its start, which came with the first bundle.
        try recorder.handle(Array(events[4...]))
        try fixture.receiver.importLines([MergeFixture.call("between")])
        let later = try fixture.merge("a.db")
        #expect(later.bundles.first?.knownEntries == 1)
        #expect(later.bundles.first?.entries == 1)
        #expect(try fixture.receiver.store.verify().problem == nil)
        let run = try fixture.receiver.store.run("run-a")
        #expect(run.storedCases == 3 && run.storedTrials == 4)
        #expect(run.summary?.gate.decision == .pass)
    }

    @Test func anOlderBundleOfAKnownStoreAddsNothing() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        try fixture.importLines([MergeFixture.call("a1")], into: a)
        _ = try a.exportBundle(to: fixture.path("old.db"))
        try fixture.importLines([MergeFixture.call("a2")], into: a)
        try fixture.merge("a.db")
        #expect(try fixture.merge("old.db").bundles.first?.entries == 0)
    }

    @Test func aStoreWhoseHistoryChangedIsRefused() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        try fixture.importLines([MergeFixture.call("a1")], into: a)
        _ = try a.exportBundle(to: fixture.path("copy.db"))
        try fixture.importLines([MergeFixture.call("a2")], into: a)
        let copy = try fixture.store("copy.db", seed: 9)
        try fixture.importLines([MergeFixture.call("c2"), MergeFixture.call("c3")], into: copy)
        try fixture.importLines([MergeFixture.call("c4")], into: copy)
        try fixture.merge("a.db")
        let head = try fixture.receiver.store.head()
        let refusal = fixture.refusal("copy.db")
        #expect(refusal.hasPrefix("the history of copy.db has changed: its first 2 entries give sha256:"))
        #expect(refusal.contains("was copied and written to in two places, or rewritten; find out which"))
        #expect(try fixture.receiver.store.head() == head)
    }

    @Test func aCopyOfTheReceiverItselfAddsNothingAndALaterOneIsRefused() throws {
        let fixture = try MergeFixture()
        try fixture.receiver.importLines([MergeFixture.call("own")])
        _ = try fixture.receiver.store.exportBundle(to: fixture.path("self.db"))
        #expect(try fixture.merge("self.db").bundles.first?.entries == 0)
        let copy = try fixture.store("self.db", seed: 9)
        try fixture.importLines([MergeFixture.call("more")], into: copy)
        #expect(fixture.refusal("self.db").hasPrefix("self.db is a copy of this store whose history has parted from it"))
    }

    @Test func aBrokenLedgerIsRefusedByName() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        try fixture.importLines([MergeFixture.call("a1")], into: a)
        let b = try fixture.store("b.db", seed: 2)
        try fixture.importLines([MergeFixture.call("b1")], into: b)
        try b.database.withConnection { try EvidenceDatabase.execute("UPDATE interaction_records SET cost = 5", on: $0) }
        #expect(
            fixture.refusal("a.db", "b.db").hasPrefix(
                "the ledger of b.db is broken, nothing was merged: ledger entry 0: record 0 is not what the entry commits to"))
        #expect(try fixture.receiver.store.head().size == 0)
        #expect(try fixture.receiver.rows("SELECT COUNT(*) FROM interactions") == [["0"]])
    }

    @Test func oneIdentityWithTwoContentsIsAConflictAndNothingIsStored() throws {
        let fixture = try MergeFixture()
        try fixture.receiver.importLines([MergeFixture.call("x"), MergeFixture.call("y")])
        let a = try fixture.store("a.db", seed: 1)
        try fixture.importLines([MergeFixture.call("x", outcome: "failed"), MergeFixture.call("z")], into: a)
        let head = try fixture.receiver.store.head()
        let refusal = fixture.refusal("a.db")
        #expect(refusal.hasPrefix("a.db contradicts what is here, nothing was merged:\n    interaction"))
        #expect(refusal.matches(of: /sha256:[0-9a-f]{64}/).count == 2)
        #expect(try fixture.receiver.store.head() == head)
        #expect(try fixture.receiver.rows("SELECT COUNT(*) FROM interactions") == [["2"]])
        #expect(try fixture.receiver.rows("SELECT COUNT(*) FROM merged_entries") == [["0"]])
    }

    @Test func theSameRecordFromTwoStoresCountsOnceAndBothLedgersStand() throws {
        let fixture = try MergeFixture()
        for (name, seed) in [("a.db", UInt8(1)), ("b.db", 2)] {
            let store = try fixture.store(name, seed: seed)
            try fixture.importLines([MergeFixture.call("same"), MergeFixture.call(name)], into: store)
        }
        let report = try fixture.merge("a.db", "b.db")
        #expect(report.bundles.map(\.twins) == [0, 1])
        #expect(try fixture.receiver.rows("SELECT COUNT(*) FROM interactions") == [["3"]])
        #expect(try fixture.receiver.store.verify().problem == nil)
        #expect(try fixture.merge("b.db").bundles.first?.entries == 0)
    }

    @Test func aStoreThatHasMergedOthersIsMergedWithAllTheirLedgers() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        try RunRecorder(store: a, actor: "ci").handle(RunFixture.events(RunFixture.header("run-a")))
        let hub = try fixture.store("hub.db", seed: 2)
        try fixture.importLines([MergeFixture.call("hub1")], into: hub)
        _ = try hub.merge(bundles: [fixture.path("a.db")], actor: "hub")
        try RunRecorder(store: hub, actor: "ci").handle(RunFixture.events(RunFixture.header("run-hub")))
        try fixture.receiver.importLines((0..<7).map { MergeFixture.call("own\($0)") })
        try fixture.merge("hub.db")
        #expect(try fixture.receiver.store.verify().problem == nil)
        for name in ["run-a", "run-hub"] as [RunID] {
            let run = try fixture.receiver.store.run(name)
            #expect(run.storedCases == 3 && run.storedTrials == 4)
        }
        #expect(try fixture.receiver.rows("SELECT COUNT(DISTINCT origin_id) FROM merged_entries") == [["2"]])
        #expect(fixture.refusal("a.db").isEmpty)
        // The hub goes on; its later records name earlier ones.
        let recorder = RunRecorder(store: a, actor: "ci")
        try recorder.handle(RunFixture.events(RunFixture.header("run-a2")))
        _ = try hub.merge(bundles: [fixture.path("a.db")], actor: "hub")
        try fixture.merge("hub.db")
        #expect(try fixture.receiver.store.verify().problem == nil)
        #expect(try fixture.receiver.store.run("run-a2").storedTrials == 4)
    }

    @Test func aStoreThatComesOnTwoWaysIsRefused() throws {
        let fixture = try MergeFixture()
        let a = try fixture.store("a.db", seed: 1)
        try fixture.importLines([MergeFixture.call("a1")], into: a)
        let hub = try fixture.store("hub.db", seed: 2)
        _ = try hub.merge(bundles: [fixture.path("a.db")], actor: "hub")
        try fixture.merge("a.db")
        #expect(fixture.refusal("hub.db").hasPrefix("hub.db holds entry 0 of store "))
        // Nor may a store get its own records back from another one.
        let first = try fixture.receiver.store.exportBundle(to: fixture.path("mine.db"))
        #expect(first.isIntact)
        let other = try fixture.store("other.db", seed: 3)
        _ = try other.merge(bundles: [fixture.path("mine.db")], actor: "hub")
        #expect(fixture.refusal("other.db").hasPrefix("other.db holds entry 0 of this store"))
    }

    @Test func theRegistryRecordedHereStaysInForce() throws {
        let fixture = try MergeFixture()
        try fixture.receiver.store.recordRegistry(EvidenceStoreRegistryTests.registry, actor: "ana")
        let before = try fixture.receiver.rows("SELECT agent_id, state FROM agents ORDER BY agent_id")
        let a = try fixture.store("a.db", seed: 1)
        try a.recordRegistry(Registry(principals: [RegistryFixture.principal("zoe")]), actor: "ci")
        try fixture.merge("a.db")
        #expect(try fixture.receiver.rows("SELECT agent_id, state FROM agents ORDER BY agent_id") == before)
        #expect(try fixture.receiver.store.verify().problem == nil)
    }

    @Test func aRunIdOfAnotherStoreIsAConflict() throws {
        let fixture = try MergeFixture()
        try RunRecorder(store: fixture.receiver.store, actor: "ci").handle(RunFixture.events(RunFixture.header("run-1", plan: "other")))
        let a = try fixture.store("a.db", seed: 1)
        try RunRecorder(store: a, actor: "ci").handle(RunFixture.events(RunFixture.header("run-1")))
        #expect(fixture.refusal("a.db").hasPrefix("a.db contradicts what is here, nothing was merged:\n    run \"run-1\": sha256:"))
    }
}
