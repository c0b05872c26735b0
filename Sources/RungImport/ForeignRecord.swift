internal import RungText

/// An object of a foreign file: asks for members, and turns every wrong one into a diagnostic or a finding.
///
/// Foreign formats grow keys, so an unknown key is no error here; it is a finding, and only when it holds something.
struct ForeignRecord {
    /// Where the object stands in a record, such as `info.task`; empty for the record itself.
    let path: String
    let node: Node
    let file: String

    /// Nil, with a diagnostic, when the node is no object.
    init?(_ node: Node, path: String, file: String, into diagnostics: inout Diagnostics) {
        guard node.members != nil else {
            let name = path.isEmpty ? "a run" : "\"\(path)\""
            diagnostics.append(Diagnostic(file, node.position, "\(name) must be an object, found \(node.foundText)"))
            return nil
        }
        self.path = path
        self.node = node
        self.file = file
    }

    /// The path of a member.
    func name(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// The member when it is there and is what `read` understands; otherwise nil and a diagnostic.
    func required<Value>(
        _ key: String, _ expected: String, into diagnostics: inout Diagnostics, _ read: (Node) -> Value?
    ) -> Value? {
        guard let member = node[key] else {
            let owner = path.isEmpty ? "the run" : "\"\(path)\""
            diagnostics.append(Diagnostic(file, node.position, "\(owner) has no \"\(key)\"", suggestion: "expected \(expected)"))
            return nil
        }
        guard let value = read(member) else {
            let message = "\"\(name(of: key))\" must be \(expected), found \(member.foundText)"
            diagnostics.append(Diagnostic(file, member.position, message))
            return nil
        }
        return value
    }

    /// Notes every member that holds something and is not among `known`.
    func noteUnknown(except known: [String], in findings: inout ImportFindings) {
        for member in node.members ?? [] where !known.contains(member.key) && member.value.holdsSomething {
            findings.note(name(of: member.key), "not carried over", at: member.position)
        }
    }
}

extension Node {
    /// What a message says was found: the kind alone, because the value may be private.
    var foundText: String {
        switch content {
        case .null: "null"
        case .array, .object: "an \(kindName)"
        default: "a \(kindName)"
        }
    }

    /// False for null, an empty text, list or object: leaving those out loses nothing.
    var holdsSomething: Bool {
        switch content {
        case .null: false
        case .string(let text): !text.isEmpty
        case .array(let items): !items.isEmpty
        case .object(let members): !members.isEmpty
        case .bool, .number: true
        }
    }
}
