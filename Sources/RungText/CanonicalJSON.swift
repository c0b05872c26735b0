/// Canonical JSON after RFC 8785: the one byte sequence of a value, for digests and signatures.
///
/// Keys are sorted by UTF-16 code units, numbers are written as ECMAScript writes binary64, nothing is indented.
/// Integers beyond 2^53 lose digits, as the RFC says; keep such values in strings. Numbers beyond binary64 (`1e400`),
/// which the RFC excludes, keep their own text, so that two of them never share their bytes with each other or with null.
public enum CanonicalJSON {
    public static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONText()
        write(value, into: &writer)
        return writer.bytes
    }

    /// The bytes of a value that was read from a file; the same as those of `node.json`, without making that first.
    public static func bytes(of node: Node) -> [UInt8] {
        var writer = JSONText()
        write(node, into: &writer)
        return writer.bytes
    }

    /// The number as ECMAScript's Number::toString gives it.
    ///
    /// - Precondition: the value is finite.
    public static func text(of value: Double) -> String {
        precondition(value.isFinite, "JSON has no NaN and no infinity")
        if value == 0 { return "0" }
        if value.rounded(.towardZero) == value, abs(value) < 9_007_199_254_740_992 { return String(Int(value)) }
        let (digits, exponent) = shortestDigits(of: abs(value))
        return (value < 0 ? "-" : "") + layout(digits, exponent)
    }

    private static func write(_ value: JSONValue, into writer: inout JSONText) {
        switch value {
        case .number(let number): write(number, into: &writer)
        case .array(let items):
            writer.beginArray()
            for item in items { write(item, into: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for index in order(of: members.count, { members[$0].key }) {
                writer.key(members[index].key)
                write(members[index].value, into: &writer)
            }
            writer.endObject()
        default: writer.value(value)
        }
    }

    private static func write(_ node: Node, into writer: inout JSONText) {
        switch node.content {
        case .null: writer.null()
        case .bool(let flag): writer.bool(flag)
        case .string(let text): writer.string(text)
        case .number(let number): write(number, into: &writer)
        case .array(let items):
            writer.beginArray()
            for item in items { write(item, into: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for index in order(of: members.count, { members[$0].key }) {
                writer.key(members[index].key)
                write(members[index].value, into: &writer)
            }
            writer.endObject()
        }
    }

    private static func write(_ number: JSONNumber, into writer: inout JSONText) {
        // Whole numbers of up to fifteen digits are canonical as they stand, but for "-0".
        if number.text.utf8.count <= 15, number.text != "-0", Int(number.text) != nil { return writer.raw(number.text) }
        let double = number.double
        if double.isFinite { writer.double(double) } else { writer.raw(number.text) }
    }

    /// The indices of an object's members in the order of their keys. Insertion for the few members that objects have;
    /// the members themselves are not moved.
    private static func order(of count: Int, _ key: (Int) -> String) -> [Int] {
        var order = Array(0..<count)
        guard count <= 24 else { return order.sorted { precedes(key($0), key($1)) } }
        for start in order.indices.dropFirst() {
            var place = start
            while place > 0, precedes(key(start), key(order[place - 1])) {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = start
        }
        return order
    }

    /// Order of UTF-16 code units; ASCII, where every order is the same, takes the short way.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        let isASCII = a.utf8.count == a.utf16.count && b.utf8.count == b.utf16.count
        return isASCII ? a < b : a.utf16.lexicographicallyPrecedes(b.utf16)
    }

    /// Swift prints the shortest digits that round-trip; only the layout differs from ECMAScript's.
    /// Returns digits d₁…dₙ and e with value = 0.d₁…dₙ × 10^e.
    private static func shortestDigits(of value: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var pointAt: Int?
        var text = Array("\(value)".utf8)[...]
        if let mark = text.firstIndex(where: { $0 == UInt8(ascii: "e") }) {
            exponent = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
            text = text[..<mark]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte) }
        }
        exponent += pointAt ?? digits.count
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        exponent -= leading
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, exponent)
    }

    private static func layout(_ digits: [UInt8], _ exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        let count = digits.count
        if count <= exponent, exponent <= 21 { return text + String(repeating: "0", count: exponent - count) }
        if 0 < exponent, exponent <= 21 {
            return String(text.prefix(exponent)) + "." + String(text.dropFirst(exponent))
        }
        if -6 < exponent, exponent <= 0 { return "0." + String(repeating: "0", count: -exponent) + text }
        let power = exponent - 1
        let mantissa = count == 1 ? text : String(text.prefix(1)) + "." + String(text.dropFirst())
        return mantissa + "e" + (power < 0 ? "-" : "+") + String(abs(power))
    }
}
