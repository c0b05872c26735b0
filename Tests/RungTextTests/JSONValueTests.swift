import RungText
import Testing

@Suite struct JSONValueTests {
    @Test(
        "values are equal whatever the order of members and the spelling of numbers",
        arguments: [
            (#"{"a":1,"b":[1.0]}"#, #"{"b":[1],"a":1e0}"#), ("[]", "[]"), ("{}", "{}"), (#""\u0041""#, #""A""#),
        ])
    func equal(a: String, b: String) throws {
        #expect(try JSONReader.read(a).json == JSONReader.read(b).json)
    }

    @Test(
        "values that differ anywhere are different",
        arguments: [
            (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"b":1}"#), (#"{"a":1}"#, #"{"a":1,"b":1}"#), ("[1,2]", "[2,1]"),
            ("[]", "{}"), ("null", "false"), ("0", "false"), ("1", "\"1\""), ("[null]", "[]"),
            ("\"caf\u{E9}\"", "\"cafe\u{301}\""), ("{\"caf\u{E9}\":1}", "{\"cafe\u{301}\":1}"),
        ])
    func different(a: String, b: String) throws {
        #expect(try JSONReader.read(a).json != JSONReader.read(b).json)
    }

    @Test("values know their kind and give only what they hold")
    func kinds() {
        let values: [JSONValue] = [.null, true, 1, "x", [], [:]]
        #expect(values.map(\.kindName) == ["null", "boolean", "number", "string", "array", "object"])
        #expect(values.map(\.isNull) == [true, false, false, false, false, false])
        #expect(values.compactMap(\.boolValue) == [true])
        #expect(values.compactMap(\.intValue) == [1])
        #expect(values.compactMap(\.doubleValue) == [1])
        #expect(values.compactMap(\.stringValue) == ["x"])
        #expect(values.compactMap(\.arrayValue).count == 1)
        #expect(values.compactMap(\.members).count == 1)
        #expect(values.map { $0["a"] == nil }.allSatisfy { $0 })
    }

    @Test("plain text is the string itself, or compact JSON")
    func plainText() {
        #expect(JSONValue.string("a\"b").plainText == "a\"b")
        #expect(JSONValue.object(["a": ["x", 1]]).plainText == #"{"a":["x",1]}"#)
    }
}
