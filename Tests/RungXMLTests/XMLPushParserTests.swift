import Testing

@testable import RungXML

@Suite("An XML push parser")
struct XMLPushParserTests {
    @Test("reaches the end of a file after its last piece")
    func end() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("a.xml", "<a>\(String(repeating: "x", count: 100_000))</a>")
        let parser = try XMLPushParser(XMLPushParser.open(path), source: path, limits: XMLReadLimits())
        var pieces = 0
        while !parser.isAtEnd {
            try parser.advance()
            pieces += 1
        }
        #expect(pieces == 3)
        try parser.throwIfFailed()
    }

    @Test("names a directory as unreadable")
    func directory() throws {
        let parser = try XMLPushParser(XMLPushParser.open("/tmp"), source: "/tmp", limits: XMLReadLimits())
        #expect(throws: XMLReadError.unreadable(source: "/tmp", reason: "Is a directory")) { try parser.advance() }
    }
}
