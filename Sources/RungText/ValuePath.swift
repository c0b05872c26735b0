/// A place inside a JSON value: an RFC 6901 pointer (`/rows/0/name`, or nothing for the whole) or dots (`rows[0].name`).
public struct ValuePath: Sendable, Equatable {
    /// The keys and indices from the outside in; a number is an index in lists and a key in objects.
    public let steps: [String]
    /// The path as it was written.
    public let source: String

    /// Why a text is not a path; a lower-case fragment.
    public struct Invalid: Error, Sendable, Equatable {
        /// What is wrong with it.
        public var reason: String

        public init(reason: String) { self.reason = reason }
    }

    /// Reads a path; a text that is empty or starts with a slash is a pointer.
    public init(_ source: String) throws(Invalid) {
        self.source = source
        steps = source.isEmpty || source.hasPrefix("/") ? try Self.pointer(source) : try Self.dotted(source)
    }

    /// The place of a key at the top, whatever characters it has.
    public init(key: String) {
        source = key
        steps = [key]
    }

    /// The value at this place; nil when there is none.
    public func value(in root: JSONValue) -> JSONValue? {
        var value = root
        for step in steps {
            guard let next = Self.child(step, of: value) else { return nil }
            value = next
        }
        return value
    }

    /// The value without what stands at this place; the whole becomes null, list entries become null.
    ///
    /// Objects on the way that are empty then go too, so that a value without them becomes the same.
    public func removed(from root: JSONValue) -> JSONValue { Self.remove(steps[...], from: root) }

    private static func child(_ step: String, of value: JSONValue) -> JSONValue? {
        switch value {
        case .object: return value[step]
        case .array(let items):
            guard let index = index(step), index < items.count else { return nil }
            return items[index]
        default: return nil
        }
    }

    private static func remove(_ steps: ArraySlice<String>, from value: JSONValue) -> JSONValue {
        guard let step = steps.first else { return .null }
        switch value {
        case .object(var members):
            guard let place = members.firstIndex(where: { $0.key.isExactly(step) }) else { return value }
            if steps.count == 1 {
                members.remove(at: place)
            } else {
                members[place].value = remove(steps.dropFirst(), from: members[place].value)
                if members[place].value.members?.isEmpty == true { members.remove(at: place) }
            }
            return .object(members)
        case .array(var items):
            guard let index = index(step), index < items.count else { return value }
            items[index] = remove(steps.dropFirst(), from: items[index])
            return .array(items)
        default: return value
        }
    }

    /// A list index by RFC 6901: digits without leading zeros.
    private static func index(_ step: String) -> Int? {
        guard step.utf8.allSatisfy({ (48...57).contains($0) }), step == "0" || !step.hasPrefix("0") else { return nil }
        return Int(step)
    }

    private static func pointer(_ source: String) throws(Invalid) -> [String] {
        var steps: [String] = []
        for part in source.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            var step = ""
            var rest = part.unicodeScalars[...]
            while let scalar = rest.popFirst() {
                guard scalar == "~" else {
                    step.unicodeScalars.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "0": step.append("~")
                case "1": step.append("/")
                default: throw Invalid(reason: "in a pointer \"~\" is written \"~0\" and \"/\" inside a key \"~1\"")
                }
            }
            steps.append(step)
        }
        return steps
    }

    private static func dotted(_ source: String) throws(Invalid) -> [String] {
        guard !source.hasPrefix("$") else {
            throw Invalid(reason: "paths do not start with \"$\"; write rows[0].name or /rows/0/name")
        }
        var steps: [String] = []
        for part in source.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let key = pieces.first, !key.isEmpty || (steps.isEmpty && pieces.count > 1) else {
                throw Invalid(reason: "a key between dots is empty; write keys with dots in them as a pointer such as /a.b/c")
            }
            guard !key.contains("]") else { throw Invalid(reason: "a bracket is closed that was not opened") }
            if !key.isEmpty { steps.append(String(key)) }
            for piece in pieces.dropFirst() {
                guard piece.hasSuffix("]"), index(String(piece.dropLast())) != nil, piece.count > 1 else {
                    throw Invalid(
                        reason: "brackets hold a list index, as in rows[0]; write other keys as a pointer such as /rows/0")
                }
                steps.append(String(piece.dropLast()))
            }
        }
        return steps
    }
}
