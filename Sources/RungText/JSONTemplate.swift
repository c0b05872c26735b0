/// JSON whose texts name parts of another value: `{"question": "{{ input.question }}"}`.
///
/// A text that is one name alone becomes the value it names, whatever kind that is; names within a text become text. Keys stay as
/// they are.
public struct JSONTemplate: Sendable, Equatable {
    /// The template as it was written.
    public let source: JSONValue
    /// What is named, in order, each as often as it is.
    public let places: [ValuePath]

    /// Why something is no template; a lower-case fragment.
    public struct Invalid: Error, Sendable, Equatable {
        /// What is wrong.
        public var reason: String

        public init(reason: String) { self.reason = reason }
    }

    /// What a template names and a value does not have.
    public struct Missing: Error, Sendable, Equatable {
        /// As the template writes it.
        public var place: String

        public init(place: String) { self.place = place }
    }

    /// Reads a template.
    public init(_ source: JSONValue) throws(Invalid) {
        self.source = source
        var places: [ValuePath] = []
        try Self.collect(source, &places)
        self.places = places
    }

    /// The template with the values that it names.
    public func filled(from root: JSONValue) throws(Missing) -> JSONValue { try Self.fill(source, root) }

    private static func collect(_ value: JSONValue, _ places: inout [ValuePath]) throws(Invalid) {
        switch value {
        case .string(let text):
            for case .name(let name) in Placeholder.pieces(of: text) {
                guard !name.isEmpty else { throw Invalid(reason: "nothing stands between {{ and }}") }
                do {
                    places.append(try ValuePath(name))
                } catch {
                    throw Invalid(reason: "{{ \(name) }} is no path: \(error.reason)")
                }
            }
        case .array(let items): for item in items { try collect(item, &places) }
        case .object(let members): for member in members { try collect(member.value, &places) }
        case .null, .bool, .number: break
        }
    }

    private static func fill(_ value: JSONValue, _ root: JSONValue) throws(Missing) -> JSONValue {
        switch value {
        case .string(let text): return try fill(text, root)
        case .array(let items):
            var filled: [JSONValue] = []
            for item in items { filled.append(try fill(item, root)) }
            return .array(filled)
        case .object(var members):
            for index in members.indices { members[index].value = try fill(members[index].value, root) }
            return .object(members)
        case .null, .bool, .number: return value
        }
    }

    private static func fill(_ text: String, _ root: JSONValue) throws(Missing) -> JSONValue {
        let pieces = Placeholder.pieces(of: text)
        if pieces.count == 1, case .name(let name) = pieces[0] { return try value(name, root) }
        var filled = ""
        for piece in pieces {
            switch piece {
            case .text(let text): filled += text
            case .name(let name): filled += try value(name, root).plainText
            }
        }
        return .string(filled)
    }

    private static func value(_ name: String, _ root: JSONValue) throws(Missing) -> JSONValue {
        guard let value = (try? ValuePath(name))?.value(in: root) else { throw Missing(place: name) }
        return value
    }
}
