public import RungText

/// JSON on one line with a space behind each comma and each colon, as Python writes it.
public enum SpacedJSON {
    /// The text of a value; members stay in their order, numbers keep their digits, and text beyond ASCII stays readable.
    public static func text(of value: JSONValue) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes += ", ".utf8 }
                append(item, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes += ", ".utf8 }
                bytes += JSONText.compact(.string(member.key)).utf8
                bytes += ": ".utf8
                append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .null, .bool, .number, .string: bytes += JSONText.compact(value).utf8
        }
    }
}
