import RungText

/// Turns a line into the values of one kind of record, fast and without words: whatever is unusual makes it give up, and
/// the shape of the kind then says what is wrong.
///
/// A class because it remembers the order of keys and the last values, which repeat from line to line.
final class RecordParser {
    let kind: RecordKind
    private let positions: [String: Int]
    private let required: [Int]
    private var order: [(key: String, position: Int)] = []
    private var accepted: [String]

    init(_ kind: RecordKind) {
        self.kind = kind
        positions = Dictionary(kind.importable.map { (kind.fields[$0].name, $0) }) { first, _ in first }
        required = kind.importable.filter { kind.fields[$0].isRequired }
        accepted = [String](repeating: "", count: kind.fields.count)
    }

    /// The record on a line; nil when anything about it is not as declared.
    ///
    /// - Parameter ignored: called for members that the store computes itself.
    func draft(from node: Node, ignored: (Node.Member) -> Void) -> RecordDraft? {
        guard let members = node.members else { return nil }
        var draft = RecordDraft(kind)
        for (index, member) in members.enumerated() where member.key != "kind" {
            guard let position = position(of: member.key, at: index) else {
                guard kind.computed.contains(member.key) else { return nil }
                ignored(member)
                continue
            }
            let field = kind.fields[position]
            if member.value.isNull, !field.isRequired { continue }
            guard let value = value(of: member.value, field, position) else { return nil }
            draft.values[position] = value
        }
        for position in required where draft.values[position].isNull { return nil }
        return draft
    }

    private func position(of key: String, at index: Int) -> Int? {
        if index < order.count, order[index].key == key { return order[index].position }
        guard let position = positions[key] else { return nil }
        while order.count <= index { order.append(("", 0)) }
        order[index] = (key, position)
        return position
    }

    private func value(of node: Node, _ field: RecordField, _ position: Int) -> FieldValue? {
        switch (field.storage, node.content) {
        case (.text, .string(let text)), (.coded, .string(let text)):
            return accepts(text, field, position) ? .text(text) : nil
        case (.time, .string(let text)): return Timestamp(text).map { .time($0) }
        case (.flag, .bool(let flag)): return .flag(flag)
        case (.integer, .number(let number)), (.reference, .number(let number)):
            guard case .integer(let range)? = field.shape, let value = number.int, range.contains(value) else { return nil }
            return .integer(Int64(value))
        case (.real, .number(let number)):
            let value = number.double
            guard case .number(let range)? = field.shape, range.contains(value) else { return nil }
            return .real(value)
        case (.json, .array), (.json, .object): return field.accepts(node) ? .json(node.json) : nil
        case (.coded, .object): return field.accepts(node) ? .json(node.json) : nil
        default: return nil
        }
    }

    private func accepts(_ text: String, _ field: RecordField, _ position: Int) -> Bool {
        guard case .string(let rule)? = field.shape else { return false }
        switch rule {
        case .any: return true
        case .nonEmpty: return Self.isText(text)
        case .oneOf, .digest, .identifier, .timestamp, .duration: break
        }
        if !text.isEmpty, accepted[position] == text { return true }
        guard rule.accepts(text) else { return false }
        accepted[position] = text
        return true
    }

    private static func isText(_ text: String) -> Bool { text.utf8.contains { $0 > 0x20 } }
}

extension RecordField {
    /// Whether a list or mapping is as declared.
    fileprivate func accepts(_ node: Node) -> Bool {
        guard let shape else { return false }
        if case .array(.string(.nonEmpty), atLeast: 0) = shape, let items = node.array {
            return items.allSatisfy { $0.string.map { $0.utf8.contains { $0 > 0x20 } } ?? false }
        }
        var found = Diagnostics()
        shape.check(node, file: "", into: &found)
        return found.isEmpty
    }
}

extension StringRule {
    /// The rules that evidence uses; others are left to the shape.
    func accepts(_ text: String) -> Bool {
        switch self {
        case .oneOf(let words): return words.contains(text)
        case .digest:
            let utf8 = text.utf8
            return utf8.count == 71 && text.hasPrefix("sha256:")
                && utf8.dropFirst(7).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        default: return false
        }
    }
}

extension RecordDraft {
    /// What messages call the record: its kind and the values that tell it apart.
    var title: String {
        let names = kind.identity.map { key -> String in
            let position = kind.position(of: key)
            if case .time = kind.fields[position].storage, let time = values[position].time { return time.date }
            return values[position].text ?? values[position].integer.map { "\($0)" } ?? "-"
        }
        return "\(kind.name) \"\(names.joined(separator: "/"))\""
    }
}
