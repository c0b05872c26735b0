import RungCore
import RungText
import Testing

@testable import RungGrading

@Suite struct ToolCallsGraderTests {
    /// Whether each relation holds for the calls made, against the expected calls a, b.
    @Test(arguments: [
        ("ab", [true, true, true, true, true]), ("ba", [false, true, true, true, false]), ("axb", [false, false, true, false, true]),
        ("bxa", [false, false, true, false, false]), ("a", [false, false, false, true, false]), ("", [false, false, false, true, false]),
        ("aab", [false, false, true, false, true]), ("x", [false, false, false, false, false]),
        ("abab", [false, false, true, false, true]),
    ])
    func `relations hold as they are named`(_ made: String, _ expected: [Bool]) throws {
        for (relation, holds) in zip(ToolCallsGrader.Relation.allCases, expected) {
            let grader = #"{"kind":"tool-calls","relation":"\#(relation.rawValue)","expected":[{"name":"a"},{"name":"b"}]}"#
            #expect(try judge(grader, subject(calls(made))).value == .holds(holds), "\(relation) on \(made)")
        }
    }

    @Test func `relations are tested in the order of their declaration`() {
        #expect(
            ToolCallsGrader.Relation.allCases.map(\.rawValue) == [
                "equal", "same-calls-any-order", "actual-contains-expected", "actual-within-expected", "in-order",
            ])
    }

    @Test func `partial arguments are matched by the best pairing`() throws {
        let made = try transcript(calls: #"[{"name":"t","arguments":{"a":1,"b":2}},{"name":"t","arguments":{"a":1}}]"#)
        let judgement = try judge(
            #"{"kind":"tool-calls","relation":"same-calls-any-order","arguments":"partial","expected":[{"name":"t","arguments":{"a":1}},{"name":"t","arguments":{"a":1,"b":2}}]}"#,
            subject(made))
        #expect(judgement == Judgement(.holds(true), "matched 2 of 2 expected, 0 extra (F1 1.00)"))
    }

    @Test func `identical expected calls count one by one`() throws {
        let grader = #"{"kind":"tool-calls","expected":[{"name":"a","arguments":{}},{"name":"a","arguments":{}}]}"#
        #expect(try judge(grader, subject(calls("aa"))).reason == "matched 2 of 2 expected, 0 extra (F1 1.00)")
        #expect(try judge(grader, subject(calls("a"))).reason == "matched 1 of 2 expected, 0 extra (F1 0.67)")
    }

    @Test func `an extra call lowers the score and can be forbidden`() throws {
        let made = try transcript(calls: #"[{"name":"a"},{"name":"delete_db"}]"#)
        let open = #"{"kind":"tool-calls","relation":"actual-contains-expected","expected":[{"name":"a"}]}"#
        #expect(try judge(open, subject(made)) == Judgement(.holds(true), "matched 1 of 1 expected, 1 extra (F1 0.67)"))
        let closed = open.dropLast() + #","forbidden":["delete_db","never"]}"#
        let judgement = try judge(String(closed), subject(made))
        #expect(judgement.value == .holds(false))
        #expect(judgement.reason == "forbidden call of \"delete_db\"; matched 1 of 1 expected, 1 extra (F1 0.67)")
    }

    @Test func `a failure shows both lists and what does not match`() throws {
        let judgement = try judge(#"{"kind":"tool-calls","expected":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#, subject(calls("ac")))
        #expect(
            judgement
                == Judgement(
                    .holds(false), "matched 2 of 3 expected, 0 extra (F1 0.80)", expected: "a()\nb()\nc()", actual: "a({})\nc({})",
                    diff: " (1 matched call)\n-b()\n (1 matched call)"))
    }

    @Test(arguments: ["equal", "in-order"])
    func `a wrong order is said when it is all that is wrong`(_ relation: String) throws {
        let grader = #"{"kind":"tool-calls","relation":"\#(relation)","expected":[{"name":"a"},{"name":"b"}]}"#
        let reason = "matched 1 of 2 expected, 1 extra (F1 0.50)"
        #expect(try judge(grader, subject(calls("ba"))).reason == reason + "; the calls are there in another order")
        #expect(try judge(grader, subject(calls("ax"))).reason == reason)
    }

    @Test func `no calls are expected when the list is empty`() throws {
        let grader = #"{"kind":"tool-calls","expected":[]}"#
        #expect(try judge(grader, "answer") == Judgement(.holds(true), "matched 0 of 0 expected, 0 extra (F1 1.00)"))
        let judgement = try judge(grader, subject(calls("a")))
        #expect((judgement.value, judgement.expected, judgement.actual) == (.holds(false), "no calls", "a({})"))
    }

    @Test func `failed attempts are counted unless they are ignored, and forbidden ones always`() throws {
        var made = calls("aba")
        made.events.insert(.toolResult(ToolResult(id: nil, call: 0, content: "no", isError: true)), at: 1)
        made.events.append(.toolResult(ToolResult(id: nil, call: 1, content: "fine", isError: false)))
        made.events.append(.toolResult(ToolResult(id: nil, call: nil, content: "stray", isError: true)))
        let grader = #"{"kind":"tool-calls","expected":[{"name":"b"},{"name":"a"}]"#
        #expect(try judge(grader + "}", subject(made)).value == .holds(false))
        #expect(
            try judge(grader + #","failed-attempts":"ignored"}"#, subject(made))
                == Judgement(.holds(true), "matched 2 of 2 expected, 0 extra (F1 1.00), 1 failed attempt ignored"))
        let forbidding =
            #"{"kind":"tool-calls","relation":"in-order","expected":[{"name":"b"}],"forbidden":["a"],"failed-attempts":"ignored"}"#
        let alone = Transcript(events: [
            .toolCall(ToolCall(id: nil, name: "a", arguments: [:])),
            .toolResult(ToolResult(id: nil, call: 0, content: "no", isError: true)),
            .toolCall(ToolCall(id: nil, name: "b", arguments: [:])),
        ])
        #expect(
            try judge(forbidding, subject(alone)).reason
                == "forbidden call of \"a\"; matched 1 of 1 expected, 0 extra (F1 1.00), 1 failed attempt ignored")
        #expect(try judge(forbidding, subject(alone)).diff == nil)
    }

    @Test func `nearly complete matches are never shown as complete`() throws {
        let many = (0..<300).map { _ in #"{"name":"a"}"# }.joined(separator: ",")
        let judgement = try judge(
            #"{"kind":"tool-calls","relation":"in-order","expected":[\#(many)]}"#, subject(calls(String(repeating: "a", count: 301))))
        #expect(judgement.reason == "matched 300 of 300 expected, 1 extra (F1 0.99)")
    }

    @Test(arguments: [false, true])
    func `a pattern without end is broken, negated or not`(_ isNegated: Bool) throws {
        let made = Transcript(events: [
            .toolCall(ToolCall(id: nil, name: "a", arguments: ["t": .string(String(repeating: "a", count: 40) + "!")]))
        ])
        let grader = #"{"kind":"tool-calls","not":\#(isNegated),"expected":[{"name":"a","patterns":{"t":"^(a+)+$"}}]}"#
        #expect(try judge(grader, subject(made)) == Judgement(.broken, "pattern exceeded its match limit"))
    }

    @Test func `too many calls are broken and not a failure`() throws {
        let many = (0..<2_001).map { _ in #"{"name":"a"}"# }.joined(separator: ",")
        let judgement = try judge(
            #"{"kind":"tool-calls","relation":"same-calls-any-order","expected":[\#(many)]}"#,
            subject(calls(String(repeating: "a", count: 2_001))))
        #expect(judgement == Judgement(.broken, "2001 expected and 2001 actual calls are too many to match"))
    }

    @Test(arguments: [
        (
            #"{"kind":"tool-calls"}"#,
            "1:1: error: tool-calls has no \"expected\"\n  add expected: The expected calls, in order; may be empty."
        ),
        (#"{"kind":"tool-calls","expected":[{}]}"#, "1:34: error: an entry of \"expected\" has no \"name\"\n  add name: The tool's name."),
        (#"{"kind":"tool-calls","expected":null}"#, "1:33: error: \"expected\" must be a list, found nothing"),
        (
            #"{"kind":"tool-calls","expected":[{"name":"a"}],"forbidden":["a"]}"#,
            "1:42: error: \"a\" is expected and forbidden\n  remove it from one of the two"
        ),
        (
            #"{"kind":"tool-calls","relation":"inorder","expected":[]}"#,
            "1:33: error: \"relation\" is \"inorder\"\n  did you mean \"in-order\"?"
        ),
    ])
    func `wrong parameters are errors with their position`(_ grader: String, _ message: String) throws {
        #expect(try problems(grader).first == "suite.yaml:" + message)
    }

    /// A transcript that calls tools of one letter without arguments.
    private func calls(_ names: String) -> Transcript {
        Transcript(events: names.map { .toolCall(ToolCall(id: nil, name: String($0), arguments: [:])) })
    }
}
