import RungText

/// Reads the common shape of a record's line straight from its bytes: one flat object in ASCII without escapes, `kind`
/// first, every value as declared. It gives up on everything else, and the reader of all shapes takes over and says what is
/// wrong, so nothing is accepted here that would not be there.
///
/// A final class because it remembers the order of the keys and the values that repeat from line to line.
final class FlatParser {
    let record: FlatRecord
    private let fields: [Field]
    /// The tokens that a line of the kind begins with.
    private let opening: [[UInt8]]
    private let required: UInt64
    private let now: Int64
    /// Which field stood at which place of the line before.
    private let order: UnsafeMutableBufferPointer<Int>
    /// Values that were right, by the position of the field; only of fields with a rule.
    private let accepted: [WordTable]
    /// The keys in quotes, one after the other.
    private let keys: UnsafeMutableBufferPointer<UInt8>

    /// What is needed of a field, without anything to retain.
    private struct Field {
        /// The key in quotes.
        let key: UnsafeBufferPointer<UInt8>
        let storage: RecordField.Storage
        let check: Check
        let position: Int
        let isOptional: Bool
    }

    /// What a value must be beyond its type.
    private enum Check {
        case none
        case notBlank
        /// One of a few words or a digest; those that were right are remembered.
        case rule
        case integers(ClosedRange<Int>)
        case numbers(ClosedRange<Double>)
    }

    /// - Parameters:
    ///   - kind: a kind without rules of its own beyond the shape of its fields.
    ///   - now: no time may be later.
    /// - Precondition: the kind has at most 63 fields, and none is a list.
    init(_ kind: RecordKind, now: Timestamp) {
        precondition(kind.isPlain && kind.fields.count < 64, "\(kind.name) has rules that a flat line cannot be held to")
        record = FlatRecord(kind)
        self.now = now.seconds
        opening = ["{", "\"kind\"", ":", "\"\(kind.name)\""].map { Array($0.utf8) }
        let quoted = kind.importable.map { "\"\(kind.fields[$0].name)\"" }
        keys = .allocate(capacity: quoted.joined().utf8.count)
        _ = keys.initialize(from: quoted.joined().utf8)
        var start = 0
        fields = zip(kind.importable, quoted).map { [keys] position, key in
            let field = kind.fields[position]
            defer { start += key.utf8.count }
            return Field(
                key: UnsafeBufferPointer(rebasing: keys[start..<start + key.utf8.count]), storage: field.storage, check: Self.check(field),
                position: position, isOptional: !field.isRequired)
        }
        required = kind.importable.filter { kind.fields[$0].isRequired }.reduce(0) { $0 | 1 << UInt64($1) }
        order = .allocate(capacity: fields.count)
        _ = order.initialize(from: fields.indices)
        accepted = kind.fields.map { _ in WordTable() }
    }

    deinit {
        order.deallocate()
        keys.deallocate()
    }

    private static func check(_ field: RecordField) -> Check {
        switch field.shape {
        case .string(.any)?: .none
        case .string(.nonEmpty)?: .notBlank
        case .integer(let range)?: .integers(range)
        case .number(let range)?: .numbers(range)
        case .string?, .bool?: .rule
        default: preconditionFailure("the field \(field.name) cannot stand in a flat line")
        }
    }

    /// Reads a line; false when it is of another kind, unusual or wrong.
    func parse(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = line.baseAddress else { return false }
        var cursor = Cursor(start, line.count)
        for token in opening where !cursor.take(token: token) { return false }
        record.clear()
        var seen: UInt64 = 0
        var place = 0
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: "}")) { break }
            guard cursor.take(UInt8(ascii: ",")) else { return false }
            cursor.skipSpaces()
            guard let index = key(&cursor, place) else { return false }
            place += 1
            let bit: UInt64 = 1 << UInt64(fields[index].position)
            guard seen & bit == 0, cursor.takeColon() else { return false }
            seen |= bit
            guard value(&cursor, fields[index]) else { return false }
        }
        cursor.skipSpaces()
        guard cursor.isAtEnd else { return false }
        var present: UInt64 = 0
        for position in record.columns.indices where record.has(position) { present |= 1 << UInt64(position) }
        return present & required == required
    }

    /// The field of the key that follows: most often the one that stood at this place before.
    private func key(_ cursor: inout Cursor, _ place: Int) -> Int? {
        if place < order.count, cursor.take(fields[order[place]].key) { return order[place] }
        for (index, field) in fields.enumerated() where cursor.take(field.key) {
            if place < order.count { order[place] = index }
            return index
        }
        return nil
    }

    // MARK: - Values

    private func value(_ cursor: inout Cursor, _ field: Field) -> Bool {
        switch cursor.peek {
        case UInt8(ascii: "\""):
            guard let text = cursor.plainString() else { return false }
            return string(text, field)
        case UInt8(ascii: "t"): return cursor.takeWord("true") && flag(1, field)
        case UInt8(ascii: "f"): return cursor.takeWord("false") && flag(0, field)
        case UInt8(ascii: "n"): return cursor.takeWord("null") && field.isOptional
        default:
            guard let number = cursor.number() else { return false }
            return self.number(number, field)
        }
    }

    private func flag(_ value: Int64, _ field: Field) -> Bool {
        guard case .flag = field.storage else { return false }
        record.columns[field.position].form = .flag
        record.columns[field.position].integer = value
        return true
    }

    private func string(_ text: UnsafeBufferPointer<UInt8>, _ field: Field) -> Bool {
        switch field.storage {
        case .text, .coded:
            guard accepts(text, field) else { return false }
            record.columns[field.position].form = .text
            record.columns[field.position].text = text
            return true
        case .time:
            guard let seconds = PlainTime.seconds(text), seconds >= 0, seconds <= now else { return false }
            record.columns[field.position].form = .time
            record.columns[field.position].integer = seconds
            // A date alone is written out as a time.
            if text.count == 20 { record.columns[field.position].text = text }
            return true
        default: return false
        }
    }

    private func accepts(_ text: UnsafeBufferPointer<UInt8>, _ field: Field) -> Bool {
        switch field.check {
        case .none: return true
        case .notBlank: return text.contains { $0 > 0x20 }
        case .integers, .numbers: return false
        case .rule:
            if accepted[field.position].code(of: text) != nil { return true }
            guard case .string(let rule)? = record.kind.fields[field.position].shape,
                rule.accepts(String(decoding: text, as: UTF8.self))
            else { return false }
            accepted[field.position].insert(text, 0)
            return true
        }
    }

    private func number(_ number: PlainNumber, _ field: Field) -> Bool {
        switch (field.storage, field.check) {
        case (.integer, .integers(let range)):
            guard let value = number.integer, range.contains(value) else { return false }
            record.columns[field.position].form = .integer
            record.columns[field.position].integer = Int64(value)
            return true
        case (.real, .numbers(let range)):
            guard let value = number.real, range.contains(value) else { return false }
            record.columns[field.position].form = .real
            record.columns[field.position].real = value
            if number.isCanonical { record.columns[field.position].text = number.text }
            return true
        default: return false
        }
    }
}
