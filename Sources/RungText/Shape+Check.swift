extension Shape {
    /// Reports every way in which `node` differs from this shape, in order of position.
    ///
    /// - Parameters:
    ///   - node: the value; a null stands for "left out" in members that are not required.
    ///   - file: the path to name in diagnostics.
    ///   - name: what the value is called in messages, such as `"trials"`.
    public func check(_ node: Node, file: String, name: String = "the document", into diagnostics: inout Diagnostics) {
        var checker = ShapeChecker(file: file)
        checker.check(node, self, .plain(name))
        diagnostics.append(contentsOf: checker.diagnostics)
    }
}

private struct ShapeChecker {
    let file: String
    var diagnostics = Diagnostics()

    mutating func report(_ position: SourcePosition, _ message: String, _ suggestion: String? = nil) {
        diagnostics.append(Diagnostic(file, position, message, suggestion: suggestion))
    }

    mutating func check(_ node: Node, _ shape: Shape, _ name: Subject) {
        switch shape {
        case .any: return
        case .bool:
            if node.bool == nil { mismatch(node, name, "true or false") }
        case .string(let rule):
            guard let text = node.string else { return mismatch(node, name, rule.expectation, rule.hint(for: node)) }
            check(text, rule, node, name)
        case .integer(let range):
            guard let number = node.number else { return mismatch(node, name, "a whole number") }
            guard let value = number.int, range.contains(value) else {
                return mismatch(node, name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range):
            guard let number = node.number else { return mismatch(node, name, "a number") }
            guard range.contains(number.double) else {
                return mismatch(node, name, "a number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .array(let element, let minimum):
            guard let items = node.array else { return mismatch(node, name, "a list") }
            if items.count < minimum {
                report(node.position, "\(name) needs at least \(minimum) \(minimum == 1 ? "entry" : "entries"), found \(items.count)")
            }
            for item in items { check(item, element, name.entry) }
        case .map(let element):
            guard let members = node.members else { return mismatch(node, name, "a mapping") }
            for member in members { check(member.value, element, .key(member.key)) }
        case .object(let object): check(node, object, name)
        case .tagged(let tag, let cases): check(node, tag: tag, cases, name)
        case .either(let alternatives): check(node, alternatives, name)
        }
    }

    mutating func check(_ node: Node, _ object: ObjectShape, _ name: Subject, ignoring tag: String? = nil) {
        guard let members = node.members else { return mismatch(node, name, "a mapping") }
        for member in members where member.key != tag {
            guard let field = object.fields.first(where: { $0.key == member.key }) else {
                report(
                    member.position, "unknown key \"\(member.key)\" in \(name)",
                    NearestWord.suggestion(for: member.key, among: object.keys))
                continue
            }
            if member.value.isNull, !field.isRequired { continue }
            check(member.value, field.shape, .key(member.key))
        }
        for field in object.fields where field.isRequired && field.key != tag {
            guard !members.contains(where: { $0.key == field.key }) else { continue }
            report(node.position, "\(name) has no \"\(field.key)\"", "add \(field.key): \(field.summary)")
        }
    }

    mutating func check(_ node: Node, tag: String, _ cases: [ObjectShape], _ name: Subject) {
        guard node.members != nil else { return mismatch(node, name, "a mapping with \"\(tag)\"") }
        guard let value = node[tag] else {
            let known = cases.map(\.name).joined(separator: ", ")
            return report(node.position, "\(name) has no \"\(tag)\"", "add \(tag): one of \(known)")
        }
        guard let word = value.string, let match = cases.first(where: { $0.name == word }) else {
            let word = value.json.plainText
            return report(value.position, "unknown \(tag) \"\(word)\"", NearestWord.suggestion(for: word, among: cases.map(\.name)))
        }
        check(node, match, .plain(match.name), ignoring: tag)
    }

    mutating func check(_ node: Node, _ alternatives: [Shape], _ name: Subject) {
        for alternative in alternatives {
            var attempt = ShapeChecker(file: file)
            attempt.check(node, alternative, name)
            if attempt.diagnostics.isEmpty { return }
            if alternative.accepts(kindOf: node) { return diagnostics.append(contentsOf: attempt.diagnostics) }
        }
        mismatch(node, name, alternatives.map(\.expectation).joined(separator: " or "))
    }

    mutating func check(_ text: String, _ rule: StringRule, _ node: Node, _ name: Subject) {
        guard !rule.accepts(text) else { return }
        if case .oneOf(let words) = rule {
            report(node.position, "\(name) is \"\(text)\"", NearestWord.suggestion(for: text, among: words))
        } else {
            mismatch(node, name, rule.expectation)
        }
    }

    mutating func mismatch(_ node: Node, _ name: Subject, _ expected: String, _ hint: String? = nil) {
        let value = node.json.plainText
        let shown = value.utf8.count <= 40 && !value.contains("\n") ? "\(node.kindName) \(value)" : "a \(node.kindName)"
        report(node.position, "\(name) must be \(expected), found \(node.isNull ? "nothing" : shown)", hint)
    }
}

/// What a message calls a value; only put into words when there is a message.
private enum Subject: CustomStringConvertible {
    case plain(String)
    case key(String)
    indirect case entryOf(Subject)

    var entry: Subject { .entryOf(self) }

    var description: String {
        switch self {
        case .plain(let text): text
        case .key(let key): "\"\(key)\""
        case .entryOf(let list): "an entry of \(list)"
        }
    }
}

extension Shape {
    /// What a message says was expected.
    var expectation: String {
        switch self {
        case .any: "a value"
        case .bool: "true or false"
        case .string(let rule): rule.expectation
        case .integer: "a whole number"
        case .number: "a number"
        case .array: "a list"
        case .map, .object, .tagged: "a mapping"
        case .either(let alternatives): alternatives.map(\.expectation).joined(separator: " or ")
        }
    }

    func accepts(kindOf node: Node) -> Bool {
        switch (self, node.content) {
        case (.any, _), (.bool, .bool), (.string, .string), (.integer, .number), (.number, .number), (.array, .array),
            (.map, .object), (.object, .object), (.tagged, .object):
            true
        case (.either(let alternatives), _): alternatives.contains { $0.accepts(kindOf: node) }
        default: false
        }
    }
}

extension StringRule {
    func accepts(_ text: String) -> Bool {
        switch self {
        case .any: true
        case .nonEmpty: text.utf8.contains { $0 > 0x20 }
        case .oneOf(let words): words.contains(text)
        case .identifier: Self.isIdentifier(text)
        case .timestamp: Timestamp(text) != nil
        case .duration: DurationText.milliseconds(text) != nil
        case .digest: text.utf8.count == 71 && text.hasPrefix("sha256:") && text.utf8.dropFirst(7).allSatisfy(Self.isHex)
        }
    }

    var expectation: String {
        switch self {
        case .any: "text"
        case .nonEmpty: "text that is not empty"
        case .oneOf(let words): "one of \(words.joined(separator: ", "))"
        case .identifier: "an identifier (letters, digits, \".\", \"_\", \"-\", \"/\", \":\"; at most 200)"
        case .timestamp: "a UTC time such as 2026-09-30T12:00:00Z, or a date"
        case .duration: "a duration such as 500ms, 30s, 5m, 2h or 7d"
        case .digest: "a digest (sha256: and 64 hexadecimal digits)"
        }
    }

    /// YAML reads `on`-like words and bare numbers as values; say how to keep them text.
    func hint(for node: Node) -> String? {
        switch node.content {
        case .bool, .number: "put it in quotes to make it text"
        default: nil
        }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte)
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 200, isAlphanumeric(first) else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || ".-_/:".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
