import Foundation
import RungXML
import Testing

@Suite("An XML fragment")
struct XMLFragmentTests {
    private func cases(_ count: Int, _ writer: XMLDocumentWriter) throws -> XMLFragment {
        for number in 0..<count {
            try writer.startElement("case")
            try writer.attribute("number", number)
            try writer.endElement()
        }
        return try writer.finishFragment()
    }

    private func document(around fragment: XMLFragment, layout: XMLDocumentWriter.Layout) throws -> String {
        let writer = XMLDocumentWriter(layout: layout)
        try writer.startElement("suites")
        try writer.startElement("suite")
        try writer.attribute("tests", 2)
        try writer.insert(fragment)
        try writer.startElement("out")
        try writer.endElement()
        try writer.endElement()
        try writer.endElement()
        try writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("looks in its document as if it had been written there")
    func indented() throws {
        let fragment = try cases(2, XMLDocumentWriter(.fragment(depth: 2), layout: .indented))
        #expect(
            try document(around: fragment, layout: .indented) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <suites>
                  <suite tests="2">
                    <case number="0"/>
                    <case number="1"/>
                    <out/>
                  </suite>
                </suites>

                """)
    }

    @Test("has no declaration and no root")
    func compact() throws {
        let fragment = try cases(2, XMLDocumentWriter(.fragment(depth: 0)))
        #expect(fragment.path == nil)
        #expect(fragment.byteCount == 36)
        #expect(
            try document(around: fragment, layout: .compact).hasSuffix(
                "<suite tests=\"2\"><case number=\"0\"/><case number=\"1\"/><out/></suite></suites>\n"))
    }

    @Test("may wait in a spool file of any size")
    func spool() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("spool")
        let fragment = try cases(10_000, XMLDocumentWriter(file: path, .fragment(depth: 2)))
        #expect(fragment.path == path)
        #expect(try directory.text(of: "spool").utf8.count == fragment.byteCount)
        let text = try document(around: fragment, layout: .compact)
        let reader = try XMLPullReader(bytes: Array(text.utf8))
        var count = 0
        while let event = try reader.next() {
            if case .start("case", let attributes) = event {
                #expect(attributes["number"] == "\(count)")
                count += 1
            }
        }
        #expect(count == 10_000)
    }

    @Test("without elements leaves nothing behind")
    func empty() throws {
        let fragment = try cases(0, XMLDocumentWriter(.fragment(depth: 2), layout: .indented))
        #expect(fragment.byteCount == 0)
        #expect(try document(around: fragment, layout: .compact).contains("<suite tests=\"2\"><out/></suite>"))
    }

    @Test("is missed when its spool file is gone or was cut")
    func lostSpool() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("spool")
        let fragment = try cases(10, XMLDocumentWriter(file: path, .fragment(depth: 2)))
        _ = try directory.file("spool", "<case/>")
        #expect(throws: XMLWriteError.self) { try document(around: fragment, layout: .compact) }
        try FileManager.default.removeItem(atPath: path)
        let error = #expect(throws: XMLWriteError.self) { try document(around: fragment, layout: .compact) }
        #expect(error?.description == "copy \(path): No such file or directory")
    }
}
