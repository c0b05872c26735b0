import RungCore
import RungCrypto
import RungLedger
import RungText
import Testing

@testable import RungEvidence

struct EvidenceStoreCheckpointsTests {
    private static let key = CheckpointFixture.key()

    @Test func aCheckpointIsTheHeadWithASignature() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(5)
        let stored = try fixture.store.checkpoint(signedBy: Self.key)
        #expect(stored.number == 1)
        #expect(stored.at == fixture.clock.now)
        #expect(try stored.note.checkpoint.root == fixture.store.head().root)
        #expect(stored.note.checkpoint.size == 5)
        #expect(stored.note.trust(in: [Self.key.verifierKey]) == .signed([Self.key.verifierKey]))
        #expect(try fixture.store.checkpoints() == [stored])
    }

    @Test func theNameOfALedgerStays() throws {
        let fixture = try EvidenceFixture()
        #expect(try fixture.store.logOrigin() == nil)
        let first = try fixture.store.unsignedCheckpoint()
        try fixture.appendEntries(2)
        let second = try fixture.other().checkpoint(signedBy: Self.key)
        #expect(first.checkpoint.origin == second.note.checkpoint.origin)
        #expect(try fixture.store.logOrigin() == first.checkpoint.origin)
        #expect(first.checkpoint.origin.hasPrefix("rung/") && first.checkpoint.origin.utf8.count == 21)
        #expect(first.checkpoint.size == 0 && first.signatures.isEmpty)
    }

    @Test func theSameHeadIsSignedOnceByEachKey() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        let first = try fixture.store.checkpoint(signedBy: Self.key)
        try fixture.clock.set("2026-10-01T00:00:00Z")
        #expect(try fixture.store.checkpoint(signedBy: Self.key) == first)
        let second = try fixture.store.checkpoint(signedBy: CheckpointFixture.key(8, name: "second"))
        #expect(second.number == 2)
        #expect(second.note.checkpoint == first.note.checkpoint)
    }

    @Test func anchorsAgreeUpToTheirSize() throws {
        let fixture = try EvidenceFixture()
        var anchors: [SignedCheckpoint] = []
        for _ in 0..<6 {
            try fixture.appendEntries(3)
            anchors.append(try fixture.store.checkpoint(signedBy: Self.key).note)
        }
        try fixture.appendEntries(4)
        let anchoring = try fixture.store.anchoring(of: anchors, keys: [Self.key.verifierKey])
        #expect(anchoring.verdict == .ok)
        #expect(anchoring.size == 18)
        #expect(try fixture.store.ownAnchoring().verdict == .ok)
        #expect(try fixture.store.anchoring(of: []).verdict == .unknown)
    }

    @Test func aLedgerCutOffWithItsHeadIsCaughtByAnAnchor() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(8)
        let anchor = try fixture.store.checkpoint(signedBy: Self.key).note
        try Self.truncate(fixture, to: 6)
        #expect(try fixture.store.verify().failure == nil)
        let anchoring = try fixture.store.anchoring(of: [anchor])
        #expect(anchoring.verdict == .failed)
        #expect(anchoring.findings[0].outcome == .truncated(present: 6))
    }

    @Test func aLedgerRewrittenWithItsHeadIsCaughtByAnAnchor() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(8)
        let anchor = try fixture.store.checkpoint(signedBy: Self.key).note
        try Self.truncate(fixture, to: 5)
        try fixture.appendEntries(4)
        #expect(try fixture.store.verify().failure == nil)
        let anchoring = try fixture.store.anchoring(of: [anchor])
        guard case .rewritten = anchoring.findings[0].outcome else {
            Issue.record("\(anchoring.findings[0].outcome)")
            return
        }
        #expect(try fixture.store.ownAnchoring().verdict == .failed)
    }

    @Test(arguments: [6, 9])
    func nothingIsSignedThatDoesNotGrowFromTheLatestCheckpoint(size: Int) throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(8)
        try fixture.store.checkpoint(signedBy: Self.key)
        try Self.truncate(fixture, to: 5)
        try fixture.appendEntries(size - 5)
        let error = #expect(throws: EvidenceError.self) { try fixture.store.checkpoint(signedBy: Self.key) }
        #expect(error?.kind == .damaged)
        #expect(try fixture.store.checkpoints().count == 1)
    }

    @Test func cosignaturesJoinTheCheckpointThatTheyAreFor() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        let first = try fixture.store.checkpoint(signedBy: Self.key)
        try fixture.appendEntries(3)
        try fixture.store.checkpoint(signedBy: Self.key)
        let (signature, witness) = CheckpointFixture.cosignature(of: first.note)
        let cosigned = try fixture.store.addCosignatures([signature], of: witness)
        #expect(cosigned.number == 1)
        #expect(cosigned.cosigners == [witness])
        #expect(cosigned.note.signatures.count == 2)
        #expect(cosigned.note.trust(in: [witness, Self.key.verifierKey]) == .signed([Self.key.verifierKey, witness]))
        #expect(try fixture.store.addCosignatures([signature], of: witness) == cosigned)
    }

    @Test func aSignatureThatFitsNothingAndTheLedgersOwnKeyAreRefused() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        let first = try fixture.store.checkpoint(signedBy: Self.key)
        var (signature, witness) = CheckpointFixture.cosignature(of: first.note)
        signature.signature[20] ^= 1
        let error = #expect(throws: EvidenceError.self) { try fixture.store.addCosignatures([signature], of: witness) }
        #expect(error?.message == "no signature of \(witness.label) fits a checkpoint of this ledger")
        let own = CheckpointFixture.cosignature(of: first.note, byte: 7)
        #expect(throws: EvidenceError.self) { try fixture.store.addCosignatures([own.signature], of: own.key) }
    }

    @Test func theFirstStepsOfAFileFromBeforeAreTaken() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(2)
        try fixture.tamper("DROP TABLE ledger_identity; DROP TABLE ledger_checkpoints; DROP TABLE ledger_cosignatures")
        let step = try #require(Schema.migrations.firstIndex { $0.name == "checkpoints" })
        guard step == Schema.migrations.count - 1 else { return }
        try fixture.tamper("PRAGMA user_version = \(step)")
        #expect(try fixture.other().checkpoint(signedBy: Self.key).note.checkpoint.size == 2)
    }

    @Test func aStoreThatIsOnlyReadSignsNothing() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(2)
        let reader = try EvidenceStore(reading: fixture.store.path, environment: fixture.store.environment)
        let error = #expect(throws: EvidenceError.self) { try reader.checkpoint(signedBy: Self.key) }
        #expect(error?.kind == .readOnly)
    }

    /// Cuts off everything behind the first entries and makes the head fit, as somebody would who knows the format.
    static func truncate(_ fixture: EvidenceFixture, to size: Int) throws {
        let first = try fixture.count("SELECT first_record FROM ledger_entries WHERE sequence = \(size)")
        try fixture.tamper("DELETE FROM ledger_entries WHERE sequence >= \(size)")
        for kind in RecordCatalog.all { try fixture.tamper("DELETE FROM \(kind.table) WHERE record >= \(first)") }
        for table in ["class_days", "interaction_day_deltas", "context_day_deltas"] {
            try fixture.tamper("DELETE FROM \(table) WHERE ledger_index >= \(size)")
        }
        try fixture.store.database.withConnection { connection in
            var chain = LedgerChain()
            let select = try SQLStatement("SELECT \(StoredEntry.columns) FROM ledger_entries ORDER BY sequence", on: connection)
            try select.forEach {
                guard let stored = StoredEntry($0) else { throw WrongFixture("no entry") }
                #expect(chain.accept(stored.entry, leaf: stored.leaf) == nil)
            }
            try StoredHead(chain: chain, records: first).write(connection)
        }
    }
}
