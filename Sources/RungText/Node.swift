/// A value read from a YAML or JSON document, with the place where it stands.
public struct Node: Sendable {
    public var position: SourcePosition
    public var content: Content

    /// What a node holds; the same for both languages.
    public enum Content: Sendable {
        case null
        case bool(Bool)
        case number(JSONNumber)
        case string(String)
        case array([Node])
        case object([Member])
    }

    /// One key of an object with its own place.
    public struct Member: Sendable {
        public var key: String
        public var position: SourcePosition
        public var value: Node

        public init(key: String, position: SourcePosition, value: Node) {
            self.key = key
            self.position = position
            self.value = value
        }
    }

    public init(_ content: Content, at position: SourcePosition = .start) {
        self.content = content
        self.position = position
    }
}

extension Node {
    /// The value of `key` in an object; nil elsewhere.
    public subscript(key: String) -> Node? {
        guard case .object(let members) = content else { return nil }
        return members.first { $0.key.isExactly(key) }?.value
    }

    public var string: String? { if case .string(let text) = content { text } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = content { flag } else { nil } }
    public var number: JSONNumber? { if case .number(let number) = content { number } else { nil } }
    public var double: Double? { number?.double }
    public var int: Int? { number?.int }
    public var array: [Node]? { if case .array(let items) = content { items } else { nil } }
    public var members: [Member]? { if case .object(let members) = content { members } else { nil } }
    public var isNull: Bool { if case .null = content { true } else { false } }

    /// The strings of an array, or the single string that stands in its place; empty for anything else.
    public var strings: [String] {
        if let string { return [string] }
        return array?.compactMap(\.string) ?? []
    }

    /// A value of a program, as if it stood at one place.
    public init(json: JSONValue, at position: SourcePosition) {
        let content: Content =
            switch json {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .number(let number): .number(number)
            case .string(let text): .string(text)
            case .array(let items): .array(items.map { Node(json: $0, at: position) })
            case .object(let members):
                .object(members.map { Member(key: $0.key, position: position, value: Node(json: $0.value, at: position)) })
            }
        self.init(content, at: position)
    }

    /// The same value without positions.
    public var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let number): .number(number)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.json))
        case .object(let members): .object(members.map { JSONValue.Member($0.key, $0.value.json) })
        }
    }

    /// The word a reader knows the kind by.
    public var kindName: String {
        switch content {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
