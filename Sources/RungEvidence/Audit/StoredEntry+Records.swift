import RungCrypto
import RungLedger

extension StoredEntry {
    /// The entry that binds a record; nil while the record waits for its entry, and when there is no such record.
    static func binding(_ record: Int64, _ connection: OpaquePointer) throws -> StoredEntry? {
        let select = try SQLStatement(
            "SELECT \(columns) FROM ledger_entries WHERE first_record <= \(record) ORDER BY first_record DESC LIMIT 1", on: connection)
        guard let entry = try select.first({ StoredEntry($0) }) ?? nil else { return nil }
        return record < entry.firstRecord + Int64(entry.entry.count) ? entry : nil
    }

    /// Whether all records of the entry can be read and are what it commits to.
    ///
    /// - Throws: `EvidenceError` when the file cannot be read; records that are damaged or missing are an answer.
    func bindsItsRecords(_ connection: OpaquePointer, _ codes: CodeBook) throws -> Bool {
        do {
            return try recomputed(connection, codes)
        } catch let error as EvidenceError where error.kind == .damaged {
            return false
        }
    }

    private func recomputed(_ connection: OpaquePointer, _ codes: CodeBook) throws -> Bool {
        let names: Set<String> =
            switch entry.content {
            case .record: [entry.kind]
            case .batch(let batch): Set(batch.kinds.keys)
            }
        let end = firstRecord + Int64(entry.count)
        var streams = try RecordCatalog.all.filter { names.contains($0.name) }.map { kind in
            let reader = try RecordReader(kind, where: "record >= \(firstRecord) AND record < \(end)", connection, codes)
            return (reader: reader, next: try reader.next())
        }
        defer { for stream in streams { stream.reader.parameters.reset() } }
        let merged = try MergedRecords(connection, codes)
        var payload = PayloadBuffer()
        var tree = MerkleFrontier()
        var commitment: Digest?
        for number in firstRecord..<end {
            let index = streams.firstIndex { $0.next?.record == number }
            guard let stored = try index.flatMap({ streams[$0].next }) ?? merged.twin(number) else { return false }
            let record = try merged.canonical(stored)
            record.salt.withUnsafeBytes { payload.leaf(record.kind, record.values, record.origin, salt: $0) }
            if commitment == nil { commitment = Commitment.digest(saltedPayload: payload.saltedPayload) }
            tree.append(Merkle.leaf(prefixed: payload.bytes))
            if let index { streams[index].next = try streams[index].reader.next() }
        }
        return switch entry.content {
        case .record(let stored): stored == commitment
        case .batch(let stored): stored.root == tree.root
        }
    }
}
