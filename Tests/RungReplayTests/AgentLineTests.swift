import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct AgentLineTests {
    private func read(_ bytes: [UInt8], number: Int = 7) -> Result<AgentLine, AgentLine.Problem> {
        bytes.withUnsafeBufferPointer { AgentLine.read($0, number: number) }
    }

    @Test(arguments: [
        (#"{"type":"hello","protocol":1,"concurrency":8}"#, AgentLine(trial: nil, body: .hello(concurrency: 8))),
        (
            #"{"type":"message","trial":"t","role":"assistant","content":"hi"}"#,
            AgentLine(trial: "t", body: .message(Message(role: .assistant, content: "hi")))
        ),
        (
            #"{"type":"tool-call","trial":"t","name":"find","arguments":{"q":1}}"#,
            AgentLine(trial: "t", body: .toolCall(ToolCall(id: nil, name: "find", arguments: ["q": 1])))
        ),
        (
            #"{"type":"tool-result","trial":"t","id":"c1","content":[1],"error":true}"#,
            AgentLine(trial: "t", body: .toolResult(id: "c1", content: [1], isError: true))
        ),
        (
            #"{"type":"usage","trial":"t","inputTokens":3,"cost":0.5}"#,
            AgentLine(trial: "t", body: .usage(Usage(inputTokens: 3, cost: 0.5)))
        ),
        (#"{"type":"explanation","trial":"t","text":"why"}"#, AgentLine(trial: "t", body: .explanation("why"))),
        (#"{"type":"log","trial":"t","text":""}"#, AgentLine(trial: "t", body: .log(""))),
        (
            #"{"trial":"t","type":"result","output":null,"usage":{"outputTokens":2}}"#,
            AgentLine(trial: "t", body: .result(.init(usage: Usage(outputTokens: 2))))
        ),
        (
            #"{"type":"result","trial":"t","error":"no","code":"rate-limited"}"#,
            AgentLine(trial: "t", body: .result(.init(error: "no", code: "rate-limited")))
        ),
    ])
    func `each type of line is read`(text: String, expected: AgentLine) {
        #expect(read(Array(text.utf8)) == .success(expected))
    }

    @Test(
        arguments: [
            ("secret garbage", nil, "agent line 7, column 1: not valid JSON"),
            ("", nil, "agent line 7, column 1: not valid JSON"),
            (#"{"type":"log","trial":"t","text":"secret"#, nil, "agent line 7, column 34: not valid JSON"),
            (#"{"type":"log","secret":1,"secret":2}"#, nil, "agent line 7, column 26: not valid JSON"),
            ("[1]", nil, "agent line 7, column 1: a line must be a JSON object"),
            ("{}", nil, "agent line 7, column 1: no \"type\""),
            (
                #"{"type":"secret","trial":"t"}"#, "t",
                "agent line 7, column 9: unknown \"type\"; known are explanation, hello, log, message, result, tool-call, tool-result, usage"
            ),
            (#"{"type":"log","text":"secret"}"#, nil, "agent line 7, column 1: no \"trial\" in a log line"),
            (#"{"type":"message","trial":"t","role":"user"}"#, "t", "agent line 7, column 1: no \"content\" in a message line"),
            (
                #"{"type":"log","trial":"t","text":"a","secret":1}"#, "t",
                "agent line 7, column 38: unknown key in a log line; known are type, trial, text"
            ),
            (
                #"{"type":"message","trial":"t","role":"secret","content":"x"}"#, "t",
                "agent line 7, column 38: \"role\" of a message line is not what the protocol says"
            ),
            (
                #"{"type":"result","trial":"t","usage":{"inputTokens":1,"secret":2}}"#, "t",
                "agent line 7, column 55: \"usage\" of a result line is not what the protocol says"
            ),
            (
                #"{"type":"usage","trial":"t","cost":-1}"#, "t",
                "agent line 7, column 36: \"cost\" of a usage line is not what the protocol says"
            ),
            (
                #"{"type":"hello","protocol":2,"concurrency":1}"#, nil,
                "agent line 7, column 28: the agent speaks protocol 2; Rung speaks 1"
            ),
            (
                #"{"type":"hello","protocol":1,"concurrency":0}"#, nil,
                "agent line 7, column 44: \"concurrency\" of a hello line is not what the protocol says"
            ),
        ] as [(String, String?, String)])
    func `a wrong line gives its place and never its content`(text: String, trial: String?, reason: String) {
        #expect(read(Array(text.utf8)) == .failure(.init(trial: trial, reason: reason)))
        #expect(!reason.contains("secret"))
    }

    @Test func `bytes that are not UTF-8 are named as such`() {
        let bytes = Array(#"{"type":"log","trial":"t","text":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(read(bytes) == .failure(.init(trial: nil, reason: "agent line 7, column 34: not valid UTF-8")))
    }

    @Test func `every type of the schema is read`() {
        let samples = [
            "explanation": #""text":"""#, "hello": #""protocol":1,"concurrency":1"#, "log": #""text":"""#,
            "message": #""role":"user","content":"""#, "result": #""output":1"#, "tool-call": #""name":"n","arguments":null"#,
            "tool-result": #""content":null"#, "usage": #""cost":1"#,
        ]
        for shape in AgentProtocol.eventShapes {
            let trial = shape.name == "hello" ? "" : #""trial":"t","#
            let text = "{\"type\":\"\(shape.name)\",\(trial)\(samples[shape.name] ?? "")}"
            #expect(throws: Never.self) { try read(Array(text.utf8)).get() }
        }
    }
}
