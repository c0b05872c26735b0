import Testing

@testable import RungGrading

@Suite struct WordDiffTests {
    @Test(arguments: [
        ("total 10 EUR", "total 12 EUR", "total [-10-]{+12+} EUR"),
        ("a", "b", "[-a-]{+b+}"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("the cat sat", "the black cat sat", "the {+black +}cat sat"),
        ("one two three", "one three", "one [-two -]three"),
        ("grüße", "grüßen", "[-grüße-]{+grüßen+}"),
        ("x=1", "x=2", "x=[-1-]{+2+}"),
        ("ab cd", "ab  cd", "ab {+ +}cd"),
        ("日本 a", "日本 b", "日本 [-a-]{+b+}"),
    ])
    func `changed words are marked`(_ expected: String, _ actual: String, _ diff: String) {
        #expect(WordDiff.text(expected: expected, actual: actual) == diff)
    }

    @Test func `long unchanged text is left out around a change`() {
        let long = String(repeating: "word ", count: 60)
        #expect(
            WordDiff.text(expected: long + "a " + long + "b " + long, actual: long + "x " + long + "y " + long)
                == "…\(String(repeating: "word ", count: 8))[-a-]{+x+} \(String(repeating: "word ", count: 8).dropLast())…"
                + "\(String(repeating: "word ", count: 8))[-b-]{+y+} \(String(repeating: "word ", count: 8).dropLast())…")
    }

    @Test func `a difference deep inside a huge line is still shown`() {
        let long = String(repeating: "lorem ipsum ", count: 100_000)
        let diff = WordDiff.text(expected: long + "yes " + long, actual: long + "no " + long)
        #expect(diff.contains("[-yes-]{+no+}"))
        #expect(diff.utf8.count < 200)
    }

    @Test func `characters of several bytes are never cut in two`() {
        let long = String(repeating: "ä", count: 150)
        let (few, some) = (String(repeating: "ä", count: 40), String(repeating: "ä", count: 50))
        #expect(WordDiff.text(expected: "é" + long, actual: "©" + long) == "[-é\(some)-]{+©\(some)+}\(few)…")
        #expect(WordDiff.text(expected: long + "é", actual: long + "è") == "…\(few)[-\(some)é-]{+\(some)è+}")
    }

    @Test func `wholly different huge lines give a short diff`() {
        let diff = WordDiff.text(expected: String(repeating: "ab ", count: 500_000), actual: String(repeating: "ä", count: 500_000))
        #expect(diff.unicodeScalars.count < 2_100)
    }
}
