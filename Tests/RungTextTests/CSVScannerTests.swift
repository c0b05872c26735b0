import RungText
import Testing

@Suite struct CSVScannerTests {
    /// All records, read in chunks of this many bytes.
    private func records(_ text: String, chunk: Int = 1_000, limit: Int = 1 << 20) throws -> [[CSVField]] {
        var scanner = CSVScanner(limit: limit)
        var records: [[CSVField]] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            try Array(bytes[start..<min(bytes.count, start + chunk)]).withUnsafeBytes { try scanner.push($0) { records.append($0) } }
        }
        try scanner.finish { records.append($0) }
        return records
    }

    private func texts(_ text: String, chunk: Int = 1_000) throws -> [[String]] {
        try records(text, chunk: chunk).map { $0.map(\.text) }
    }

    @Test("fields are split at commas and records at line breaks, in chunks of any size", arguments: [1, 2, 3, 7, 1_000])
    func plain(chunk: Int) throws {
        let text = "case,value\r\na,1\nb,\n\n\r\n\"c, \"\"d\"\"\ne\",2\r\n,\n\"\"\n\"x\""
        #expect(
            try texts(text, chunk: chunk) == [
                ["case", "value"], ["a", "1"], ["b", ""], ["c, \"d\"\ne", "2"], ["", ""], [""], ["x"],
            ])
    }

    @Test("every field knows where it begins; columns count Unicode scalars")
    func positions() throws {
        let found = try records("é,b\n\"x\ny\",\"z\"\nlast,one\n")
        #expect(
            found.map { $0.map(\.position.description) } == [["1:1", "1:3"], ["2:1", "3:4"], ["4:1", "4:6"]])
    }

    @Test("a byte order mark is passed over, and only at the beginning", arguments: [1, 2, 1_000])
    func byteOrderMark(chunk: Int) throws {
        #expect(try texts("\u{FEFF}a,b\n", chunk: chunk) == [["a", "b"]])
        #expect(try texts("\u{FEFF}\"a\",b", chunk: chunk) == [["a", "b"]])
        #expect(try texts("a,\u{FEFF}b\n", chunk: chunk) == [["a", "\u{FEFF}b"]])
        #expect(try records("\u{FEFF}a,b\n")[0][1].position.description == "1:3")
        #expect(try texts("\u{FEFF}").isEmpty)
    }

    @Test("nothing has no records", arguments: ["", "\n", "\r\n\r\n"])
    func empty(text: String) throws { #expect(try texts(text).isEmpty) }

    @Test(
        "what is no CSV is told with its place",
        arguments: [
            ("a,\"b\nc", "1:3", "the quote that opens here is never closed"), ("a,\"b\"c\n", "1:6", "text follows a closing quote"),
            ("a,b\"c\n", "1:4", "a quote stands inside a field that does not begin with one"),
            ("a\rb\n", "1:2", "a carriage return does not end the line"), ("a\r", "1:2", "a carriage return does not end the line"),
        ])
    func problems(text: String, position: String, message: String) throws {
        let problem = try #require(throws: CSVProblem.self) { try records(text, chunk: 1) }
        #expect(problem.position.description == position)
        #expect(problem.message == message)
    }

    @Test("bytes that are no UTF-8, and records without end, are refused")
    func bounds() throws {
        var scanner = CSVScanner()
        let problem = try #require(throws: CSVProblem.self) {
            try ([0x61, 0x2C, 0xFF, 0x0A] as [UInt8]).withUnsafeBytes { try scanner.push($0) { _ in } }
        }
        #expect(problem.message == "the field is not UTF-8" && problem.position.description == "1:3")
        let long = try #require(throws: CSVProblem.self) { try records("a,\"" + String(repeating: "x", count: 50), limit: 20) }
        #expect(long.message == "the record is longer than 20 bytes")
    }
}
