import RungCrypto
import RungLedger

/// One record of an entry with its way to the root of the entry's batch.
struct RecordProof {
    var salt: [UInt8]
    var payload: [UInt8]
    var path: [Digest]

    /// Reads the records of an entry and proves one of them.
    ///
    /// - Throws: `EvidenceError` (damaged) when the records are not what the entry binds.
    init(_ record: Int, in stored: StoredEntry, _ connection: OpaquePointer) throws {
        let index = record - Int(stored.firstRecord)
        let count = stored.entry.count
        var prover = MerkleProver.inclusion(of: index, in: count)
        var salted: [UInt8] = []
        try Self.forEachLeaf(of: stored, connection) { number, leaf in
            prover.append(Merkle.leaf(prefixed: leaf))
            if number == record { salted = Array(leaf.dropFirst()) }
        }
        guard let path = prover.finish(), salted.count > Commitment.saltLength else {
            throw StoredTree.damaged("record \(record) is missing")
        }
        self.path = path
        salt = Array(salted.prefix(Commitment.saltLength))
        payload = Array(salted.dropFirst(Commitment.saltLength))
    }

    /// Hands over the leaves of an entry's records in their order, each as its number and its bytes from the prefix on.
    private static func forEachLeaf(
        of stored: StoredEntry, _ connection: OpaquePointer, _ body: (Int, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let (first, end) = (Int(stored.firstRecord), Int(stored.firstRecord) + stored.entry.count)
        let codes = try CodeBook(connection, .readOnly)
        var payload = PayloadBuffer()
        var streams = try kinds(of: stored.entry).map { kind in
            let reader = try RecordReader(kind, where: "record >= \(first) AND record < \(end)", connection, codes)
            return (reader: reader, next: try reader.next())
        }
        for number in first..<end {
            guard let stream = streams.firstIndex(where: { $0.next?.record == Int64(number) }), let record = streams[stream].next else {
                throw StoredTree.damaged("record \(number) is missing")
            }
            record.salt.withUnsafeBytes { payload.leaf(record.kind, record.values, record.origin, salt: $0) }
            try body(number, payload.bytes)
            streams[stream].next = try streams[stream].reader.next()
        }
    }

    private static func kinds(of entry: LedgerEntry) -> [RecordKind] {
        switch entry.content {
        case .record: RecordCatalog.all.filter { $0.name == entry.kind }
        case .batch(let batch): RecordCatalog.all.filter { batch.kinds[$0.name] != nil }
        }
    }
}
