import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct MCPRecordingTests {
    private static func exchange(_ request: String, _ response: String, type: String = "application/json") -> Exchange {
        Exchange(
            request: .init(method: "POST", url: "http://127.0.0.1:1/mcp", body: Array(request.utf8)),
            response: .init(
                status: 200, headers: [.init("Content-Type", type)], body: response.isEmpty ? [] : [.init(Array(response.utf8))]))
    }

    private static let model = exchange(#"{"model":"m"}"#, #"{"choices":[]}"#)

    private func extracted(_ exchanges: [Exchange]) -> Cassette {
        MCPRecording.extracted(Cassette(provenance: .init(scenario: "s", recorder: "test"), exchanges: exchanges))
    }

    @Test func `calls and offers become lines of their own, and the messages go`() {
        let found = extracted([
            Self.exchange(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#, #"{"jsonrpc":"2.0","id":0,"result":{}}"#),
            Self.exchange(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, ""),
            Self.exchange(
                #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
                #"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","description":"A.","inputSchema":{"type":"object"}},{"name":"a"}]}}"#
            ),
            Self.model,
            Self.exchange(
                #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a","arguments":{"x":1}}}"#,
                "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
                    + "data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[],\"isError\":true}}\n\n", type: "text/event-stream"),
        ])
        #expect(found.exchanges == [Self.model])
        #expect(found.toolset == [ToolDefinition(name: "a", description: "A.", inputSchema: ["type": "object"])])
        #expect(
            found.tools == [ToolExchange(name: "a", arguments: ["x": 1], result: ["content": [], "isError": true], isError: true)])
    }

    @Test func `a call that was refused is recorded with its error, an answer to something else is not`() {
        let call = #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"a"}}"#
        let found = extracted([
            Self.exchange(call, #"{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"x"}}"#),
            Self.exchange(call, #"{"jsonrpc":"2.0","id":3,"result":{}}"#), Self.exchange(call, "no JSON"),
        ])
        #expect(
            found.tools == [
                ToolExchange(
                    name: "a", arguments: .object([]), result: ["jsonrpcError": ["code": -1, "message": "x"]], isError: true)
            ])
        #expect(found.exchanges.isEmpty && found.toolset.map(\.name) == ["a"])
    }

    @Test func `a stream that waits for the server, and the end of a session, are no exchanges`() {
        let requests = ["GET", "DELETE"].map { method in
            Exchange(
                request: .init(method: method, url: "http://127.0.0.1:1/mcp", headers: [.init("Mcp-Protocol-Version", "2025-11-25")]),
                response: .init(status: 200, body: [.init(Array(": wait\n\n".utf8))]))
        }
        #expect(extracted(requests).exchanges.isEmpty)
        let plain = Exchange(request: .init(method: "GET", url: "http://127.0.0.1:1/health"), response: .init(status: 200))
        #expect(extracted([plain]).exchanges == [plain])
    }

    @Test func `what only looks like a message of the protocol stays`() {
        let foreign = Self.exchange(#"{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber"}"#, #"{"jsonrpc":"2.0","id":1,"result":"0x1"}"#)
        #expect(extracted([foreign]).exchanges == [foreign])
    }
}
