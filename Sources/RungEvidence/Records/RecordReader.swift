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
        let record = statement.int(0)
        var values: [FieldValue] = []
        values.reserveCapacity(kind.layout.count)
        for index in kind.layout.indices { values.append(try value(at: index, record)) }
        return StoredRecord(kind: kind, record: record, origin: try origin(), salt: try Array(salt()), values: values)
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

    private func value(at index: Int, _ record: Int64) throws -> FieldValue {
        let column = index + 3
        let type = statement.type(column)
        if type == SQLITE_NULL { return .null }
        switch kind.layout[index].storage {
        case .integer, .flag, .reference, .time: return .integer(statement.int(column))
        case .real: return .real(statement.double(column))
        case .text, .json:
            guard type == SQLITE_TEXT else { throw damaged(kind.fields[index].column) }
            return .text(statement.text(column))
        case .coded:
            guard let word = try codes.word(of: statement.int(column)) else { throw damaged(kind.fields[index].column) }
            return .text(word)
        case .digest:
            guard let digest = statement.digest(column) else { throw damaged(kind.fields[index].column) }
            return .digest(digest)
        }
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
            switch kind.layout[index].storage {
            case .integer, .reference: payload.int(statement.int(column))
            case .flag: payload.flag(statement.int(column))
            case .time: payload.time(statement.int(column))
            case .real: payload.real(statement.double(column))
            case .coded:
                guard try words.write(statement.int(column), to: &payload) else { throw damaged(kind.fields[index].column) }
            case .text, .json:
                guard type == SQLITE_TEXT else { throw damaged(kind.fields[index].column) }
                let text = statement.bytes(column).assumingMemoryBound(to: UInt8.self)
                if case .json = kind.layout[index].storage { payload.raw(text) } else { payload.quoted(text) }
            case .digest:
                guard let digest = statement.digest(column) else { throw damaged(kind.fields[index].column) }
                payload.digest(digest)
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
