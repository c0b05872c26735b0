import RungPattern
import Testing

@Suite("Pattern limits")
struct PatternLimitsTests {
    @Test(
        "end catastrophic backtracking",
        arguments: ["^(a+)+$", "(a+)+$", "(a|aa)+$", "(a*)*[bc]", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func catastrophe(source: String) throws {
        let pattern = try Pattern(source)
        #expect(throws: PatternError.limitExceeded) {
            try pattern.firstMatch(in: String(repeating: "a", count: 50_000) + "!")
        }
    }

    @Test("end a search whose every start is cheap but whose sum is not")
    func quadratic() throws {
        var limits = PatternLimits()
        limits.processorMilliseconds = 1
        let pattern = try Pattern("(?:a|x)+[bc]", limits: limits)
        #expect(throws: PatternError.limitExceeded) {
            try pattern.firstMatch(in: String(repeating: "a", count: 20_000))
        }
    }

    @Test("leave room for ordinary patterns over long texts")
    func longText() throws {
        let text = String(repeating: "All work and no play makes Jack a dull boy.\n", count: 20_000) + "refund-42"
        #expect(try Pattern("refund-(\\d+)$").firstMatch(in: text)?.groups == ["42"])
        #expect(try Pattern("^All.*-(\\d+)$", options: .dotMatchesNewline).firstMatch(in: text)?.groups == ["42"])
        #expect(try Pattern("\\bJack\\b.*\\bJill\\b").firstMatch(in: text) == nil)
    }

    @Test(
        "cannot be raised by the pattern",
        arguments: [
            "(*LIMIT_MATCH=4000000000)a", "(*LIMIT_DEPTH=4000000000)a", "(*LIMIT_HEAP=4000000000)a", "(*NO_JIT)a",
        ])
    func verbs(source: String) {
        #expect(throws: PatternError.self) { try Pattern(source) }
    }

    @Test("bound recursion without progress")
    func recursion() throws {
        #expect(throws: PatternError.self) { try Pattern("(?R)a").firstMatch(in: "aaa") }
    }
}
