import RungCrypto
import RungText
import Testing

@testable import RungLedger

struct LedgerReceiptTests {
    /// A ledger of seven entries; the fourth binds records, one of them the receipt's.
    struct Sample {
        var receipt: LedgerReceipt
        var proof: LogProof

        /// The proof with another receipt in it.
        func proof(_ receipt: LedgerReceipt) -> LogProof {
            var proof = proof
            proof.extra = receipt.bytes
            return proof
        }

        /// Any envelope.
        var envelope: SignedEnvelope { SignedEnvelope(payloadType: "text", payload: receipt.bytes, signedBy: LedgerSamples.key()) }
    }

    /// - Parameter count: records of the entry.
    static func batch(_ count: Int, index: Int = 0) -> Sample {
        let salts = (0..<count).map { [UInt8](repeating: UInt8($0), count: Commitment.saltLength) }
        let payloads = (0..<count).map { Array(#"{"content":{"n":\#($0)},"kind":"act","origin":"recorded"}"#.utf8) }
        let leaves = (0..<count).map { Merkle.leaf(salts[$0] + payloads[$0]) }
        let content: LedgerEntry.Content =
            count == 1
            ? .record(commitment: SHA256Hasher.digest(of: salts[0] + payloads[0]))
            : .batch(.init(kinds: ["act": count], root: Merkle.root(of: leaves)))
        let entry = LedgerEntry(
            sequence: 3, kind: "act", at: Timestamp(seconds: 0), actor: "ana", reason: nil, content: content,
            previous: LedgerEntryTests.digest)
        guard let bytes = try? entry.canonicalBytes() else { preconditionFailure("the entry is short") }
        var tree = LedgerSamples.leaves(7)
        tree[3] = Merkle.leaf(bytes)
        let path = count == 1 ? [] : LedgerSamples.inclusion(index, leaves).path
        let receipt = LedgerReceipt(
            entry: bytes, record: .init(number: 9 + index, index: index, path: path, salt: salts[index], payload: payloads[index]))
        return Sample(
            receipt: receipt,
            proof: LogProof(
                extra: receipt.bytes, inclusion: LedgerSamples.inclusion(3, tree),
                checkpoint: SignedCheckpoint(LedgerSamples.checkpoint(tree))))
    }

    @Test(arguments: [(1, 0), (2, 1), (3, 0), (5, 4), (8, 6)])
    func everyRecordOfAnEntryIsProved(count: Int, index: Int) throws {
        let sample = Self.batch(count, index: index)
        #expect(sample.receipt.fault(under: sample.proof) == nil)
        #expect(try LedgerReceipt(parsing: sample.receipt.bytes) == sample.receipt)
        #expect(sample.receipt.record?.kind == "act")
        let entry = LedgerReceipt(entry: sample.receipt.entry)
        #expect(entry.fault(under: sample.proof) == nil)
        #expect(try LedgerReceipt(parsing: entry.bytes) == entry)
    }

    @Test func everyPartThatIsChangedIsFound() {
        let sample = Self.batch(5, index: 2)
        let changes: [(String, (inout LedgerReceipt.Record) -> Void)] = [
            ("the record is not in the batch of the entry", { $0.salt[0] ^= 1 }),
            ("the record is not in the batch of the entry", { $0.payload[16] ^= 1 }),
            ("the record is not in the batch of the entry", { $0.index = 3 }),
            ("the record is not in the batch of the entry", { $0.index = -1 }),
            ("the record is not in the batch of the entry", { $0.path.removeLast() }),
            ("the record is not in the batch of the entry", { $0.path[1] = $0.path[0] }),
            ("the salt has 15 bytes, expected 16", { $0.salt.removeLast() }),
            ("the payload is not a record of a kind that the entry binds", { $0.payload = Array("{}".utf8) }),
            ("the payload is not a record of a kind that the entry binds", { $0.payload = [0xFF] }),
            ("the payload is not a record of a kind that the entry binds", { $0.payload = Array(#"{"kind":"idea"}"#.utf8) }),
        ]
        for (message, change) in changes {
            var receipt = sample.receipt
            if var record = receipt.record {
                change(&record)
                receipt.record = record
            }
            #expect(receipt.fault(under: sample.proof) == message)
        }
    }

    @Test func saltAndPayloadCannotBeShiftedAgainstEachOther() {
        var receipt = Self.batch(1).receipt
        guard var record = receipt.record else { return }
        record.payload.insert(record.salt.removeLast(), at: 0)
        receipt.record = record
        #expect(receipt.fault(under: Self.batch(1).proof) == "the salt has 15 bytes, expected 16")
    }

    @Test func anotherEntryIsFound() throws {
        let sample = Self.batch(5)
        var entry = try LedgerEntry(canonicalBytes: sample.receipt.entry)
        entry.actor = "eve"
        #expect(
            LedgerReceipt(entry: try entry.canonicalBytes()).fault(under: sample.proof) == "the entry is not in the tree of the checkpoint")
        entry.sequence = 4
        #expect(
            LedgerReceipt(entry: try entry.canonicalBytes()).fault(under: sample.proof) == "the entry is number 4, the proof is for 3")
        #expect(
            LedgerReceipt(entry: [1]).fault(under: sample.proof)
                == "the entry cannot be read: expected a value, found control character U+0001")
    }

    @Test func onlyCanonicalReceiptsAreRead() throws {
        let bytes = Self.batch(2).receipt.bytes
        #expect(throws: LedgerSyntaxError.self) { try LedgerReceipt(parsing: bytes + [0x0A]) }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#""formatVersion":1"#))
        for (old, new) in [(#""formatVersion":1"#, #""formatVersion":2"#), (#""index":0"#, #""index":0,"more":1"#)] {
            let parts = text.split(separator: old, maxSplits: 1)
            #expect(throws: LedgerSyntaxError.self) { try LedgerReceipt(parsing: Array(parts.joined(separator: new).utf8)) }
        }
    }

    @Test func receiptsFitTheirSchema() throws {
        for receipt in [Self.batch(5).receipt, LedgerReceipt(entry: Self.batch(1).receipt.entry)] {
            var diagnostics = Diagnostics()
            Shape.object(LedgerReceipt.shape).check(try JSONReader.read(receipt.bytes), file: "receipt", into: &diagnostics)
            #expect(diagnostics.isEmpty)
        }
    }
}

struct LedgerEntryReadingTests {
    @Test func everyEntryComesBack() throws {
        var batch = LedgerEntryTests.entry
        batch.content = .batch(.init(kinds: ["trial": 2, "act": 1], root: LedgerEntryTests.digest))
        batch.previous = LedgerEntryTests.digest
        batch.reason = nil
        for entry in [LedgerEntryTests.entry, batch] {
            #expect(try LedgerEntry(canonicalBytes: entry.canonicalBytes()) == entry)
        }
    }

    @Test(arguments: [
        "", "[]", "{}", "null", #"{"actor":"a"}"#,
        #"{"actor":"a","at":"1970-01-01","commitment":"\#(LedgerEntryTests.digest)","kind":"act","previous":null,"sequence":7}"#,
        #"{"actor":"a","at":"1970-01-01T00:00:00Z","commitment":"\#(LedgerEntryTests.digest)","kind":"act","more":1,"previous":null,"sequence":7}"#,
        #"{"actor":"a","at":"1970-01-01T00:00:00Z","commitment":"\#(LedgerEntryTests.digest)","kind":"act","previous":null,"sequence":-7}"#,
        #"{"actor":"a","at":"1970-01-01T00:00:00Z","batch":{"count":2,"kinds":{"act":1},"root":"\#(LedgerEntryTests.digest)"},"kind":"act","previous":null,"sequence":7}"#,
        #"{"actor":"a","at":"1970-01-01T00:00:00Z","batch":{"count":2,"kinds":{"act":9223372036854775807,"b":9223372036854775807},"root":"\#(LedgerEntryTests.digest)"},"kind":"act","previous":null,"sequence":7}"#,
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: LedgerSyntaxError.self) { try LedgerEntry(canonicalBytes: Array(text.utf8)) }
    }
}
