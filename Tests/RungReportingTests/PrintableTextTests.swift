import Testing

@testable import RungReporting

@Suite struct PrintableTextTests {
    @Test(arguments: [
        ("plain\n\ttext", "plain\n\ttext"), ("a\r\nb\rc", "a\nb␍c"), ("\u{1B}[31mred\u{1B}[0m!", "red!"),
        ("\u{1B}]0;title\u{07}x", "x"), ("\u{1B}]8;;http://a\u{1B}\\link", "link"), ("\u{1B}(Bx", "x"), ("\u{1B}cx", "x"),
        ("\u{9B}2Jx", "x"), ("\u{1B}[31\nx", "\nx"), ("a\u{0}b\u{7F}", "a␀b␡"),
        ("a\u{85}b\u{202E}c\u{FFFE}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
        ("Größe ✓ 日本", "Größe ✓ 日本"), ("", ""),
    ])
    func `blocks keep their lines and lose what a terminal would act on`(text: String, expected: String) {
        #expect(PrintableText.block(text) == expected)
    }

    @Test func `messages are one line, names show their breaks`() {
        #expect(PrintableText.line("a\n\tb") == "a  b")
        #expect(PrintableText.name("a\n\tb") == "a␊␉b")
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "abc… (1 bytes more)"), ("aéb", 2, "a… (3 bytes more)"), ("日本", 4, "日… (3 bytes more)"),
    ])
    func `long texts are cut between characters, with the rest counted`(text: String, limit: Int, expected: String) {
        #expect(PrintableText.bounded(text, bytes: limit) == expected)
    }
}
