/// Reads records that have their own salt and share the values of another one. A class because it owns statements.
final class TwinReader {
    private let connection: OpaquePointer
    private let codes: CodeBook
    private let select: SQLStatement
    private var readers: [String: RecordReader] = [:]

    init(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        self.connection = connection
        self.codes = codes
        select = try SQLStatement("SELECT kind, origin, salt, twin FROM merged_twins WHERE record = ?", on: connection)
    }

    /// The record of this number with the values of its twin; nil when there is none.
    func twin(_ record: Int64) throws -> StoredRecord? {
        select.bind(1, record)
        let row = try select.first { row in (kind: row.text(0), origin: row.int(1), salt: Array(row.bytes(2)), twin: row.int(3)) }
        guard let row, let kind = RecordCatalog.all.first(where: { $0.name == row.kind }),
            let origin = try RecordOrigin(column: row.origin, codes), let twin = try stored(kind, row.twin)
        else { return nil }
        return StoredRecord(kind: kind, record: record, origin: origin, salt: row.salt, values: twin.values)
    }

    private func stored(_ kind: RecordKind, _ record: Int64) throws -> StoredRecord? {
        let reader = try readers[kind.name] ?? RecordReader(kind, where: "record = ?", connection, codes)
        readers[kind.name] = reader
        reader.parameters.bind(1, record)
        defer { reader.parameters.reset() }
        return try reader.next()
    }
}
