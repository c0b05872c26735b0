import GRDBSQLite
import RungLedger
import RungText

/// The canonical bytes of records (RFC 8785). Writer and verifier share this one description.
extension PayloadBuffer {
    /// The whole record as a leaf of its batch: 0x00, salt, and the canonical JSON of content, kind, origin. Empties the
    /// buffer first.
    mutating func leaf(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin, salt: UnsafeRawBufferPointer) {
        removeAll()
        byte(0x00)
        raw(salt.assumingMemoryBound(to: UInt8.self))
        raw("{\"content\":{")
        members(kind, values)
        raw(kind.ending)
        ending(origin)
    }

    /// The same for a record whose values still lie in its line.
    mutating func leaf(_ record: FlatRecord, _ origin: RecordOrigin, salt: UnsafeRawBufferPointer) {
        removeAll()
        byte(0x00)
        raw(salt.assumingMemoryBound(to: UInt8.self))
        raw("{\"content\":{")
        members(record)
        raw(record.kind.ending)
        ending(origin)
    }

    private mutating func ending(_ origin: RecordOrigin) {
        switch origin {
        case .recorded: raw("\"recorded\"}")
        case .imported: raw("\"imported\"}")
        case .source(let name):
            quoted("source:" + name)
            byte(UInt8(ascii: "}"))
        }
    }

    private mutating func members(_ record: FlatRecord) {
        var isFirst = true
        for index in record.columns.indices {
            let column = record.columns[index]
            if column.form == .absent { continue }
            let prefix = record.prefixes[index]
            raw(isFirst ? UnsafeBufferPointer(rebasing: prefix.dropFirst()) : prefix)
            value(column)
            isFirst = false
        }
    }

    private mutating func value(_ column: FlatRecord.Column) {
        switch column.form {
        case .absent: break
        case .text: plain(column.text)
        case .integer: int(column.integer)
        case .flag: if column.integer == 0 { raw("false") } else { raw("true") }
        case .real: if column.text.isEmpty { raw(CanonicalJSON.text(of: column.real)) } else { raw(column.text) }
        case .time: if column.text.isEmpty { quoted(Timestamp(seconds: column.integer).description) } else { plain(column.text) }
        }
    }

    /// Text in quotes that holds nothing to escape.
    private mutating func plain(_ text: UnsafeBufferPointer<UInt8>) {
        byte(UInt8(ascii: "\""))
        raw(text)
        byte(UInt8(ascii: "\""))
    }

    /// The salt of the leaf.
    var salt: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[1..<1 + Commitment.saltLength]) }

    /// What a single record's entry commits to: the bytes of its leaf without the prefix.
    var saltedPayload: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) }

    /// The fields alone; what two records must share to be the same one. Empties the buffer first.
    mutating func content(_ kind: RecordKind, _ values: [FieldValue]) {
        removeAll()
        byte(UInt8(ascii: "{"))
        members(kind, values)
        byte(UInt8(ascii: "}"))
    }

    /// Fields without a value are left out.
    private mutating func members(_ kind: RecordKind, _ values: [FieldValue]) {
        var isFirst = true
        values.withUnsafeBufferPointer { values in
            kind.layout.withUnsafeBufferPointer { layout in
                for index in 0..<values.count {
                    if values[index].isAbsent { continue }
                    raw(isFirst ? "\"" : ",\"")
                    raw(layout[index].key)
                    raw("\":")
                    value(values[index], layout[index].storage)
                    isFirst = false
                }
            }
        }
    }

    private mutating func value(_ value: FieldValue, _ storage: RecordField.Storage) {
        switch value {
        case .integer(let number):
            switch (storage, number) {
            case (.time, _): quoted(Timestamp(seconds: number).description)
            case (.flag, 0): raw("false")
            case (.flag, 1): raw("true")
            default: int(number)
            }
        case .real(let number): raw(number.isFinite ? CanonicalJSON.text(of: number) : "null")
        case .text(let text): if case .json = storage { raw(text) } else { quoted(text) }
        case .digest(let digest): self.digest(digest)
        case .null: raw("null")
        }
    }
}

extension FieldValue {
    /// Faster than comparing with `.null`.
    fileprivate var isAbsent: Bool { if case .null = self { true } else { false } }
}

/// Reads stored records back, in the order in which they were appended.
///
/// A class because it owns a statement.
final class RecordReader {
    let kind: RecordKind
    private let statement: SQLStatement
    private let codes: CodeBook

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
    }

    /// The statement behind, for binding and for starting again.
    var parameters: SQLStatement { statement }

    /// The next record; nil after the last.
    ///
    /// - Throws: `EvidenceError` (damaged) when a value cannot be what the store wrote.
    func next() throws -> StoredRecord? {
        guard try statement.step() else {
            statement.reset()
            return nil
        }
        let record = statement.int(0)
        guard statement.type(1) == SQLITE_INTEGER, let origin = try RecordOrigin(column: statement.int(1), codes) else {
            throw damaged(record, "origin")
        }
        guard statement.type(2) == SQLITE_BLOB else { throw damaged(record, "salt") }
        var values: [FieldValue] = []
        values.reserveCapacity(kind.layout.count)
        for index in kind.layout.indices { values.append(try value(at: index, record)) }
        return StoredRecord(kind: kind, record: record, origin: origin, salt: Array(statement.bytes(2)), values: values)
    }

    private func value(at index: Int, _ record: Int64) throws -> FieldValue {
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
        throw damaged(record, kind.fields[index].column)
    }

    private func damaged(_ record: Int64, _ column: String) -> EvidenceError {
        EvidenceError(
            .damaged, "record \(record) of \(kind.table) has an impossible value in \(column)",
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
