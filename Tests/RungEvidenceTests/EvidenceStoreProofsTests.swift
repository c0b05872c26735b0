import RungCore
import RungCrypto
import RungLedger
import Testing

@testable import RungEvidence

struct EvidenceStoreProofsTests {
    private static let key = CheckpointFixture.key()

    @Test func everyRecordOfEveryKindHasAReceiptThatHolds() throws {
        let fixture = try LedgerVerifierTests.everyKind()
        try fixture.store.checkpoint(signedBy: Self.key)
        let records = try fixture.store.verify().records
        var kinds: Set<String> = []
        let erased = try fixture.count("SELECT record FROM erased_records")
        for record in 0..<records where record != erased {
            let proof = try fixture.store.receipt(for: .record(record))
            let read = try LogProof(parsing: Array(proof.description.utf8))
            let receipt = try LedgerReceipt(parsing: try #require(read.extra))
            #expect(receipt.fault(under: read) == nil)
            #expect(receipt.record?.number == record)
            if let kind = receipt.record?.kind { kinds.insert(kind) }
            #expect(read.checkpoint.trust(in: [Self.key.verifierKey]) == .signed([Self.key.verifierKey]))
        }
        #expect(kinds == Set(RecordCatalog.all.map(\.name)))
        let error = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .record(Int(erased))) }
        #expect(error?.message == "the payload of record \(erased) was erased; nothing of it can be shown")
    }

    @Test func aRecordIsFoundByKindAndID() throws {
        let fixture = try LedgerVerifierTests.everyKind()
        let latest = try fixture.count("SELECT MAX(record) FROM principal_records WHERE id = 'ana'")
        let proof = try fixture.store.receipt(for: .named(kind: "principal", id: "ana"))
        #expect(try LedgerReceipt(parsing: try #require(proof.extra)).record?.number == Int(latest))
        let run = try fixture.store.receipt(for: .named(kind: "runStart", id: "run-2"))
        #expect(try LedgerReceipt(parsing: try #require(run.extra)).record?.kind == "runStart")
    }

    @Test func aBatchOfManyRecordsIsProvedRecordByRecord() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendBatch(300)
        try fixture.store.checkpoint(signedBy: Self.key)
        for record in [0, 1, 2, 199, 200, 398, 399] {
            let proof = try fixture.store.receipt(for: .record(record))
            #expect(try LedgerReceipt(parsing: try #require(proof.extra)).fault(under: proof) == nil)
        }
    }

    @Test func anOlderCheckpointProvesWhatItCovers() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(5)
        let old = try fixture.store.checkpoint(signedBy: Self.key).note
        try fixture.appendEntries(5)
        #expect(try fixture.store.receipt(for: .entry(4)).checkpoint == old)
        #expect(try fixture.store.receipt(for: .entry(4), under: old).inclusion.size == 5)
        let error = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .entry(5)) }
        #expect(error?.description == "no checkpoint covers it yet\n  sign the present head with: rung ledger checkpoint")
        #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .entry(5), under: old) }
        #expect(try fixture.store.receipt(for: .entry(9), under: fixture.store.unsignedCheckpoint()).inclusion.size == 10)
    }

    @Test func growthIsProvedBetweenAllCheckpoints() throws {
        let fixture = try EvidenceFixture()
        var heads: [SignedCheckpoint] = []
        for _ in 0..<7 {
            try fixture.appendEntries(3)
            heads.append(try fixture.store.checkpoint(signedBy: Self.key).note)
        }
        for (index, later) in heads.enumerated() {
            for earlier in heads[...index] {
                let proof = try fixture.store.growth(from: earlier.checkpoint.size, to: later)
                #expect(try GrowthProof(parsing: Array(proof.description.utf8)).proves(growthFrom: earlier.checkpoint))
            }
        }
        #expect(try fixture.store.growth(from: 0).consistency.path.isEmpty)
        #expect(try fixture.store.growth(from: 4).checkpoint == heads.last)
        #expect(throws: EvidenceError.self) { try fixture.store.growth(from: 22) }
    }

    @Test func nothingIsProvedUnderAForeignCheckpoint() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(5)
        let head = try fixture.store.checkpoint(signedBy: Self.key).note.checkpoint
        var foreign = head
        foreign.origin = "rung/other"
        let other = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .entry(1), under: SignedCheckpoint(foreign)) }
        #expect(other?.kind == .refused)
        foreign = head
        foreign.root = Merkle.leaf([1])
        let broken = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .entry(1), under: SignedCheckpoint(foreign)) }
        #expect(broken?.kind == .damaged)
        #expect(throws: EvidenceError.self) { try fixture.store.growth(from: 2, to: SignedCheckpoint(foreign)) }
        foreign = head
        foreign.size = 9
        #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .entry(1), under: SignedCheckpoint(foreign)) }
    }

    @Test(arguments: [
        (ProofTarget.entry(9), "there is no entry 9; the ledger has 3, counted from 0"),
        (.entry(-1), "there is no entry -1; the ledger has 3, counted from 0"),
        (.record(3), "there is no record 3; the ledger has 3, counted from 0"),
        (.record(-1), "there is no record -1; the ledger has 3, counted from 0"),
        (.named(kind: "scan", id: "x"), "there is no record of the kind scan with the id \"x\""),
        (.named(kind: "gradeList", id: "x"), "records of the kind gradeList have no id"),
    ])
    func whatIsNotThereIsNamed(target: ProofTarget, message: String) throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        try fixture.store.checkpoint(signedBy: Self.key)
        let error = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: target) }
        #expect(error?.message == message)
        #expect(error?.kind == .unknownRecord)
    }

    @Test func severalRecordsOfOneIDAreListed() throws {
        let fixture = try LedgerVerifierTests.everyKind()
        try fixture.importLines([
            #"{"kind":"run","id":"r","type":"regression","finishedAt":"2026-09-01","passed":true,"trials":1,"agentId":"a"}"#,
            #"{"kind":"run","id":"r","type":"regression","finishedAt":"2026-09-01","passed":true,"trials":1,"agentId":"b"}"#,
        ])
        let error = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .named(kind: "run", id: "r")) }
        #expect(error?.message == "several records of the kind run have the id \"r\"")
        #expect(error?.suggestion?.hasPrefix("name one by its number, with --record; the latest are ") == true)
    }

    @Test(arguments: [
        "UPDATE scan_records SET records = 99", "DELETE FROM scan_records WHERE record = 1", "UPDATE ledger_entries SET actor = 'eve'",
    ])
    func nothingIsProvedOfABrokenLedger(sql: String) throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        try fixture.store.checkpoint(signedBy: Self.key)
        try fixture.tamper(sql)
        let error = #expect(throws: EvidenceError.self) { try fixture.store.receipt(for: .record(1)) }
        #expect(error?.kind == .damaged)
    }

    @Test func tilesHoldTheWholeLedgerAndTheCheckpointComesLast() throws {
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(260)
        let note = try fixture.store.checkpoint(signedBy: Self.key).note
        var files: [(path: String, bytes: [UInt8])] = []
        try fixture.store.forEachTileFile(under: note) { files.append(($0, $1)) }
        #expect(
            files.map(\.path) == [
                "tile/0/000", "tile/entries/000", "tile/0/001.p/4", "tile/1/000.p/1", "tile/entries/001.p/4", "checkpoint",
            ])
        #expect(files.last.map(\.bytes) == Array(note.description.utf8))
        var leaves: [Digest] = []
        for file in files where file.path.hasPrefix("tile/entries/") {
            var rest = file.bytes[...]
            while let high = rest.popFirst(), let low = rest.popFirst() {
                leaves.append(Merkle.leaf(Array(rest.prefix(Int(high) << 8 | Int(low)))))
                rest = rest.dropFirst(Int(high) << 8 | Int(low))
            }
        }
        #expect(Merkle.root(of: leaves) == note.checkpoint.root)
        #expect(files[0].bytes + files[2].bytes == leaves.flatMap(\.bytes))
        try fixture.tamper("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 259")
        var written: [String] = []
        #expect(throws: EvidenceError.self) { try fixture.store.forEachTileFile(under: note) { path, _ in written.append(path) } }
        #expect(!written.contains("checkpoint"))
    }

    @Test func whatTheReceiverOfTilesThrowsComesThrough() throws {
        struct Full: Error {}
        let fixture = try EvidenceFixture()
        try fixture.appendEntries(3)
        let note = try fixture.store.checkpoint(signedBy: Self.key).note
        #expect(throws: Full.self) { try fixture.store.forEachTileFile(under: note) { _, _ in throw Full() } }
    }
}
