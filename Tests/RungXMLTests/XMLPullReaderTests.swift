import RungXML
import Testing

@Suite("An XML pull reader")
struct XMLPullReaderTests {
    private func events(_ text: String) throws -> [XMLEvent] {
        let reader = try XMLPullReader(bytes: Array(text.utf8))
        var events: [XMLEvent] = []
        while let event = try reader.next() { events.append(event) }
        return events
    }

    @Test("gives starts, texts and ends in order")
    func order() throws {
        #expect(
            try events("<a x='1' y=\"2 &amp; &#x1F642;\">t&lt;u<![CDATA[<v>]]><!-- no --><b/> </a>") == [
                .start(name: "a", attributes: [XMLAttribute("x", "1"), XMLAttribute("y", "2 & 🙂")]),
                .text("t<u<v>"),
                .start(name: "b", attributes: []), .end(name: "b"),
                .text(" "), .end(name: "a"),
            ])
    }

    @Test("gives local names, and lets undeclared prefixes through")
    func namespaces() throws {
        #expect(
            try events("<n:a xmlns:n=\"urn:n\" n:x=\"1\"><m:b m:y=\"2\"/></n:a>") == [
                .start(name: "a", attributes: [XMLAttribute("x", "1")]),
                .start(name: "b", attributes: [XMLAttribute("y", "2")]), .end(name: "b"), .end(name: "a"),
            ])
    }

    @Test("knows line and depth of each event")
    func places() throws {
        let reader = try XMLPullReader(bytes: Array("<a>\n<b\nx='1'/>\n\n<c/></a>".utf8))
        var places: [String] = []
        while let event = try reader.next() {
            if case .start(let name, _) = event { places.append("\(name) \(reader.line) \(reader.depth)") }
        }
        #expect(places == ["a 1 0", "b 3 1", "c 5 1"])
    }

    @Test("still knows the line after the 65,535th")
    func manyLines() throws {
        let reader = try XMLPullReader(bytes: Array("<a>\(String(repeating: "\n", count: 70_000))<b/></a>".utf8))
        while let event = try reader.next() {
            if case .start("b", _) = event { #expect(reader.line == 70_001) }
        }
    }

    @Test(
        "says where malformed XML goes wrong",
        arguments: [
            ("<a>\n  <b></c>\n</a>", "input:2:10: Opening and ending tag mismatch: b line 2 and c"),
            ("<a>\n<b", "input:2:3: Couldn't find end of Start Tag b"),
            ("<a x=1/>", "input:1:6: AttValue: \" or ' expected"),
            ("<a x='1' x='2'/>", "input:1:15: Attribute x redefined"),
            ("<a>\u{1}</a>", "input:1:4: PCDATA invalid Char value 1"),
            ("<a/>text", "input:1:5: Extra content at the end of the document"),
            ("", "input:1:1: the document is empty"),
            ("text", "input:1:1: start tag expected, '<' not found"),
            ("<a>\n<b>", "input:2:4: the document ends too early"),
            ("<a><!-- ", "input:1:9: Comment not terminated"),
        ])
    func malformed(text: String, description: String) throws {
        let error = #expect(throws: XMLReadError.self) { try events(text) }
        #expect(error?.description == description)
    }

    @Test("fails again when asked again")
    func repeatedFailure() throws {
        let reader = try XMLPullReader(bytes: Array("<a></b>".utf8))
        let first = #expect(throws: XMLReadError.self) { while try reader.next() != nil {} }
        let second = #expect(throws: XMLReadError.self) { while try reader.next() != nil {} }
        #expect(first == second)
    }

    @Test("reads files of many pieces, and joins texts across them")
    func file() throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "Größe &amp; 🙂 ", count: 20_000)
        let path = try directory.file("a.xml", "<a>" + String(repeating: "<b>\(text)</b>", count: 3) + "</a>")
        let reader = try XMLPullReader(file: path)
        var texts = 0
        while let event = try reader.next() {
            guard case .text(let read) = event else { continue }
            #expect(read == String(repeating: "Größe & 🙂 ", count: 20_000))
            texts += 1
        }
        #expect(texts == 3)
    }

    @Test("divides texts beyond a mebibyte, and loses nothing", arguments: [("", ""), ("<![CDATA[", "]]>")])
    func longText(start: String, end: String) throws {
        let directory = try TemporaryDirectory()
        let text = start + String(repeating: "012345678\n", count: 1_200_000) + end
        let path = try directory.file("a.xml", "<a>\(text)</a>")
        let reader = try XMLPullReader(file: path)
        var sizes: [Int] = []
        while let event = try reader.next() {
            if case .text(let text) = event { sizes.append(text.utf8.count) }
        }
        #expect(sizes.reduce(0, +) == 12_000_000)
        #expect(sizes.count > 5)
        #expect(sizes.dropLast().allSatisfy { $0 >= XMLPullReader.textBytes })
    }

    @Test("reads UTF-16 and Latin-1")
    func encodings() throws {
        let utf16: [UInt8] = [0xFE, 0xFF] + "<a>Größe 🙂</a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let declaration = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
        let latin: [UInt8] = Array("\(declaration)<a>Gr".utf8) + [0xF6] + Array("sse</a>".utf8)
        for (bytes, text) in [(utf16, "Größe 🙂"), (latin, "Grösse")] {
            let reader = try XMLPullReader(bytes: bytes)
            _ = try reader.next()
            #expect(try reader.next() == .text(text))
        }
    }

    @Test("refuses bytes that are not UTF-8")
    func invalidUTF8() throws {
        let reader = try XMLPullReader(bytes: Array("<a>".utf8) + [0xFF, 0xFE] + Array("</a>".utf8))
        #expect(throws: XMLReadError.self) { while try reader.next() != nil {} }
    }

    @Test("names the file it cannot open")
    func missingFile() throws {
        let error = #expect(throws: XMLReadError.self) { try XMLPullReader(file: "/nonexistent/a.xml") }
        #expect(error?.description == "/nonexistent/a.xml: No such file or directory")
    }
}
