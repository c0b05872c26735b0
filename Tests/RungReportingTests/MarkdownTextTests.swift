import Testing

@testable import RungReporting

@Suite struct MarkdownTextTests {
    @Test(arguments: [
        ("plain (text) is, 20.5 % - kept!", "plain (text) is, 20.5 % - kept!"), ("a*b_c`d[e](f)", #"a\*b\_c\`d\[e\](f)"#),
        ("<b>&", "&lt;b&gt;&amp;"), ("# no heading", "\\# no heading"), ("- no item", #"\- no item"#), ("1. no list", #"1\. no list"#),
        ("see: http://a", #"see: http\://a"#), (":tada:", #"\:tada:"#), ("a|b@c$d~e\\f", #"a\|b\@c\$d\~e\\f"#), ("two\nlines", "two lines"),
        ("  - no item", #"\- no item"#), ("60.0 % of 3) x", "60.0 % of 3) x"),
    ])
    func `prose is shown as it is`(text: String, expected: String) {
        #expect(MarkdownText.prose(text) == expected)
    }

    @Test(arguments: [
        ("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|b", #"`a\|b`"#), ("", "`  `"), ("a\nb", "`a␊b`"),
    ])
    func `code spans end where the value ends`(text: String, expected: String) {
        #expect(MarkdownText.code(text) == expected)
    }

    @Test func `a block's fence is longer than any in it`() {
        #expect(MarkdownText.block(["a", "```", "b"]) == "````text\na\n```\nb\n````")
        #expect(MarkdownText.block([]) == "```text\n\n```")
    }

    @Test func `html keeps quotes and loses tags`() {
        #expect(MarkdownText.html("</summary> \"x\" & *y*") == "&lt;/summary&gt; \"x\" &amp; *y*")
    }

    @Test func `tables align numbers to the right`() {
        #expect(MarkdownText.table(["a", "n"], [["x", "1"]], numbersFrom: 1) == "| a | n |\n| --- | ---: |\n| x | 1 |")
    }
}
