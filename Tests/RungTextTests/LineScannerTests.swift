import RungText
import Testing

/// The lines of a text that arrives in the given chunks, then the rest.
private func lines(_ chunks: [[UInt8]], limit: Int = 100) throws -> [String] {
    var scanner = LineScanner(limit: limit)
    var lines: [String] = []
    for chunk in chunks {
        try chunk.withUnsafeBytes { bytes in
            try scanner.push(bytes) { lines.append(String(decoding: $0, as: UTF8.self)) }
        }
    }
    return lines + ["|" + String(decoding: scanner.rest, as: UTF8.self)]
}

@Suite struct LineScannerTests {
    @Test("lines are the same wherever the chunks are cut")
    func everySplit() throws {
        let text = Array("first\r\n\nsecond é\r\r\n\r\nlast".utf8)
        let expected = ["first", "", "second é\r", "", "|last"]
        for first in 0...text.count {
            for second in first...text.count {
                let chunks = [text[..<first], text[first..<second], text[second...]].map { Array($0) }
                try #require(try lines(chunks) == expected, "cut at \(first) and \(second)")
            }
        }
        #expect(try lines(text.map { [$0] }) == expected)
    }

    @Test("a stream that ends with a line break has no rest")
    func ending() throws {
        #expect(try lines([Array("a\n".utf8)]) == ["a", "|"])
        #expect(try lines([Array("a".utf8)]) == ["|a"])
        #expect(try lines([]) == ["|"])
        #expect(try lines([[]]) == ["|"])
    }

    @Test("a line may be as long as the limit and no longer, wherever the chunks are cut")
    func limit() throws {
        let fits = Array("12345678\nx".utf8)
        let tooLong = Array("123456789\n".utf8)
        for cut in 0...9 {
            #expect(try lines([Array(fits[..<cut]), Array(fits[cut...])], limit: 8) == ["12345678", "|x"])
            #expect(throws: LineScanner.LineTooLong.self) {
                try lines([Array(tooLong[..<cut]), Array(tooLong[cut...])], limit: 8)
            }
        }
        #expect(throws: LineScanner.LineTooLong.self) { try lines([Array("123456789".utf8)], limit: 8) }
    }
}
