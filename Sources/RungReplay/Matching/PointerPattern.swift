/// Places in a JSON value: a JSON pointer (RFC 6901) in which `*` stands for every member or element.
public struct PointerPattern: Sendable, Hashable, CustomStringConvertible {
    /// The names between the slashes, with `~1` and `~0` undone; never empty.
    let parts: [String]

    /// Reads `/messages/*/tool_call_id`; nil when it does not start with a slash, names nothing, or has a wrong escape.
    public init?(_ text: String) {
        guard text.hasPrefix("/"), text.utf8.count > 1 else { return nil }
        var parts: [String] = []
        for piece in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let tildes = piece.split(separator: "~", omittingEmptySubsequences: false).dropFirst()
            guard tildes.allSatisfy({ $0.first == "0" || $0.first == "1" }) else { return nil }
            parts.append(String(piece).replacing("~1", with: "/").replacing("~0", with: "~"))
        }
        // No JSON that is read is nested deeper.
        guard parts.count <= 128 else { return nil }
        self.parts = parts
    }

    /// The pattern as it is written in files.
    public var description: String { parts.map { "/" + Self.escaped($0) }.joined() }

    /// One name as it stands in a pointer.
    static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
        return name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
