import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct EqualsGraderTests {
    @Test(arguments: [
        (#"{"kind":"equals","value":"yes"}"#, "yes", true), (#"{"kind":"equals","value":"yes"}"#, " yes\n", true),
        (#"{"kind":"equals","value":" yes"}"#, "yes\u{A0}", true), (#"{"kind":"equals","value":"yes","trim":false}"#, " yes", false),
        (#"{"kind":"equals","value":"yes"}"#, "Yes", false), (#"{"kind":"equals","value":"yes","case":"insensitive"}"#, "YES ", true),
        (#"{"kind":"equals","value":"ΟΔΟΣ","case":"insensitive"}"#, "οδος", true), (#"{"kind":"equals","value":"é"}"#, "é", true),
        (#"{"kind":"equals","value":""}"#, "  ", true), (#"{"kind":"equals","value":""}"#, "x", false),
        (#"{"kind":"equals","value":"42"}"#, "42", true),
        (#"{"kind":"equals","value":42}"#, " 42.0 ", true), (#"{"kind":"equals","value":42}"#, "43", false),
        (#"{"kind":"equals","value":null}"#, "null", true), (#"{"kind":"equals","value":true}"#, "true", true),
        (#"{"kind":"equals","value":{"a":1,"b":[2]}}"#, #"{"b":[2],"a":1}"#, true), (#"{"kind":"equals","value":[1,2]}"#, "[2,1]", false),
        (#"{"kind":"equals","value":{"a":1}}"#, #"{"a":1,"b":2}"#, false), (#"{"kind":"equals","value":[]}"#, "", false),
    ])
    func `compares text as text and the rest as JSON`(_ grader: String, _ answer: String, _ expected: Bool) throws {
        #expect(try holds(grader, answer) == expected)
    }

    @Test func `text that differs is shown with a diff`() throws {
        #expect(
            try judge(#"{"kind":"equals","value":"total 10 EUR"}"#, "total 12 EUR")
                == Judgement(
                    .holds(false), "the answer differs from the expected text", expected: "total 10 EUR", actual: "total 12 EUR",
                    diff: "total [-10-]{+12+} EUR"))
        #expect(try judge(#"{"kind":"equals","value":"a"}"#, "a") == Judgement(.holds(true), "the answer equals the expected text"))
    }

    @Test func `accents that are encoded differently are named as the difference`() throws {
        #expect(
            try judge(#"{"kind":"equals","value":"é"}"#, "e\u{301}")
                == Judgement(
                    .holds(false), "the answer differs from the expected text: accents are composed in one and decomposed in the other",
                    expected: "é", actual: "e\u{301}"))
        #expect(try holds(#"{"kind":"equals","value":["é"]}"#, #"["e\u0301"]"#) == false)
    }

    @Test func `values that differ are shown with a diff`() throws {
        let judgement = try judge(#"{"kind":"equals","value":{"a":1}}"#, #"{"a": 2}"#)
        #expect(judgement.reason == "the answer differs from the expected value")
        #expect((judgement.expected, judgement.actual) == (#"{"a":1}"#, #"{"a":2}"#))
        #expect(judgement.diff == "@@ -1,3 +1,3 @@\n {\n-  \"a\": 1\n+  \"a\": 2\n }")
    }

    @Test func `an answer that is not JSON says where`() throws {
        let judgement = try judge(#"{"kind":"equals","value":{"a":1}}"#, "Sure: {}")
        #expect(judgement.value == .holds(false))
        #expect(judgement.reason == "the answer is not JSON: 1:1: expected a value, found \"S\"")
        #expect(judgement.actual == "Sure: {}")
    }

    @Test func `structured output is compared as it is`() throws {
        let grader = #"{"kind":"equals","value":{"a":1}}"#
        #expect(try judge(grader, subject(Transcript(output: ["a": 1]))).value == .holds(true))
        #expect(try judge(grader, subject(Transcript(output: ["a": 2]))).value == .holds(false))
        #expect(try judge(#"{"kind":"equals","value":null}"#, subject(nil)).reason == "the agent gave no answer")
    }

    @Test(arguments: [
        (
            #"{"kind":"equals"}"#,
            ["1:1: error: equals has no \"value\"\n  add value: The expected value; text is compared as text, everything else as JSON."]
        ),
        (
            #"{"kind":"equals","value":1,"trim":true,"case":"insensitive"}"#,
            [
                "1:28: error: \"trim\" applies to a value that is text\n  remove it, or put the value in quotes",
                "1:40: error: \"case\" applies to a value that is text\n  remove it, or put the value in quotes",
            ]
        ),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ messages: [String]) throws {
        #expect(try problems(grader) == messages.map { "suite.yaml:" + $0 })
    }
}
