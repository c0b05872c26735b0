/// Gives records of other stores back as they were there, which is what their digests are made of.
///
/// A class because it owns statements and remembers the last answer.
final class MergedRecords {
    let pieces: MergedPieces
    private let codes: CodeBook
    private let origins: SQLStatement
    private let twins: TwinReader
    /// Records in a row that count as imported here, and what their store says of them.
    private var last: (range: Range<Int64>, origin: RecordOrigin?) = (0..<0, nil)

    init(_ pieces: MergedPieces, _ connection: OpaquePointer, _ codes: CodeBook) throws {
        self.pieces = pieces
        self.codes = codes
        origins = try SQLStatement(
            "SELECT first, count, origin FROM merged_origins WHERE first <= ? ORDER BY first DESC LIMIT 1", on: connection)
        twins = try TwinReader(connection, codes)
    }

    convenience init(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        try self.init(MergedPieces(connection, codes), connection, codes)
    }

    /// The record with the origin and the record numbers of the store in which it was recorded first.
    func canonical(_ record: StoredRecord) throws -> StoredRecord {
        guard !pieces.isEmpty, let piece = pieces.piece(of: record.record) else { return record }
        let origin = piece.isVouchedFor ? nil : try told(of: record.record)
        return StoredRecord(
            kind: record.kind, record: record.record, origin: origin ?? record.origin, salt: record.salt,
            values: pieces.canonicalValues(of: record))
    }

    /// A record that shares its values with another one; nil when there is none of this number.
    func twin(_ record: Int64) throws -> StoredRecord? { pieces.isEmpty ? nil : try twins.twin(record) }

    /// Whether a row of `merged_origins` tells what its store says of a record.
    func isTold(_ record: Int64) throws -> Bool { try told(of: record) != nil }

    /// What its store says of a record that counts as imported here; nil when it says the same.
    private func told(of record: Int64) throws -> RecordOrigin? {
        if last.range.contains(record) { return last.origin }
        origins.bind(1, record)
        let row = try origins.first { row in (first: row.int(0), count: row.int(1), column: row.int(2)) }
        guard let row, record - row.first < row.count, row.count < .max - row.first else { return nil }
        last = (row.first..<row.first + row.count, try RecordOrigin(column: row.column, codes))
        return last.origin
    }
}

/// Writes the table `merged_origins`, records in a row as one row. A class because it owns a statement.
final class MergedOriginWriter {
    private let insert: SQLStatement
    private var open: (first: Int64, count: Int64, column: Int64)?

    init(_ connection: OpaquePointer) throws {
        insert = try SQLStatement("INSERT INTO merged_origins (first, count, origin) VALUES (?, ?, ?)", on: connection)
    }

    /// Notes what its store says of a record that counts as imported here.
    func add(_ record: Int64, column: Int64) throws {
        if let row = open, row.column == column, row.first + row.count == record {
            open?.count += 1
            return
        }
        try finish()
        open = (record, 1, column)
    }

    /// Writes what is still open.
    func finish() throws {
        guard let row = open else { return }
        insert.bind(1, row.first)
        insert.bind(2, row.count)
        insert.bind(3, row.column)
        try insert.run()
        open = nil
    }
}
