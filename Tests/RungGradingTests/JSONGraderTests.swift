import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct JSONGraderTests {
    @Test(arguments: [
        (#"{"kind":"json"}"#, "[1]", true, "the answer is JSON"),
        (#"{"kind":"json"}"#, " \n{\"a\": }", false, "the answer is not JSON: 2:7: expected a value, found \"}\""),
        (#"{"kind":"json"}"#, "", false, "the answer is not JSON: 1:1: expected a value, found the end of the text"),
        (#"{"kind":"json","path":"/a/0"}"#, #"{"a":[null]}"#, true, "the value at \"/a/0\" is as expected"),
        (#"{"kind":"json","path":"a[1]"}"#, #"{"a":[null]}"#, false, "there is no value at \"a[1]\""),
        (#"{"kind":"json","path":"a","exists":false}"#, "{}", true, "the value at \"a\" is as expected"),
        (#"{"kind":"json","path":"a","exists":false}"#, #"{"a":null}"#, false, "there is a value at \"a\""),
        (#"{"kind":"json","path":"a.b[0].c","equals":1}"#, #"{"a":{"b":[{"c":1.0}]}}"#, true, "the value at \"a.b[0].c\" is as expected"),
        (#"{"kind":"json","path":"a","equals":null}"#, #"{"a":null}"#, true, "the value at \"a\" is as expected"),
        (#"{"kind":"json","path":"a","equals":null}"#, "{}", false, "there is no value at \"a\""),
        (#"{"kind":"json","path":"","equals":[]}"#, "[]", true, "the value at the top is as expected"),
        (#"{"kind":"json","path":"a","equals":"x"}"#, #"{"a":"y"}"#, false, "the value at \"a\" differs"),
        (#"{"kind":"json","checks":[{"path":"a","equals":1},{"path":"/b"}]}"#, #"{"a":1,"b":0}"#, true, "all 2 checks hold"),
        (
            #"{"kind":"json","path":"c","checks":[{"path":"a","equals":1},{"path":"/b"}]}"#, #"{"a":2,"c":3}"#, false,
            "2 of 3 checks do not hold: \"a\", \"/b\""
        ),
    ])
    func `judges places of the answer`(_ grader: String, _ answer: String, _ holds: Bool, _ reason: String) throws {
        let judgement = try judge(grader, answer)
        #expect(judgement.value == .holds(holds))
        #expect(judgement.reason == reason)
    }

    @Test func `one failed place shows its own difference`() throws {
        let judgement = try judge(#"{"kind":"json","path":"a","equals":"x y"}"#, #"{"a":"x z","b":1}"#)
        #expect((judgement.expected, judgement.actual, judgement.diff) == ("\"x y\"", "\"x z\"", "\"x [-y-]{+z+}\""))
    }

    @Test func `several failed places are listed`() throws {
        let judgement = try judge(
            #"{"kind":"json","checks":[{"path":"a","equals":1},{"path":"b"},{"path":"c","exists":false}]}"#, #"{"a":2,"c":[]}"#)
        #expect(judgement.expected == "\"a\": 1\n\"b\": a value\n\"c\": nothing")
        #expect(judgement.actual == "\"a\": 2\n\"b\": nothing\n\"c\": []")
        #expect(judgement.diff?.hasPrefix("@@ -1,3 +1,3 @@\n-\"a\": 1\n") == true)
    }

    @Test func `structured output needs no reading and no answer does not hold`() throws {
        #expect(try judge(#"{"kind":"json","path":"a"}"#, subject(Transcript(output: ["a": 1]))).value == .holds(true))
        #expect(try judge(#"{"kind":"json"}"#, nil) == Judgement(.holds(false), "the agent gave no answer"))
    }

    @Test func `hostile nesting does not hold and does not crash`() throws {
        let judgement = try judge(#"{"kind":"json"}"#, String(repeating: "[", count: 1_000_000))
        #expect(judgement.reason == "the answer is not JSON: 1:129: nested deeper than 128 levels")
    }

    @Test(arguments: [
        (#"{"kind":"json","equals":1}"#, ["1:16: error: \"equals\" without \"path\"\n  add path: the place to look at, \"\" for the top"]),
        (
            #"{"kind":"json","exists":true}"#,
            ["1:16: error: \"exists\" without \"path\"\n  add path: the place to look at, \"\" for the top"]
        ),
        (
            #"{"kind":"json","path":"$.a","checks":[{"path":"/~"},{"path":"a","equals":1,"exists":false}]}"#,
            [
                "1:23: error: \"$.a\" is not a path: paths do not start with \"$\"; write rows[0].name or /rows/0/name",
                "1:47: error: \"/~\" is not a path: in a pointer \"~\" is written \"~0\" and \"/\" inside a key \"~1\"",
                "1:76: error: what does not exist cannot equal a value\n  remove one of the two",
            ]
        ),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ messages: [String]) throws {
        #expect(try problems(grader) == messages.map { "suite.yaml:" + $0 })
    }
}
