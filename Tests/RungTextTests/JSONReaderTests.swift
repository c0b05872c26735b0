import RungText
import Testing

/// The first problem of a text as `line:column: message`, or nil when it reads.
private func problem(_ bytes: [UInt8], line: Int = 1) -> String? {
    do {
        _ = try JSONReader.read(bytes, line: line)
        return nil
    } catch {
        return "\(error.position): \(error.message)"
    }
}

private func problem(_ text: String, line: Int = 1) -> String? { problem(Array(text.utf8), line: line) }

@Suite struct JSONReaderTests {
    @Test(
        "text that is JSON is read to the value it says",
        arguments: [
            ("null", .null), ("true", true), ("false", false), ("\"\"", ""), ("[]", []), ("{}", [:]),
            (" \t\r\n 1 \t\r\n ", 1), ("-0", 0), ("[1,2]", [1, 2]), ("[ 1 , [ ] ]", [1, []]),
            ("{\"a\":1,\"b\":{\"a\":2}}", ["a": 1, "b": ["a": 2]]),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#, "Aé€😀\0"),
            ("\"é€😀\u{7F}\u{2028}\"", "é€😀\u{7F}\u{2028}"),
        ] as [(String, JSONValue)])
    func accepts(text: String, value: JSONValue) throws {
        #expect(try JSONReader.read(text).json == value)
    }

    @Test(
        "text that is not JSON is refused with the place and the reason",
        arguments: [
            ("", "1:1: expected a value, found the end of the text"),
            ("  ", "1:3: expected a value, found the end of the text"),
            ("x", "1:1: expected a value, found \"x\""),
            ("\u{0}", "1:1: expected a value, found control character U+0000"),
            ("é", "1:1: expected a value, found a character outside ASCII"),
            ("'a'", "1:1: expected a value, found \"'\""),
            ("tru", "1:1: expected true, found something else"),
            ("nul", "1:1: expected null, found something else"),
            ("False", "1:1: expected a value, found \"F\""),
            ("falsy", "1:1: expected false, found something else"),
            ("NaN", "1:1: expected a value, found \"N\""),
            ("Infinity", "1:1: expected a value, found \"I\""),
            ("// note\n1", "1:1: expected a value, found \"/\""),
            ("1 2", "1:3: unexpected text after the end of the value"),
            ("{} \n]", "2:1: unexpected text after the end of the value"),
            ("[", "1:2: expected a value, found the end of the text"),
            ("[1", "1:3: expected \",\" or \"]\", found the end of the text"),
            ("[1,]", "1:4: expected a value, found \"]\""),
            ("[,1]", "1:2: expected a value, found \",\""),
            ("[1 2]", "1:4: expected \",\" or \"]\", found \"2\""),
            ("[1}", "1:3: expected \",\" or \"]\", found \"}\""),
            ("{", "1:2: expected a key in double quotes, found the end of the text"),
            ("{a:1}", "1:2: expected a key in double quotes, found \"a\""),
            ("{1:1}", "1:2: expected a key in double quotes, found \"1\""),
            ("{\"a\"}", "1:5: expected \":\" after the key, found \"}\""),
            ("{\"a\" 1}", "1:6: expected \":\" after the key, found \"1\""),
            ("{\"a\":}", "1:6: expected a value, found \"}\""),
            ("{\"a\":1,}", "1:8: expected a key in double quotes, found \"}\""),
            ("{\"a\":1 \"b\":2}", "1:8: expected \",\" or \"}\", found \"\"\""),
            ("{\"a\":1]", "1:7: expected \",\" or \"}\", found \"]\""),
            ("{\"a\":1,\n \"a\":2}", "2:2: duplicate key \"a\""),
            ("{\"a\":1,\"\\u0061\":2}", "1:8: duplicate key \"a\""),
            ("\"abc", "1:1: string is not closed"),
            ("\"abc\\", "1:1: string is not closed"),
            ("\"abc\\\"", "1:1: string is not closed"),
            ("\"a\tb\"", "1:3: control character U+0009 inside a string; write it as an escape"),
            ("\"é\nb\"", "1:3: control character U+000A inside a string; write it as an escape"),
            ("\"é\\n\u{1F}\"", "1:5: control character U+001F inside a string; write it as an escape"),
            ("\"é\\x\"", "1:3: unknown escape: a backslash before \"x\""),
            ("\"\\é\"", "1:2: unknown escape: a backslash before a character outside ASCII"),
            ("\"\\\n\"", "1:2: unknown escape: a backslash before control character U+000A"),
            ("\"\\u12\"", "1:2: expected four hexadecimal digits after \"\\u\""),
            ("\"\\u12G4\"", "1:2: expected four hexadecimal digits after \"\\u\""),
            ("\"\\u", "1:2: expected four hexadecimal digits after \"\\u\""),
            ("\"€\\ud800\"", "1:3: lone surrogate in a string"),
            ("\"\\udc00\"", "1:2: lone surrogate in a string"),
            ("\"\\ud800\\n\"", "1:2: lone surrogate in a string"),
            ("\"\\ud800\\ud800\"", "1:2: lone surrogate in a string"),
            ("\"\\ud800x\"", "1:2: lone surrogate in a string"),
        ])
    func refuses(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test(
        "numbers follow the grammar to the letter",
        arguments: [
            ("-", "1:2: expected a digit, found the end of the text"),
            ("-x", "1:2: expected a digit, found \"x\""),
            ("+1", "1:1: expected a value, found \"+\""),
            (".5", "1:1: expected a value, found \".\""),
            ("01", "1:2: numbers have no leading zero"),
            ("-00", "1:3: numbers have no leading zero"),
            ("1.", "1:3: expected a digit after \".\", found the end of the text"),
            ("1.e3", "1:3: expected a digit after \".\", found \"e\""),
            ("1e", "1:3: expected a digit in the exponent, found the end of the text"),
            ("1e+-2", "1:4: expected a digit in the exponent, found \"-\""),
            ("1E+", "1:4: expected a digit in the exponent, found the end of the text"),
            ("0x10", "1:2: unexpected text after the end of the value"),
            ("1_000", "1:2: unexpected text after the end of the value"),
        ])
    func refusesNumber(text: String, expected: String) {
        #expect(problem(text) == expected)
    }

    @Test(
        "numbers keep their text",
        arguments: ["0", "-0", "1.10", "1E400", "-0.0e-7", "123456789012345678901234567890", "1e+05"])
    func keepsNumberText(text: String) throws {
        #expect(try JSONReader.read(text).number?.text == text)
    }

    @Test("a number may have 1,000 characters and no more")
    func numberLength() {
        #expect(problem(String(repeating: "1", count: 1_000)) == nil)
        #expect(problem(String(repeating: "1", count: 1_001)) == "1:1002: number has more than 1,000 characters")
    }

    @Test("columns count scalars, whatever stands before on the line")
    func columnsAfterWideText() throws {
        let node = try JSONReader.read("{\"é\": \"😀€\", \"\\u00e9\u{301}x\": [\"ü\\n\", 1],\n\"ö\": 2}")
        let members = try #require(node.members)
        #expect(members.map { "\($0.position) \($0.value.position)" } == ["1:2 1:7", "1:13 1:25", "2:1 2:6"])
        #expect(members[1].value.array?.map { "\($0.position)" } == ["1:26", "1:33"])
    }

    @Test("columns are the same with long texts, which are scanned eight bytes at a time")
    func columnsAfterLongText() {
        for length in 0..<40 {
            let text = String(repeating: "a", count: length)
            #expect(problem("[\"\(text)\", x]") == "1:\(length + 6): expected a value, found \"x\"")
            #expect(problem("[\"\(text)é\", x]") == "1:\(length + 7): expected a value, found \"x\"")
            #expect(
                problem("[\"\(text)\u{1F}")
                    == "1:\(length + 3): control character U+001F inside a string; write it as an escape")
            #expect(problem("[\"\(text)") == "1:2: string is not closed")
            #expect((try? JSONReader.read("\"\(text)\\t\(text)\"").string) == "\(text)\t\(text)")
        }
    }

    @Test("every byte stands for itself in a string, unless it is an escape, a quote or a control character")
    func everyASCIIByteAtEveryOffset() throws {
        for byte in UInt8(0)..<0x80 where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
            for offset in 0..<16 {
                var text = [UInt8](repeating: UInt8(ascii: "~"), count: 16)
                text[offset] = byte
                let read = try? JSONReader.read([UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")])
                #expect(read?.string == (byte < 0x20 ? nil : String(decoding: text, as: UTF8.self)))
            }
        }
    }

    @Test("a byte order mark is skipped and takes no column")
    func byteOrderMark() {
        #expect(problem([0xEF, 0xBB, 0xBF] + Array("1".utf8)) == nil)
        #expect(problem([0xEF, 0xBB, 0xBF] + Array("x".utf8)) == "1:1: expected a value, found \"x\"")
        #expect(problem([0xEF, 0xBB]) == "1:1: expected a value, found a character outside ASCII")
    }

    @Test("lines are counted from the number the caller gives")
    func lineOffset() throws {
        #expect(problem("{\n\"a\" 1}", line: 41) == "42:5: expected \":\" after the key, found \"1\"")
        #expect(try JSONReader.read("1", line: 7).position == SourcePosition(line: 7, column: 1))
    }

    @Test(
        "strings must be valid UTF-8",
        arguments: [
            [0xFF], [0xC3], [0xC3, 0x28], [0x80], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF0, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(problem([0x20, quote] + bytes + [quote]) == "1:2: string is not valid UTF-8")
        #expect(problem([0x20, quote] + bytes + Array("\\n".utf8) + [quote]) == "1:2: string is not valid UTF-8")
    }

    @Test("a repeated key is found in small and in large objects", arguments: [2, 23, 24, 25, 26, 200])
    func duplicateAmongMany(count: Int) {
        for earlier in [0, (count - 1) / 2, count - 2] {
            var keys = (0..<count - 1).map { "\"k\($0)\": {\"k\($0)\": 0}" }
            keys.append("\"k\(earlier)\": 1")
            #expect(problem("{" + keys.joined(separator: ",\n") + "}") == "\(count):1: duplicate key \"k\(earlier)\"")
            keys.removeLast()
            #expect(problem("{" + keys.joined(separator: ",\n") + "}") == nil)
        }
    }

    @Test("keys that only look alike are different keys, in small and in large objects", arguments: [2, 40])
    func equivalentKeys(count: Int) throws {
        var members = (2..<count).map { "\"k\($0)\": 0" }
        members += ["\"caf\u{E9}\": 1", "\"cafe\u{301}\": 2"]
        let node = try JSONReader.read("{" + members.joined(separator: ",") + "}")
        #expect(node["caf\u{E9}"]?.int == 1)
        #expect(node["cafe\u{301}"]?.int == 2)
        #expect(node.json["cafe\u{301}"] == 2)
        #expect(node.json == node.json)
    }

    @Test("values nest 128 deep and no deeper")
    func depth() {
        let open = String(repeating: "[", count: 128)
        let close = String(repeating: "]", count: 128)
        #expect(problem(open + close) == nil)
        #expect(problem(open + "[") == "1:129: nested deeper than 128 levels")
        #expect(problem(open + "{") == "1:129: nested deeper than 128 levels")
        #expect(problem("[" + open + close + "]") == "1:129: nested deeper than 128 levels")
        #expect(problem("[" + [String](repeating: "[[]]", count: 200).joined(separator: ",") + "]") == nil)
        #expect(problem(String(repeating: "{\"a\":", count: 1_000_000)) == "1:641: nested deeper than 128 levels")
    }
}
