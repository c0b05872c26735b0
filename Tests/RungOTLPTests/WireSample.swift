/// Writes the binary encoding by hand, so that tests do not trust the code that reads it.
enum WireSample {
    static func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] { varint(UInt64(number) << 3 | 2) + varint(UInt64(bytes.count)) + bytes }
    static func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
    static func number(_ number: Int, _ value: UInt64) -> [UInt8] { varint(UInt64(number) << 3) + varint(value) }
    static func fixed(_ number: Int, _ value: UInt64) -> [UInt8] {
        varint(UInt64(number) << 3 | 1) + (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func attribute(_ key: String, _ value: [UInt8]) -> [UInt8] { field(1, key) + field(2, value) }

    static let traceID = (1...16).map { UInt8($0) }
    static let spanID = (1...8).map { UInt8(0xF0 + $0) }

    /// A span with one of everything that is read.
    static var span: [UInt8] {
        let all: [[UInt8]] = [
            field(1, traceID), field(2, spanID), field(3, "state"), field(4, [UInt8](repeating: 7, count: 8)), field(5, "chat gpt"),
            number(6, 3), fixed(7, 1_790_762_400_000_000_001), fixed(8, 1_790_762_401_000_000_000),
            field(9, attribute("text", field(1, "é"))), field(9, attribute("flag", number(2, 1))),
            field(9, attribute("int", number(3, UInt64(bitPattern: -5)))), field(9, attribute("double", fixed(4, (0.5).bitPattern))),
            field(9, attribute("list", field(5, field(1, field(1, "a")) + field(1, number(3, 2))))),
            field(9, attribute("map", field(6, field(1, attribute("k", field(1, "v")))))),
            field(9, attribute("bytes", field(7, [1, 2, 3]))), field(9, field(1, "none")),
            field(11, fixed(1, 5) + field(2, "exception") + field(3, attribute("exception.type", field(1, "E")))),
            field(15, field(2, "why") + number(3, 2)), varint(16 << 3 | 5) + [0, 3, 0, 0],
        ]
        return all.flatMap { $0 }
    }

    /// A request with that span.
    static var request: [UInt8] { request(span: span) }

    static func request(span: [UInt8]) -> [UInt8] {
        let resource = field(1, field(1, attribute("service.name", field(1, "shop"))))
        return field(1, resource + field(2, field(1, field(1, "scope")) + field(2, span)))
    }

    /// The same in JSON.
    static let json = """
        {"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]},
        "scopeSpans": [{"scope": {"name": "scope"}, "spans": [{"traceId": "0102030405060708090A0b0c0d0e0f10",
        "spanId": "f1f2f3f4f5f6f7f8", "traceState": "state", "parentSpanId": "0707070707070707", "name": "chat gpt", "kind": 3,
        "startTimeUnixNano": "1790762400000000001", "endTimeUnixNano": 1790762401000000000, "attributes": [
        {"key": "text", "value": {"stringValue": "é"}}, {"key": "flag", "value": {"boolValue": true}},
        {"key": "int", "value": {"intValue": "-5"}}, {"key": "double", "value": {"doubleValue": 0.5}},
        {"key": "list", "value": {"arrayValue": {"values": [{"stringValue": "a"}, {"intValue": 2}]}}},
        {"key": "map", "value": {"kvlistValue": {"values": [{"key": "k", "value": {"stringValue": "v"}}]}}},
        {"key": "bytes", "value": {"bytesValue": "AQID"}}, {"key": "none", "value": {}}],
        "events": [{"timeUnixNano": "5", "name": "exception", "attributes": [
        {"key": "exception.type", "value": {"stringValue": "E"}}]}],
        "status": {"message": "why", "code": 2}, "flags": 768, "unheardOf": [1, {"x": null}]}]}]}]}
        """
}
