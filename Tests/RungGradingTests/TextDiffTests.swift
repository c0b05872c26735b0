import Testing

@testable import RungGrading

@Suite struct TextDiffTests {
    @Test(arguments: ["", "a", "a\nb\n"])
    func `equal texts have no diff`(_ text: String) { #expect(TextDiff.unified(expected: text, actual: text) == "") }

    @Test func `single lines are compared word by word`() {
        #expect(TextDiff.unified(expected: "I owe you", actual: "I paid you") == "I [-owe-]{+paid+} you")
    }

    @Test func `lines are compared with three lines of context`() {
        let old = (1...12).map { "line \($0)" }
        var new = old
        new[6] = "LINE 7"
        #expect(
            TextDiff.unified(expected: old.joined(separator: "\n"), actual: new.joined(separator: "\n")) == """
                @@ -4,7 +4,7 @@
                 line 4
                 line 5
                 line 6
                -line 7
                +LINE 7
                 line 8
                 line 9
                 line 10
                """)
    }

    @Test func `distant changes stand in hunks of their own`() {
        let old = (1...20).map { "\($0)" }
        var new = old
        new[1] = "two"
        new.remove(at: 16)
        #expect(
            TextDiff.unified(expected: old.joined(separator: "\n"), actual: new.joined(separator: "\n")) == """
                @@ -1,5 +1,5 @@
                 1
                -2
                +two
                 3
                 4
                 5
                @@ -14,7 +14,6 @@
                 14
                 15
                 16
                -17
                 18
                 19
                 20
                """)
    }

    @Test func `a text without its last line break differs by an empty line`() {
        #expect(TextDiff.unified(expected: "a\nb\n", actual: "a\nb") == "@@ -1,3 +1,2 @@\n a\n b\n-")
    }

    @Test func `an empty text against lines shows all of them`() {
        #expect(TextDiff.unified(expected: "", actual: "a\nb") == "@@ -1,1 +1,2 @@\n-\n+a\n+b")
    }

    @Test func `output has at most forty lines`() {
        let old = (0..<100).map { "old \($0)" }.joined(separator: "\n")
        let new = (0..<100).map { "new \($0)" }.joined(separator: "\n")
        let lines = TextDiff.unified(expected: old, actual: new).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 40)
        #expect(lines.first == "@@ -1,100 +1,100 @@")
        #expect(lines.last == "… (162 more lines)")
    }

    @Test func `huge texts are compared from their first difference on`() {
        let common = String(repeating: "same line\n", count: 200_000)
        let diff = TextDiff.unified(expected: common + "old\n" + common, actual: common + "new\n" + common)
        #expect(
            diff == """
                @@ -199998,7 +199998,7 @@
                 same line
                 same line
                 same line
                -old
                +new
                 same line
                 same line
                 same line
                … (the texts go on; only the first differences are shown)
                """)
    }

    @Test func `huge texts without anything in common are bounded`() {
        let diff = TextDiff.unified(expected: String(repeating: "a\n", count: 500_000), actual: String(repeating: "b\n", count: 500_000))
        #expect(diff.split(separator: "\n").count == 40)
        #expect(diff.utf8.count < 1_000)
    }

    @Test func `long lines are cut`() {
        let long = String(repeating: "x", count: 300)
        #expect(
            TextDiff.unified(expected: "a\n\(long)", actual: "a\nb").contains(
                "-\(String(repeating: "x", count: 200))… (100 more characters)\n"))
    }

    @Test func `a line break inside a multi-byte text keeps its characters`() {
        #expect(TextDiff.unified(expected: "ä\nö", actual: "ä\nü") == "@@ -1,2 +1,2 @@\n ä\n-ö\n+ü")
    }
}
