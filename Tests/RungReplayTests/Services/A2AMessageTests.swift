import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReplay

@Suite struct A2AMessageTests {
    private func request(_ input: JSONValue, _ messages: [Message] = []) -> TrialRequest {
        var scenario = Scenario(id: "c1", input: input, digest: SHA256Hasher.digest(of: []), location: SourceLocation(file: "s", line: 1))
        scenario.messages = messages
        return TrialRequest(trialID: "s/c1@a#0", agent: "a", index: 0, seed: 1, timeoutMs: 1_000, scenario: scenario, prompts: [])
    }

    @Test func `each version gets its own words`() {
        #expect(
            JSONText.compact(A2AMessage(.v1_0).send(request("hi"), id: "m1"))
                == #"{"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"role":"ROLE_USER","parts":[{"text":"hi"}],"messageId":"m1"}}}"#
        )
        #expect(
            JSONText.compact(A2AMessage(.v0_3).send(request(["a": 1], [Message(role: .user, content: "before")]), id: "m2"))
                == #"{"jsonrpc":"2.0","id":1,"method":"message/send","params":{"message":{"kind":"message","role":"user","parts":[{"kind":"text","text":"user: before"},{"kind":"data","data":{"a":1}}],"messageId":"m2"}}}"#
        )
        #expect(A2AMessage(.v1_0).get("t1")["method"] == "GetTask")
        #expect(A2AMessage(.v0_3).get("t1")["method"] == "tasks/get")
    }

    @Test(arguments: [
        (#"{"result":{"message":{"parts":[{"text":"a"},{"text":"b"}]}}}"#, A2AMessage.Answer.answered("a\nb")),
        (#"{"result":{"kind":"message","parts":[{"kind":"data","data":{"x":1}}]}}"#, .answered(["x": 1])),
        (#"{"result":{"task":{"id":"t","status":{"state":"TASK_STATE_WORKING"}}}}"#, .working(task: "t")),
        (#"{"result":{"kind":"task","id":"t","status":{"state":"submitted"}}}"#, .working(task: "t")),
        (
            #"{"result":{"id":"t","status":{"state":"completed"},"artifacts":[{"parts":[{"text":"1"}]},{"parts":[{"text":"2"}]}]}}"#,
            .answered("1\n2")
        ),
        (#"{"result":{"id":"t","status":{"state":"completed","message":{"parts":[{"text":"said"}]}}}}"#, .answered("said")),
        (
            #"{"result":{"task":{"id":"t","status":{"state":"TASK_STATE_INPUT_REQUIRED","message":{"parts":[{"text":"which?"}]}},"artifacts":[{"parts":[{"text":"half"}]}]}}}"#,
            .answered("which?")
        ),
        (#"{"result":{"task":{"id":"t","status":{"state":"TASK_STATE_AUTH_REQUIRED"}}}}"#, .failed(state: "auth-required", words: "")),
        (
            #"{"result":{"id":"t","status":{"state":"rejected","message":{"parts":[{"text":"no"}]}}}}"#,
            .failed(state: "rejected", words: "no")
        ),
        (#"{"error":{"code":-32001,"message":"gone"}}"#, .failed(state: "a2a--32001", words: "gone")),
    ]) func `answers of both versions are read`(_ text: String, _ expected: A2AMessage.Answer) throws {
        #expect(try A2AMessage(.v1_0).read(JSONReader.read(text).json) == expected)
    }

    @Test(arguments: [
        "{}", #"{"result":{}}"#, #"{"result":{"status":{"state":"working"}}}"#, #"{"result":{"message":{"parts":[{"raw":"aGk="}]}}}"#, "[]",
    ]) func `what is no answer is a fault of the agent`(_ text: String) throws {
        let error = #expect(throws: TrialFault.self) { try A2AMessage(.v1_0).read(JSONReader.read(text).json) }
        #expect(error?.kind == .protocolViolation)
    }
}

@Suite struct AnswerPlacesReadingTests {
    private func read(_ body: String, _ change: (inout HTTPTransportSettings.AnswerPlaces) throws -> Void = { _ in }) throws -> Transcript {
        var places = HTTPTransportSettings.AnswerPlaces()
        try change(&places)
        return try AnswerPlacesReading(places).transcript(of: Array(body.utf8))
    }

    @Test func `without places the answer is all of it, JSON or not`() throws {
        #expect(try read("plain text").output == "plain text")
        #expect(try read(#"{"a":1}"#).output == ["a": 1])
    }

    @Test func `each place gives its part`() throws {
        let body = #"""
            {"data":{"text":"done"},"why":"because","usage":{"in":12,"out":3,"usd":0.25},
            "steps":[{"tool":{"name":"f"},"args":"{\"x\":1}","out":"y"},{"tool":{"name":"g"}}]}
            """#
        let transcript = try read(body) { places in
            places.output = try ValuePath("data.text")
            places.explanation = try ValuePath("/why")
            places.inputTokens = try ValuePath("usage.in")
            places.outputTokens = try ValuePath("usage.out")
            places.cost = try ValuePath("usage.usd")
            places.toolCalls = .init(
                list: try ValuePath("steps"), name: try ValuePath("tool.name"), arguments: try ValuePath("args"),
                result: try ValuePath("out"))
        }
        #expect(transcript.output == "done")
        #expect(transcript.explanation == "because")
        #expect(transcript.usage == Usage(inputTokens: 12, outputTokens: 3, cost: 0.25))
        #expect(transcript.toolCalls == [ToolCall(id: nil, name: "f", arguments: ["x": 1]), ToolCall(id: nil, name: "g", arguments: [:])])
        #expect(transcript.events.count == 3)
        #expect(transcript.events[1] == .toolResult(ToolResult(id: nil, call: 0, content: "y", isError: false)))
    }

    @Test func `an output that is missing costs the trial, a number that is missing says nothing`() throws {
        let fault = #expect(throws: TrialFault.self) { try read(#"{"a":1}"#) { $0.output = try ValuePath("b") } }
        #expect(fault?.description == "protocol-violation: the agent's answer has nothing at b")
        #expect(throws: TrialFault(.protocolViolation, "the agent's answer is not JSON")) {
            try read("x") { $0.output = try ValuePath("b") }
        }
        #expect(try read(#"{"a":1}"#) { $0.cost = try ValuePath("b") }.usage == Usage())
        #expect(throws: TrialFault(.protocolViolation, "call 1 at steps has no name at name")) {
            try read(#"{"steps":[{}]}"#) { $0.toolCalls = .init(list: try ValuePath("steps")) }
        }
        #expect(throws: TrialFault(.protocolViolation, "what stands at steps is no list of calls")) {
            try read(#"{"steps":{}}"#) { $0.toolCalls = .init(list: try ValuePath("steps")) }
        }
    }
}
