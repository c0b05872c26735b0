@testable import RungText
import Testing

@Suite struct NearestWordTests {
    @Test(
        "distance counts inserted, deleted, replaced and swapped letters",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 1),
            ("trails", "trials", 1), ("ca", "abc", 3), ("modle", "model", 1),
        ])
    func distance(a: String, b: String, expected: Int) {
        #expect(NearestWord.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
        #expect(NearestWord.distance(Array(b.unicodeScalars), Array(a.unicodeScalars)) == expected)
    }

    @Test(
        "a near word is suggested, a far one is not",
        arguments: [
            ("max-token", "max-tokens"), ("MODEL", "model"), ("modle", "model"), ("xyz", nil), ("trials", "trials"), ("", nil),
        ] as [(String, String?)])
    func nearest(word: String, expected: String?) {
        #expect(NearestWord.of(word, among: ["model", "max-tokens", "trials"]) == expected)
    }

    @Test("ties go to the first, and very long words to nobody")
    func ties() {
        #expect(NearestWord.of("cat", among: ["bat", "rat"]) == "bat")
        #expect(NearestWord.of(String(repeating: "a", count: 65), among: [String(repeating: "a", count: 65)]) == nil)
        #expect(NearestWord.of("cat", among: []) == nil)
    }

    @Test("without a near word the suggestion lists what is known")
    func suggestion() {
        #expect(NearestWord.suggestion(for: "modle", among: ["model"]) == "did you mean \"model\"?")
        #expect(NearestWord.suggestion(for: "zzzz", among: ["model", "trials"]) == "known here: model, trials")
        #expect(NearestWord.suggestion(for: "zzzz", among: []) == nil)
    }
}
