import RungPattern
import Testing

@Suite("A pattern error")
struct PatternErrorTests {
    @Test("says what is wrong, and at which character")
    func invalid() {
        #expect(throws: PatternError.invalid(message: "missing closing parenthesis", offset: 3)) {
            try Pattern("a(b")
        }
        #expect(
            PatternError.invalid(message: "missing closing parenthesis", offset: 3).description
                == "missing closing parenthesis at character 3 of the pattern")
    }

    @Test("counts characters, not bytes, up to the mistake")
    func offsetInScalars() {
        #expect(throws: PatternError.invalid(message: "quantifier does not follow a repeatable item", offset: 4)) {
            try Pattern("ö🙂(|*)")
        }
    }

    @Test("is raised at the first character for a quantifier without anything before it", arguments: ["*a", "+", "?"])
    func leadingQuantifier(source: String) {
        #expect(throws: PatternError.invalid(message: "quantifier does not follow a repeatable item", offset: 0)) {
            try Pattern(source)
        }
    }

    @Test("has plain words for each case")
    func descriptions() {
        #expect(PatternError.limitExceeded.description == "pattern exceeded its match limit")
        #expect(
            PatternError.failed(code: -52).description
                == "pattern matching failed: nested recursion at the same subject position (PCRE2 error -52)")
        #expect(
            PatternError.failed(code: -9_999).description
                == "pattern matching failed: unknown error (PCRE2 error -9999)")
    }
}
