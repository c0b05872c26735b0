import RungXML
import Testing

@Suite("Escaping")
struct XMLOutputEscapingTests {
    private func document(_ text: String) throws -> [UInt8] {
        let writer = XMLDocumentWriter()
        try writer.startElement("a")
        try writer.attribute("b", text)
        try writer.text(text)
        try writer.endElement()
        try writer.finish()
        return writer.bytes
    }

    /// What a reader gets for a text, which must be the same for the attribute and the content.
    private func read(_ text: String) throws -> String {
        let reader = try XMLPullReader(bytes: try document(text))
        guard case .start(_, let attributes)? = try reader.next() else { return "no element" }
        var content = ""
        while case .text(let part)? = try reader.next() { content += part }
        #expect(attributes["b"] == content)
        return content
    }

    @Test(
        "replaces what XML forbids by something visible",
        arguments: [
            ("a\u{0}b", "a\u{FFFD}b"), ("\u{1}\u{8}\u{B}\u{C}\u{E}\u{1F}", "␁␈␋␌␎␟"),
            ("\u{FFFE}|\u{FFFF}", "\u{FFFD}|\u{FFFD}"), ("\u{1B}", "␛"), ("\u{7F}\u{85}", "\u{7F}\u{85}"),
            ("\u{FEFF}\u{FFFD}\u{F8FF}", "\u{FEFF}\u{FFFD}\u{F8FF}"),
        ])
    func forbidden(text: String, visible: String) throws {
        #expect(try read(text) == visible)
    }

    @Test(
        "leaves ANSI sequences out",
        arguments: [
            ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[1;38;5;208mx\u{1B}[K\u{1B}[?25h", "x"),
            ("\u{1B}]0;title\u{7}text", "text"), ("\u{1B}]8;;https://a.b\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
            ("a\u{1B}(B\u{1B}[mb", "ab"),
        ])
    func ansi(text: String, plain: String) throws {
        #expect(try read(text) == plain)
    }

    @Test("keeps line ends and tabs", arguments: ["a\nb", "a\r\nb", "a\rb", "\ta\t", " a  b "])
    func whiteSpace(text: String) throws {
        #expect(try read(text) == text)
    }

    @Test("keeps markup characters", arguments: ["<a b=\"c\">&amp;</a>", "]]>", "<![CDATA[x]]>", "&#0;", "'\"'"])
    func markup(text: String) throws {
        #expect(try read(text) == text)
    }

    @Test("gives well-formed XML that differs from the text only where it must, for any scalars", arguments: 0..<40)
    func anyText(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        // The escape character is left out here: whole sequences would disappear.
        let scalars = (0..<2_000).compactMap { _ -> Unicode.Scalar? in
            let bound: UInt32 = [0x80, 0x800, 0x11_0000, 0x20][Int(random.next() % 4)]
            return Unicode.Scalar(UInt32(truncatingIfNeeded: random.next()) % bound)
        }.filter { $0.value != 0x1B }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        var expected = ""
        for scalar in scalars {
            switch scalar.value {
            case 0, 0xFFFE, 0xFFFF: expected.unicodeScalars.append("\u{FFFD}")
            case 0x9, 0xA, 0xD: expected.unicodeScalars.append(scalar)
            case 0x1..<0x20: expected.unicodeScalars.append(Unicode.Scalar(UInt32(0x2400) + scalar.value) ?? "?")
            default: expected.unicodeScalars.append(scalar)
            }
        }
        #expect(Array(try read(text).unicodeScalars) == Array(expected.unicodeScalars))
    }
}

/// S. Vigna's SplitMix64, for the same texts in every run.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
