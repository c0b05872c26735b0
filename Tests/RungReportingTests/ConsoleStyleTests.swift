import Testing

@testable import RungReporting

@Suite struct ConsoleStyleTests {
    @Test func `colours are only written when they are wanted`() {
        #expect(ConsoleStyle(width: 80, isColoured: true).paint("x", .bad) == "\u{1B}[31mx\u{1B}[0m")
        #expect(ConsoleStyle(width: 80, isColoured: true).paint("", .bad) == "")
        #expect(ConsoleStyle(width: 80, isColoured: false).paint("x", .bad) == "x")
    }

    @Test func `sentences break at spaces and long words stand alone`() {
        let style = ConsoleStyle(width: 12, isColoured: false)
        #expect(style.wrapped("one two three four", first: "- ", rest: "  ") == ["- one two", "  three four"])
        #expect(style.wrapped("a abcdefghijklmnop b", first: "", rest: " ") == ["a", " abcdefghijklmnop", " b"])
        #expect(style.wrapped("", first: "- ", rest: "  ") == ["- "])
    }

    @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("🚀", 2), ("", 0)])
    func `columns are those of a terminal`(text: String, expected: Int) {
        #expect(Columns.count(text) == expected)
    }

    @Test(arguments: [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("ab", 0, "")])
    func `text that does not fit is cut with an ellipsis`(text: String, limit: Int, expected: String) {
        #expect(Columns.cut(text, to: limit) == expected)
    }

    @Test func `padding fills or cuts to the column`() {
        #expect(Columns.padded("日", to: 4) == "日  ")
        #expect(Columns.padded("abcdef", to: 4) == "abc…")
    }
}
