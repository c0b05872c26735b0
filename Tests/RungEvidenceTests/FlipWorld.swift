import RungCore
import RungCrypto
import RungLedger
import RungTestSupport
import RungText

@testable import RungEvidence

/// A small store with a bit of everything, as one file, and copies of it in which something was changed.
struct FlipWorld {
    let fixture: EvidenceFixture
    /// The file, with nothing left in its log.
    let bytes: [UInt8]
    /// Checkpoints that were kept elsewhere: one in the middle of the ledger, and its head.
    let anchors: [SignedCheckpoint]
    /// What the untouched file holds.
    let dump: FileDump
    /// Bytes that hold something: of the whole file, and of the pages of records, since most of a small file is schema.
    private let used: [Int]
    private let told: [Int]

    static let key = CheckpointFixture.key()
    private static let pageSize = 4_096

    init() throws {
        fixture = try LedgerVerifierTests.everyKind()
        try Self.mergeTwins(fixture)
        let first = try fixture.store.checkpoint(signedBy: Self.key)
        let (signature, witness) = CheckpointFixture.cosignature(of: first.note)
        _ = try fixture.store.addCosignatures([signature], of: witness)
        try fixture.importLines((1...4).map { MergeFixture.call("call-\($0)") })
        _ = try fixture.store.erase(.ids(kind: "idea", ["idea-1"]), reason: "asked to", actor: "dpo")
        _ = try fixture.store.erase(.ids(kind: "interaction", ["call-2"]), reason: "asked to", actor: "dpo")
        let last = try fixture.store.checkpoint(signedBy: Self.key)
        anchors = [first.note, last.note]
        try fixture.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
        let bytes = try RawFile.read(fixture.store.path)
        self.bytes = bytes
        used = bytes.indices.filter { bytes[$0] != 0 }
        let schema = try Set(fixture.rows("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'").map { Int($0[0]) ?? 0 })
        told = used.filter { !schema.contains($0 / Self.pageSize + 1) }
        dump = try FileDump(reading: fixture.store.path)
    }

    /// A store that holds records that are here already, word for word, besides its own.
    private static func mergeTwins(_ fixture: EvidenceFixture) throws {
        let other = try EvidenceStore(
            path: fixture.folder.path + "/twin.db", environment: EvidenceFixture.environment(fixture.clock, seed: 11))
        let file = fixture.folder.write(
            "twins.jsonl",
            """
            {"kind":"scan","id":"scan-1","type":"overlap","at":"2026-07-31","records":7}
            {"kind":"scan","id":"scan-2","type":"overlap","at":"2026-07-31","records":9}

            """)
        _ = try other.importEvidence(file: file, actor: "ana")
        _ = try fixture.store.merge(bundles: [other.path], actor: "hub")
    }

    // MARK: - Changes

    /// What is done to the file.
    enum Change: CustomStringConvertible {
        case flip(byte: Int, bit: Int)
        case truncate(length: Int)

        var description: String {
            switch self {
            case .flip(let byte, let bit): "bit \(bit) of byte \(byte)"
            case .truncate(let length): "cut off after \(length) bytes"
            }
        }
    }

    /// Changes that look random and are the same for the same seed: one in twenty cuts the file off; of the bits, one in eight
    /// lies anywhere, one in eight anywhere but in empty space, the rest where records, entries and indexes are.
    func changes(_ count: Int, seed: UInt64) -> [Change] {
        var random = SeededNumbers(seed)
        return (0..<count).map { _ in
            if random.next(below: 20) == 0 { return .truncate(length: random.next(below: bytes.count)) }
            let byte =
                switch random.next(below: 8) {
                case 0: random.next(below: bytes.count)
                case 1: used[random.next(below: used.count)]
                default: told[random.next(below: told.count)]
                }
            return .flip(byte: byte, bit: random.next(below: 8))
        }
    }

    /// What became of a change.
    enum Outcome: Equatable {
        /// Verifying says that something is wrong.
        case reported(String)
        /// The file cannot be read; the error says so.
        case refused(String)
        /// Nothing was noticed, and every record is what it was. With the tables of derived values that are not.
        case harmless(derived: [String])
        /// Nothing was noticed, and these tables are not what they were.
        case missed([String])
    }

    /// Verifies a copy with this change against the anchors.
    func outcome(of change: Change) throws -> Outcome {
        let path = fixture.folder.path + "/changed.db"
        var copy = bytes
        switch change {
        case .flip(let byte, let bit): copy[byte] ^= 1 << UInt8(bit)
        case .truncate(let length): copy.removeLast(copy.count - length)
        }
        try RawFile.write(copy, to: path)
        defer { RawFile.remove(path) }
        let store: EvidenceStore
        let report: LedgerReport
        do throws(EvidenceError) {
            store = try EvidenceStore(reading: path, environment: fixture.store.environment)
            report = try store.report(anchors: anchors, keys: [Self.key.verifierKey])
            // Roll-ups are then built from records that may not be what was written, before anybody knows.
            _ = try? store.verify(onTwoThreadsFrom: 0)
        } catch {
            return .refused(error.description.replacing(path, with: "FILE"))
        }
        guard report.isSound else {
            let failed = (report.checkpoints.findings + report.anchoring.findings).first { $0.outcome.verdict == .failed }
            return .reported(report.integrity.problem ?? failed?.outcome.text ?? "")
        }
        let (records, derived) = dump.differences(from: try? FileDump(reading: path))
        return records.isEmpty ? .harmless(derived: derived) : .missed(records)
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// At least 0 and less than `limit`.
    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(limit))
    }
}
