internal import Yams

/// Reads one YAML 1.2 document (core schema) with positions; anchors are resolved, duplicate keys are errors,
/// and so are tags other than `!!str`, `!!seq` and `!!map`.
///
/// A duplicate key is reported where the key stands first, which is what the parser knows.
///
/// Only `true`, `false`, `null`, `~` and JSON-like numbers are more than text: `yes`, `no`, `on`, dates and versions
/// such as `1.10` in quotes stay what the author wrote.
public enum YAMLReader {
    /// Aliases may repeat nodes; beyond this many nodes the document is refused ("billion laughs").
    static let maximumNodes = 1_000_000
    fileprivate static let notText = "a key must be text"

    /// - Throws: `JSONSyntaxError` with the first problem. An empty document is null.
    public static func read(_ text: String) throws(JSONSyntaxError) -> Node {
        var composer = Composer(binaries: nil)
        return try read(text, &composer)
    }

    /// Reads a document that may hold bytes: the places of scalars with the tag `!!binary`, whose texts are base64 with white space.
    ///
    /// - Throws: `JSONSyntaxError` with the first problem. An empty document is null.
    public static func readWithBinaries(_ text: String) throws(JSONSyntaxError) -> (document: Node, binaries: Set<SourcePosition>) {
        var composer = Composer(binaries: [])
        let document = try read(text, &composer)
        return (document, composer.binaries ?? [])
    }

    private static func read(_ text: String, _ composer: inout Composer) throws(JSONSyntaxError) -> Node {
        let composed: Yams.Node?
        let text = text.withoutByteOrderMark
        if let position = YAMLKeyCheck.firstOtherKey(in: text) { throw JSONSyntaxError(position: position, message: notText) }
        do {
            // The basic resolver gives every untagged scalar the same tag, so that `1` and `"1"` are one key, as they are here.
            composed = try Yams.compose(yaml: text, .basic)
        } catch let error as YamlError {
            throw syntaxError(error)
        } catch {
            throw JSONSyntaxError(position: .start, message: "not readable as YAML: \(error)")
        }
        guard let composed else { return Node(.null) }
        return try composer.convert(composed, depth: 0)
    }

    private static func syntaxError(_ error: YamlError) -> JSONSyntaxError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let prefix = context.map { "\($0.text.onOneLine): " } ?? ""
            return JSONSyntaxError(position: position(mark), message: prefix + problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "\"\($0)\"" }.sorted().joined(separator: ", ")
            return JSONSyntaxError(position: position(context.mark), message: "duplicate key \(names)")
        case .reader(let problem, let offset, _, _):
            return JSONSyntaxError(
                position: .start, message: "\(problem)\(offset.map { " at byte \($0)" } ?? "")")
        default:
            return JSONSyntaxError(position: .start, message: "not readable as YAML")
        }
    }

    fileprivate static func position(_ mark: Mark?) -> SourcePosition {
        mark.map { SourcePosition(line: $0.line, column: $0.column) } ?? .start
    }
}

/// Turns what the parser composed into nodes of this project.
private struct Composer {
    /// Where bytes stand; nil where they are not allowed.
    var binaries: Set<SourcePosition>?
    private var budget = YAMLReader.maximumNodes

    init(binaries: Set<SourcePosition>?) { self.binaries = binaries }

    mutating func convert(_ node: Yams.Node, depth: Int) throws(JSONSyntaxError) -> Node {
        let position = YAMLReader.position(node.mark)
        budget -= 1
        guard budget > 0 else {
            throw JSONSyntaxError(position: position, message: "more than \(YAMLReader.maximumNodes) nodes after aliases")
        }
        guard depth < JSONReader.maximumDepth else {
            throw JSONSyntaxError(position: position, message: "nested deeper than \(JSONReader.maximumDepth) levels")
        }
        if binaries != nil, case .scalar(let scalar) = node, scalar.tag.description == Tag.Name.binary.rawValue {
            binaries?.insert(position)
            return Node(.string(scalar.string), at: position)
        }
        try refuseTag(of: node)
        switch node {
        case .scalar(let scalar): return Node(try content(of: scalar, at: position), at: position)
        case .sequence(let sequence):
            var items: [Node] = []
            for item in sequence { items.append(try convert(item, depth: depth + 1)) }
            return Node(.array(items), at: position)
        case .mapping(let mapping):
            var members: [Node.Member] = []
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    throw JSONSyntaxError(position: YAMLReader.position(key.mark), message: YAMLReader.notText)
                }
                try refuseTag(of: key)
                let keyPosition = YAMLReader.position(key.mark)
                if scalar.string == "<<" {
                    throw JSONSyntaxError(position: keyPosition, message: "merge keys (\"<<\") are not supported")
                }
                let value = try convert(value, depth: depth + 1)
                members.append(Node.Member(key: scalar.string, position: keyPosition, value: value))
            }
            return Node(.object(members), at: position)
        case .alias:
            throw JSONSyntaxError(position: position, message: "alias without an anchor")
        }
    }

    /// The tags that change nothing; the parser gives them to keys and to quoted scalars, too.
    private static let plainTags: Set<String> = Set([Tag.Name.implicit, .str, .seq, .map].map(\.rawValue))

    private func refuseTag(of node: Yams.Node) throws(JSONSyntaxError) {
        let tag =
            switch node {
            case .scalar(let scalar): scalar.tag.description
            case .sequence(let sequence): sequence.tag.description
            case .mapping(let mapping): mapping.tag.description
            case .alias(let alias): alias.tag.description
            }
        guard !Self.plainTags.contains(tag) else { return }
        throw JSONSyntaxError(position: YAMLReader.position(node.mark), message: "the tag \"\(tag)\" is not supported")
    }

    private func content(of scalar: Yams.Node.Scalar, at position: SourcePosition) throws(JSONSyntaxError) -> Node.Content {
        let text = scalar.string
        let isText = scalar.tag.description == Tag.Name.str.rawValue
        guard scalar.style == .plain || scalar.style == .any, !isText else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        if let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first),
            case .number(let number)? = try? JSONReader.read(text).content
        {
            return .number(number)
        }
        return .string(text)
    }
}

extension String {
    /// The parser is told that the text is UTF-8 and then takes the mark for a character of the document.
    fileprivate var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
    }

    fileprivate var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
