import RungText
import Testing

@Suite struct JSONTextTests {
    @Test(
        "strings are escaped only where JSON demands it",
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#),
            ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\u{0}\u{1}\u{1F}", #""\u0000\u0001\u001f""#),
            ("\u{7F}é€😀\u{2028}", "\"\u{7F}é€😀\u{2028}\""), ("a\nb\nc", #""a\nb\nc""#),
        ])
    func escapes(text: String, expected: String) {
        #expect(JSONText.compact(.string(text)) == expected)
    }

    @Test("every scalar up to U+07FF survives writing and reading")
    func everyScalar() throws {
        for code in UInt32(0)..<0x800 {
            let scalar = try #require(Unicode.Scalar(code))
            let text = "a\(Character(scalar))b"
            let read = try JSONReader.read(JSONText.compact(.string(text))).string
            #expect(read.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test("calls write one value with its commas")
    func calls() {
        var writer = JSONText()
        writer.beginObject()
        writer.key("a" as StaticString)
        writer.beginArray()
        writer.int(1)
        writer.int(-20)
        writer.double(0.5)
        writer.beginObject()
        writer.endObject()
        writer.bool(true)
        writer.null()
        writer.endArray()
        writer.key("b\"" as String)
        writer.string("x")
        writer.key("c" as StaticString)
        writer.raw("[1]")
        writer.key("d" as StaticString)
        writer.raw(Array("{}".utf8))
        writer.endObject()
        #expect(writer.text == #"{"a":[1,-20,0.5,{},true,null],"b\"":"x","c":[1],"d":{}}"#)
        writer.removeAll()
        writer.int(0)
        #expect(writer.text == "0")
    }

    @Test("integers are written whole", arguments: [0, 7, -7, 10, 1_000_000, .max, .min])
    func integers(value: Int) {
        var writer = JSONText()
        writer.int(value)
        #expect(writer.text == "\(value)")
    }

    @Test("what JSON cannot say becomes null", arguments: [Double.nan, .infinity, -.infinity])
    func notANumber(value: Double) {
        var writer = JSONText()
        writer.double(value)
        #expect(writer.text == "null")
        #expect(JSONValue.double(value).isNull)
    }

    @Test("pretty text indents by two and leaves empty containers on one line")
    func pretty() {
        let value: JSONValue = ["a": [1, [], ["b": [:]]], "c": "x"]
        #expect(
            JSONText.pretty(value) == """
                {
                  "a": [
                    1,
                    [],
                    {
                      "b": {}
                    }
                  ],
                  "c": "x"
                }
                """)
        #expect(JSONText.pretty("x") == "\"x\"")
    }

    @Test("compact text of what was read is the text without its spaces")
    func roundTrip() throws {
        let text = #"{"z":1.10,"a":[1E5,-0,true,null,"é\n"],"":{}}"#
        #expect(JSONText.compact(try JSONReader.read(text).json) == text)
    }
}
