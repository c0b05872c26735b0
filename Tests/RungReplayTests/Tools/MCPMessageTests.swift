import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct MCPMessageTests {
    private static let toolset = [
        ToolDefinition(name: "lookup", description: "Looks up.", inputSchema: ["type": "object"]),
        ToolDefinition(name: "bare", inputSchema: ["type": "object"]),
    ]

    private func answer(_ message: String, _ result: Result<ToolExchange, ToolMiss> = .failure(Self.miss)) -> String? {
        MCPMessage.answer(Array(message.utf8), toolset: Self.toolset) { _, _ in result }.map { JSONText.compact($0) }
    }

    private static let miss = ToolMiss(explanation: MissExplanation(method: "CALL", target: "lookup", reason: .unknownPlace(known: [])))

    @Test(arguments: [
        ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"), ("2024-11-05", "2024-11-05"), ("2099-01-01", "2025-06-18"),
    ])
    func `the version that the client asks for is spoken where it is known`(_ asked: String, _ spoken: String) {
        #expect(
            answer(#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(asked)"}}"#)
                == #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"\#(spoken)","capabilities":{"tools":{"listChanged":false}},"serverInfo":{"name":"rung-replay","version":"1"}}}"#
        )
    }

    @Test func `the tools are listed as they were`() {
        #expect(
            answer(#"{"jsonrpc":"2.0","id":"a","method":"tools/list"}"#)
                == #"{"jsonrpc":"2.0","id":"a","result":{"tools":[{"name":"lookup","description":"Looks up.","inputSchema":{"type":"object"}},{"name":"bare","inputSchema":{"type":"object"}}]}}"#
        )
    }

    @Test func `a result of the protocol is given back as it was, any other as text and structure`() {
        let call = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"lookup","arguments":{"a":1}}}"#
        func recorded(_ result: JSONValue, isError: Bool = false) -> String? {
            answer(call, .success(ToolExchange(name: "lookup", arguments: ["a": 1], result: result, isError: isError)))
        }
        #expect(
            recorded(["content": [["type": "text", "text": "x"]], "isError": true])
                == #"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"x"}],"isError":true}}"#)
        #expect(recorded("x") == #"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"x"}],"isError":false}}"#)
        #expect(
            recorded(["b": 2], isError: true)
                == #"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"{\"b\":2}"}],"isError":true,"structuredContent":{"b":2}}}"#
        )
        #expect(answer(call)?.contains(#""error":{"code":-32602,"message":"rung replay: no recording of CALL lookup"#) == true)
    }

    @Test func `a call that was refused is refused again`() {
        let refused = ToolExchange(
            name: "lookup", arguments: .null, result: ["jsonrpcError": ["code": -32_602, "message": "no order"]], isError: true)
        #expect(
            answer(#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"lookup"}}"#, .success(refused))
                == #"{"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"no order"}}"#)
    }

    @Test(arguments: [
        ("{", -32_700), ("[]", -32_600), ("{}", -32_600), (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32_600),
        (#"{"jsonrpc":"2.0","id":1}"#, -32_600), (#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32_601),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#, -32_602), ("3", -32_600),
    ])
    func `what it does not understand is refused as JSON-RPC refuses it`(_ message: String, _ code: Int) {
        #expect(answer(message)?.contains(#""error":{"code":\#(code),"#) == true)
    }

    @Test func `notifications and answers get none`() {
        #expect(answer(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == nil)
        #expect(answer(#"{"jsonrpc":"2.0","id":3,"result":{}}"#) == nil)
    }

    @Test func `a batch is answered as a batch`() {
        #expect(
            answer(#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},{"jsonrpc":"2.0","id":2,"method":"ping"}]"#)
                == #"[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2,"result":{}}]"#)
        #expect(answer(#"[{"jsonrpc":"2.0","method":"x"}]"#) == nil)
    }

    @Test func `a hostile method is not repeated`() {
        #expect(answer(#"{"jsonrpc":"2.0","id":1,"method":"a\u001b[31m<b>"}"#)?.contains("a??31m?b?") == true)
    }
}
