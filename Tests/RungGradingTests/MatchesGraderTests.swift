import RungCore
import Testing

@testable import RungGrading

@Suite struct MatchesGraderTests {
    @Test(arguments: [
        (#"{"kind":"matches","pattern":"^inv-[0-9]+$"}"#, "inv-17", true),
        (#"{"kind":"matches","pattern":"^inv-[0-9]+$"}"#, "x inv-17", false),
        (#"{"kind":"matches","pattern":"INV"}"#, "inv", false),
        (#"{"kind":"matches","pattern":"ÄRGER","case":"insensitive"}"#, "ärger", true),
        (#"{"kind":"matches","pattern":"^b$"}"#, "a\nb", false), (#"{"kind":"matches","pattern":"^b$","multiline":true}"#, "a\nb\nc", true),
        (#"{"kind":"matches","pattern":"a.b"}"#, "a\nb", false),
        (#"{"kind":"matches","pattern":"a.b","dot-matches-newline":true}"#, "a\nb", true),
        (#"{"kind":"matches","pattern":"^.$"}"#, "é", true), (#"{"kind":"matches","pattern":"^$"}"#, "", true),
    ])
    func `searches the answer`(_ grader: String, _ answer: String, _ expected: Bool) throws {
        #expect(try holds(grader, answer) == expected)
    }

    @Test func `the reason says what happened`() throws {
        #expect(try judge(#"{"kind":"matches","pattern":"a+"}"#, "aa") == Judgement(.holds(true), "the answer matches the pattern"))
        #expect(
            try judge(#"{"kind":"matches","pattern":"a+"}"#, "b")
                == Judgement(.holds(false), "the answer does not match the pattern", expected: "a+", actual: "b"))
        #expect(try judge(#"{"kind":"matches","pattern":"a","target":"explanation"}"#, "a").reason == "the agent gave no explanation")
    }

    @Test(arguments: [false, true])
    func `a pattern that comes to no end is broken, negated or not`(_ isNegated: Bool) throws {
        let judgement = try judge(#"{"kind":"matches","pattern":"^(a+)+$","not":\#(isNegated)}"#, String(repeating: "a", count: 40) + "!")
        #expect(judgement == Judgement(.broken, "pattern exceeded its match limit"))
    }

    @Test(arguments: [
        (
            #"{"kind":"matches","pattern":"(a"}"#,
            "1:29: error: \"(a\" is not a pattern: missing closing parenthesis at character 2 of the pattern"
        ),
        (#"{"kind":"matches"}"#, "1:1: error: matches has no \"pattern\"\n  add pattern: The regular expression in PCRE2's syntax."),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ message: String) throws {
        #expect(try problems(grader) == ["suite.yaml:" + message])
    }
}
