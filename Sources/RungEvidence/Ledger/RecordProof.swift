import RungCrypto
import RungLedger

/// One record of an entry with its way to the root of the entry's batch.
struct RecordProof {
    var salt: [UInt8]
    var payload: [UInt8]
    var path: [Digest]

    /// Reads the records of an entry and proves one of them.
    ///
    /// - Throws: `EvidenceError`: damaged when the records are not what the entry binds, refused for an erased record.
    init(_ record: Int, in stored: StoredEntry, _ connection: OpaquePointer) throws {
        let index = record - Int(stored.firstRecord)
        let count = stored.entry.count
        var prover = MerkleProver.inclusion(of: index, in: count)
        var salted: [UInt8] = []
        try Self.forEachLeaf(of: stored, connection) { number, leaf, bytes in
            prover.append(leaf)
            guard number == record else { return }
            guard let bytes else {
                throw EvidenceError(
                    .refused, "the payload of record \(record) was erased; nothing of it can be shown",
                    suggestion: "prove its entry: rung ledger prove --entry \(stored.entry.sequence)")
            }
            salted = Array(bytes.dropFirst())
        }
        guard let path = prover.finish(), salted.count > Commitment.saltLength else {
            throw StoredTree.damaged("record \(record) is missing")
        }
        self.path = path
        salt = Array(salted.prefix(Commitment.saltLength))
        payload = Array(salted.dropFirst(Commitment.saltLength))
    }

    /// Hands over the leaves of an entry's records in their order, each as its number, its hash, and its bytes from the prefix
    /// on unless they were erased.
    private static func forEachLeaf(
        of stored: StoredEntry, _ connection: OpaquePointer, _ body: (Int, Digest, UnsafeRawBufferPointer?) throws -> Void
    ) throws {
        let (first, end) = (Int(stored.firstRecord), Int(stored.firstRecord) + stored.entry.count)
        let codes = try CodeBook(connection, .readOnly)
        let merged = try MergedRecords(connection, codes)
        let erased = try ErasedRecords(connection)
        var payload = PayloadBuffer()
        var streams = try kinds(of: stored.entry).map { kind in
            let reader = try RecordReader(kind, where: "record >= \(first) AND record < \(end)", connection, codes)
            return (reader: reader, next: try reader.next())
        }
        for number in first..<end {
            let stream = streams.firstIndex { $0.next?.record == Int64(number) }
            guard let stored = try stream.flatMap({ streams[$0].next }) ?? merged.twin(Int64(number)) else {
                throw StoredTree.damaged("record \(number) is missing")
            }
            if stored.salt.isEmpty {
                guard let leaf = try erased.leaf(of: stored) else { throw StoredTree.damaged("record \(number) is missing") }
                try body(number, leaf, nil)
            } else {
                let record = try merged.canonical(stored)
                record.salt.withUnsafeBytes { payload.leaf(record.kind, record.values, record.origin, salt: $0) }
                try body(number, Merkle.leaf(prefixed: payload.bytes), payload.bytes)
            }
            if let stream { streams[stream].next = try streams[stream].reader.next() }
        }
    }

    private static func kinds(of entry: LedgerEntry) -> [RecordKind] {
        switch entry.content {
        case .record: RecordCatalog.all.filter { $0.name == entry.kind }
        case .batch(let batch): RecordCatalog.all.filter { batch.kinds[$0.name] != nil }
        }
    }
}
