import RungLedger
import RungText

/// The canonical bytes of records (RFC 8785). Writer and verifier share this one description.
extension PayloadBuffer {
    /// The whole record as a leaf of its batch: 0x00, salt, and the canonical JSON of content, kind, origin. Empties the
    /// buffer first.
    mutating func leaf(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin, salt: UnsafeRawBufferPointer) {
        begin(salt: salt)
        members(kind, values)
        end(kind, origin)
    }

    /// The same for a record whose values still lie in its line.
    mutating func leaf(_ record: FlatRecord, _ origin: RecordOrigin, salt: UnsafeRawBufferPointer) {
        begin(salt: salt)
        members(record)
        end(record.kind, origin)
    }

    /// The prefix of a leaf, its salt and the beginning of the record. Empties the buffer first.
    mutating func begin(salt: UnsafeRawBufferPointer) {
        removeAll()
        byte(0x00)
        raw(salt.assumingMemoryBound(to: UInt8.self))
        raw("{\"content\":{")
    }

    /// What follows the fields of a record.
    mutating func end(_ kind: RecordKind, _ origin: RecordOrigin) {
        raw(kind.ending)
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
        case .flag: flag(column.integer)
        case .real: if column.text.isEmpty { raw(CanonicalJSON.text(of: column.real)) } else { raw(column.text) }
        case .time: if column.text.isEmpty { time(column.integer) } else { plain(column.text) }
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
            case (.time, _): time(number)
            case (.flag, _): flag(number)
            default: int(number)
            }
        case .real(let number): real(number)
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
