/// Texts that name variables of the environment: `Bearer ${TOKEN}`.
public enum VariableText {
    /// A variable that a text names and that is not set.
    public struct Unset: Error, Sendable, Equatable {
        public var name: String

        public init(name: String) { self.name = name }
    }

    /// Why a text cannot be filled, whatever is set; nil when it can.
    public static func problem(in text: String) -> String? {
        var rest = text[...]
        while let open = rest.firstRange(of: "${") {
            guard let close = rest[open.upperBound...].firstIndex(of: "}") else { return "${ is not closed by }" }
            let name = rest[open.upperBound..<close]
            guard isName(name) else { return "${\(name)} names no variable: letters, digits and _ do" }
            rest = rest[rest.index(after: close)...]
        }
        return nil
    }

    /// The variables that a text names, in order.
    public static func names(in text: String) -> [String] {
        var names: [String] = []
        _ = try? filled(text) { name in
            names.append(name)
            return ""
        }
        return names
    }

    /// The text with the values of its variables.
    public static func filled(_ text: String, from variables: (String) -> String?) throws(Unset) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            let name = String(rest[open.upperBound..<close])
            guard let value = variables(name) else { throw Unset(name: name) }
            filled += rest[..<open.lowerBound] + value
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}
