import RungWire
import Testing

struct JSONLinesParserTests {
    private static let stream = Array("{\"a\":\"é\"}\r\n\n{\"b\":2}\n{\"c\":3}".utf8)

    @Test func `lines come out wherever the chunks are cut, and joined they are the stream`() throws {
        for cut in 0...Self.stream.count {
            var parser = JSONLinesParser()
            var lines = try parser.push(Self.stream[..<cut])
            lines += try parser.push(Self.stream[cut...])
            if let last = try parser.finish() { lines.append(last) }
            #expect(lines.map { String(decoding: $0.text, as: UTF8.self) } == [#"{"a":"é"}"#, "", #"{"b":2}"#, #"{"c":3}"#])
            #expect(lines.flatMap(\.bytes) == Self.stream)
            #expect(lines.map(\.offset) == [0, 12, 13, 21])
        }
    }

    @Test func `a line longer than allowed is refused after the lines before it, whether or not it ends`() throws {
        let problem = WireProblem("a line of the stream is longer than 4 bytes", at: 3)
        for text in ["12\n12345\n", "12\n12345", "12\n12345678\n1\n"] {
            var parser = JSONLinesParser(limit: 4)
            #expect(try parser.push(Array(text.utf8)).map(\.bytes) == [Array("12\n".utf8)])
            #expect(throws: problem) { try parser.push([]) }
            #expect(throws: problem) { try parser.finish() }
        }
    }
}
