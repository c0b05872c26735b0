import Foundation
import RungXML
import Testing

/// Linux has a device that is always full.
private let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

@Suite("An XML document writer")
struct XMLDocumentWriterTests {
    private func sample(_ writer: XMLDocumentWriter) throws {
        try writer.startElement("suite")
        try writer.attribute("name", "a \"b\" & <c>")
        try writer.attribute("tests", 2)
        try writer.startElement("case")
        try writer.attribute("time", 0.25, decimals: 3)
        try writer.endElement()
        try writer.startElement("out")
        try writer.text("x < y\n")
        try writer.text("&c.")
        try writer.endElement()
        try writer.startElement("empty")
        try writer.text("")
        try writer.endElement()
        try writer.endElement()
    }

    @Test("writes compact documents")
    func compact() throws {
        let writer = XMLDocumentWriter()
        try sample(writer)
        try writer.finish()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <suite name="a &quot;b&quot; &amp; &lt;c&gt;" tests="2"><case time="0.250"/><out>x &lt; y
                &amp;c.</out><empty></empty></suite>

                """)
        #expect(writer.byteCount == writer.bytes.count)
    }

    @Test("indents elements but never touches texts")
    func indented() throws {
        let writer = XMLDocumentWriter(layout: .indented)
        try sample(writer)
        try writer.finish()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <suite name="a &quot;b&quot; &amp; &lt;c&gt;" tests="2">
                  <case time="0.250"/>
                  <out>x &lt; y
                &amp;c.</out>
                  <empty></empty>
                </suite>

                """)
    }

    @Test(
        "writes decimal numbers without exponents",
        arguments: [
            (0.0005, 3, "0.001"), (0, 3, "0.000"), (-1.5, 1, "-1.5"), (-0.0001, 3, "0.000"), (-0.04, 2, "-0.04"),
            (1e15, 2, "1000000000000000.00"), (1e-9, 9, "0.000000001"), (12.5, 0, "13"), (3, 0, "3"),
        ] as [(Double, Int, String)])
    func decimals(value: Double, decimals: Int, text: String) throws {
        let writer = XMLDocumentWriter(.fragment(depth: 0))
        try writer.startElement("a")
        try writer.attribute("b", value, decimals: decimals)
        try writer.endElement()
        try writer.finish()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "<a b=\"\(text)\"/>")
    }

    @Test("is read back as it was written", arguments: [XMLDocumentWriter.Layout.compact, .indented])
    func roundTrip(layout: XMLDocumentWriter.Layout) throws {
        let value = "line one\nline two\tand a tab\r\n\"quoted\" 'too' <&> 🙂"
        let writer = XMLDocumentWriter(layout: layout)
        try writer.startElement("root")
        try writer.attribute("value", value)
        try writer.text(value)
        try writer.endElement()
        try writer.finish()
        let reader = try XMLPullReader(bytes: writer.bytes)
        #expect(try reader.next() == .start(name: "root", attributes: [XMLAttribute("value", value)]))
        #expect(try reader.next() == .text(value))
        #expect(try reader.next() == .end(name: "root"))
        #expect(try reader.next() == nil)
    }

    @Test("writes files, and empties those that exist")
    func file() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.file("a.xml", String(repeating: "old", count: 100))
        let writer = try XMLDocumentWriter(file: path)
        try writer.startElement("a")
        try writer.endElement()
        try writer.finish()
        #expect(try directory.text(of: "a.xml") == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n")
        #expect(writer.bytes.isEmpty)
    }

    @Test("fails to create a file where there is no directory")
    func missingDirectory() {
        #expect(throws: XMLWriteError.self) { try XMLDocumentWriter(file: "/nonexistent/a.xml") }
    }

    @Test("reports a full disk at the end of a small document", .enabled(if: hasFullDevice))
    func fullDiskAtEnd() throws {
        let writer = try XMLDocumentWriter(file: "/dev/full")
        try writer.startElement("a")
        try writer.endElement()
        let error = #expect(throws: XMLWriteError.self) { try writer.finish() }
        #expect(error?.description == "write /dev/full: No space left on device")
    }

    @Test("reports a full disk while writing, and again at each later call", .enabled(if: hasFullDevice))
    func fullDisk() throws {
        let writer = try XMLDocumentWriter(file: "/dev/full")
        try writer.startElement("a")
        #expect(throws: XMLWriteError.self) { try writer.text(String(repeating: "x", count: 100_000)) }
        #expect(throws: XMLWriteError.self) { try writer.text("x") }
        #expect(throws: XMLWriteError.self) { try writer.endElement() }
        #expect(throws: XMLWriteError.self) { try writer.finish() }
    }

    @Test("reports a closed descriptor")
    func closedDescriptor() throws {
        let writer = XMLDocumentWriter(descriptor: -1, name: "standard output")
        try writer.startElement("a")
        try writer.endElement()
        let error = #expect(throws: XMLWriteError.self) { try writer.finish() }
        #expect(error?.description == "write standard output: Bad file descriptor")
    }

    @Test("traps when the calls could not give well-formed XML")
    func brokenContract() async {
        await #expect(processExitsWith: .failure) { try XMLDocumentWriter().endElement() }
        await #expect(processExitsWith: .failure) { try XMLDocumentWriter().finish() }
        await #expect(processExitsWith: .failure) { try XMLDocumentWriter().text("outside") }
        await #expect(processExitsWith: .failure) {
            let writer = XMLDocumentWriter()
            try writer.startElement("a")
            try writer.endElement()
            try writer.startElement("second-root")
        }
        await #expect(processExitsWith: .failure) {
            let writer = XMLDocumentWriter()
            try writer.startElement("a")
            try writer.text("text")
            try writer.attribute("late", "value")
        }
    }
}
