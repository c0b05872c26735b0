import GRDBSQLite
import RungLedger
import RungText

/// Reads stored records back, in the order in which they were appended.
///
/// A class because it owns a statement.
final class RecordReader {
    let kind: RecordKind
    private let statement: SQLStatement
    private let codes: CodeBook
    /// What stands before each value in the canonical bytes: comma, key, colon; without the comma for the first.
    private let prefixes: [UnsafeBufferPointer<UInt8>]
    /// The record at hand; nil before the first and after the last.
    private(set) var number: Int64?
    /// The origin that was read last; it repeats from record to record.
    private var lastOrigin: (column: Int64, origin: RecordOrigin) = (0, .recorded)

    /// - Parameter condition: SQL over the columns of the table; parameters are bound through `statement`.
    init(
        _ kind: RecordKind, where condition: String = "TRUE", order: String = "record", _ connection: OpaquePointer, _ codes: CodeBook
    )
        throws
    {
        self.kind = kind
        self.codes = codes
        let columns = kind.fields.map(\.column).joined(separator: ", ")
        statement = try SQLStatement(
            "SELECT record, origin, salt, \(columns) FROM \(kind.table) WHERE \(condition) ORDER BY \(order)", on: connection)
        prefixes = kind.fields.map { field in
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: field.name.utf8.count + 4)
            _ = bytes.initialize(from: ",\"\(field.name)\":".utf8)
            return UnsafeBufferPointer(bytes)
        }
    }

    deinit { for prefix in prefixes { prefix.deallocate() } }

    /// The statement behind, for binding and for starting again.
    var parameters: SQLStatement { statement }

    /// The next record; nil after the last.
    ///
    /// - Throws: `EvidenceError` (damaged) when a value cannot be what the store wrote.
    func next() throws -> StoredRecord? { try advance() ? try record() : nil }

    /// Goes to the next record; false after the last.
    func advance() throws -> Bool {
        guard try statement.step() else {
            statement.reset()
            number = nil
            return false
        }
        number = statement.int(0)
        return true
    }

    // MARK: - The record at hand

    func record() throws -> StoredRecord {
        var values: [FieldValue] = []
        values.reserveCapacity(kind.layout.count)
        for index in kind.layout.indices { values.append(try value(at: index)) }
        return StoredRecord(kind: kind, record: statement.int(0), origin: try origin(), salt: try Array(salt()), values: values)
    }

    /// What the column `origin` says.
    var originColumn: Int64 { statement.int(1) }

    /// Whether the payload was erased.
    var isErased: Bool { statement.bytes(2).isEmpty }

    /// When it happened; nil for kinds and records that only the ledger dates.
    var seconds: Int64? { kind.timePosition.flatMap { statement.optionalInt($0 + 3) } }

    /// The number in a column by the position of its field; 0 where there is none.
    func code(_ position: Int) -> Int64 { statement.int(position + 3) }

    func has(_ position: Int) -> Bool { !statement.isNull(position + 3) }

    /// The bytes of a text by the position of its field, valid until the reader goes on.
    func text(_ position: Int) -> UnsafeBufferPointer<UInt8> { statement.bytes(position + 3).assumingMemoryBound(to: UInt8.self) }

    /// The word in a column by the position of its field.
    func word(_ position: Int) throws -> String? { has(position) ? try codes.word(of: code(position)) : nil }

    func origin() throws -> RecordOrigin {
        guard statement.type(1) == SQLITE_INTEGER else { throw damaged("origin") }
        let column = statement.int(1)
        if column == lastOrigin.column { return lastOrigin.origin }
        guard let origin = try RecordOrigin(column: column, codes) else { throw damaged("origin") }
        lastOrigin = (column, origin)
        return origin
    }

    private func salt() throws -> UnsafeRawBufferPointer {
        guard statement.type(2) == SQLITE_BLOB else { throw damaged("salt") }
        return statement.bytes(2)
    }

    private func value(at index: Int) throws -> FieldValue {
        let column = index + 3
        // A value of another type may give the same bytes, and no query would find it.
        switch (kind.layout[index].storage, statement.type(column)) {
        case (_, SQLITE_NULL): return .null
        case (.integer, SQLITE_INTEGER), (.flag, SQLITE_INTEGER), (.reference, SQLITE_INTEGER), (.time, SQLITE_INTEGER):
            return .integer(statement.int(column))
        case (.real, SQLITE_FLOAT): return .real(statement.double(column))
        case (.text, SQLITE_TEXT), (.json, SQLITE_TEXT): return .text(statement.text(column))
        case (.coded, SQLITE_INTEGER): if let word = try codes.word(of: statement.int(column)) { return .text(word) }
        case (.digest, SQLITE_BLOB): if let digest = statement.digest(column) { return .digest(digest) }
        default: break
        }
        throw damaged(kind.fields[index].column)
    }

    // MARK: - Bytes

    /// Puts the leaf of the record at hand into a buffer, straight from its columns; the same bytes as those of `record()`.
    ///
    /// - Throws: `EvidenceError` (damaged) when a value cannot be what the store wrote.
    func leaf(into payload: inout PayloadBuffer, _ words: QuotedWords) throws {
        payload.begin(salt: try salt())
        var isFirst = true
        for index in prefixes.indices {
            let column = index + 3
            let type = statement.type(column)
            if type == SQLITE_NULL { continue }
            payload.raw(isFirst ? UnsafeBufferPointer(rebasing: prefixes[index].dropFirst()) : prefixes[index])
            isFirst = false
            switch (kind.layout[index].storage, type) {
            case (.integer, SQLITE_INTEGER), (.reference, SQLITE_INTEGER): payload.int(statement.int(column))
            case (.flag, SQLITE_INTEGER): payload.flag(statement.int(column))
            case (.time, SQLITE_INTEGER): payload.time(statement.int(column))
            case (.real, SQLITE_FLOAT): payload.real(statement.double(column))
            case (.coded, SQLITE_INTEGER):
                guard try words.write(statement.int(column), to: &payload) else { throw damaged(kind.fields[index].column) }
            case (.text, SQLITE_TEXT): payload.quoted(statement.bytes(column).assumingMemoryBound(to: UInt8.self))
            case (.json, SQLITE_TEXT): payload.raw(statement.bytes(column).assumingMemoryBound(to: UInt8.self))
            case (.digest, SQLITE_BLOB):
                guard let digest = statement.digest(column) else { throw damaged(kind.fields[index].column) }
                payload.digest(digest)
            default: throw damaged(kind.fields[index].column)
            }
        }
        payload.end(kind, try origin())
    }

    private func damaged(_ column: String) -> EvidenceError {
        EvidenceError(
            .damaged, "record \(statement.int(0)) of \(kind.table) has an impossible value in \(column)",
            suggestion: "`rung ledger verify` names the first broken entry")
    }
}

/// A record as it lies in the store.
struct StoredRecord {
    let kind: RecordKind
    /// Counts all records of all kinds together, from 0.
    let record: Int64
    /// How far it is believed here.
    let origin: RecordOrigin
    let salt: [UInt8]
    let values: [FieldValue]

    /// The value of a field by its key.
    subscript(name: String) -> FieldValue { values[kind.position(of: name)] }
}
