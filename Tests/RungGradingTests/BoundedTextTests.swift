import RungCore
import Testing

@testable import RungGrading

@Suite struct BoundedTextTests {
    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("abcd", "abcd"), ("abcde", "abcd… (1 more characters)"), ("ääää", "ääää"),
        ("äääää", "ääää… (1 more characters)"),
    ])
    func `texts are cut after the limit`(_ text: String, _ expected: String) { #expect(BoundedText.cut(text, to: 4) == expected) }

    @Test func `a judgement shows two thousand characters`() {
        let judgement = Judgement.failing(
            "no", expected: String(repeating: "é", count: 2_000), actual: String(repeating: "é", count: 1_234_567))
        #expect(judgement.expected == String(repeating: "é", count: 2_000))
        #expect(judgement.actual == String(repeating: "é", count: 2_000) + "… (1,232,567 more characters)")
    }

    @Test(arguments: [
        ("a\nb", "\"a b\""), ("x", "\"x\""), (String(repeating: "y", count: 61), "\"\(String(repeating: "y", count: 60))…\""),
    ])
    func `quotes are short and on one line`(_ text: String, _ expected: String) { #expect(BoundedText.quoted(text) == expected) }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (100_000, "100,000")])
    func `thousands are separated`(_ number: Int, _ expected: String) { #expect(BoundedText.grouped(number) == expected) }

    @Test func `a judgement that holds carries no texts`() {
        let judgement = Judgement.holding("yes")
        #expect(judgement == Judgement(.holds(true), "yes"))
    }
}
