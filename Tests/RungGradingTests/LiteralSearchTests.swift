import Testing

@testable import RungGrading

@Suite struct LiteralSearchTests {
    @Test(arguments: [
        ("refund", "the refund is due", true), ("refund", "refund", true), ("refund", "refun", false), ("refund", "", false),
        ("refund", "REFUND", false), ("nd", "refund", true), ("re", "refund", true), ("aab", "aaab", true), ("é", "café", true),
        ("é", "cafe\u{301}", false), ("日本", "在日本語", true), ("\n", "a\nb", true), ("\0", "a\0b", true), ("x", "a\0x", true),
    ])
    func `finds a literal byte for byte`(_ literal: String, _ text: String, _ isFound: Bool) {
        #expect(LiteralSearch(literal, .sensitive).isFound(in: text) == isFound)
    }

    @Test(arguments: [
        ("refund", "The REFUND is due", true), ("REFUND", "refund", true), ("refund", "reFUn", false), ("kelvin", "\u{212A}elvin", true),
        ("\u{212A}", "k", true), ("ΟΔΟΣ", "οδος", true), ("Straße", "STRASSE", false), ("STRAẞE", "straße", true),
        ("ärger", "ÄRGER", true), ("ä", "a", false), ("[", "{", false), ("@", "`", false), ("z", "", false),
    ])
    func `finds a literal in either case`(_ literal: String, _ text: String, _ isFound: Bool) {
        #expect(LiteralSearch(literal, .insensitive).isFound(in: text) == isFound)
    }

    @Test(arguments: [LetterCase.sensitive, .insensitive])
    func `agrees with a naive search on random texts`(_ letterCase: LetterCase) {
        var random = SeededGenerator(state: 11)
        func text(_ length: Int) -> String { String((0..<length).map { _ in "abA".randomElement(using: &random) ?? "a" }) }
        for _ in 0..<3_000 {
            let (needle, hay) = (text(.random(in: 1...6, using: &random)), text(.random(in: 0...60, using: &random)))
            let (low, wide) = letterCase == .sensitive ? (needle, hay) : (needle.lowercased(), hay.lowercased())
            let (a, b) = (Array(low.utf8), Array(wide.utf8))
            let expected = b.count >= a.count && (0...(b.count - a.count)).contains { Array(b[$0..<($0 + a.count)]) == a }
            #expect(LiteralSearch(needle, letterCase).isFound(in: hay) == expected, "\(needle) in \(hay)")
        }
    }

    @Test func `finds what follows many false starts`() {
        let text = String(repeating: "a", count: 200_000)
        let literal = String(repeating: "a", count: 5_000) + "b"
        #expect(!LiteralSearch(literal, .sensitive).isFound(in: text))
        #expect(LiteralSearch(literal, .sensitive).isFound(in: text + "b"))
        #expect(LiteralSearch("aabaaab", .sensitive).isFound(in: String(repeating: "aabaaa", count: 2_000) + "aabaaab"))
        #expect(!LiteralSearch("aabaaac", .sensitive).isFound(in: String(repeating: "aabaaab", count: 2_000)))
    }
}
