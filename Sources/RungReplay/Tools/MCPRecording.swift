import RungCore
import RungText
import RungWire

/// Finds the calls of tools in traffic with MCP servers, so that they can be replayed by name and arguments.
enum MCPRecording {
    /// The cassette with tools in place of the traffic that carried them.
    ///
    /// Requests that are messages of MCP leave the exchanges: their numbers and sessions differ from run to run.
    static func extracted(_ cassette: Cassette) -> Cassette {
        var result = cassette
        result.exchanges = []
        for exchange in cassette.exchanges {
            guard !isSession(exchange.request) else { continue }
            guard let request = message(exchange.request) else {
                result.exchanges.append(exchange)
                continue
            }
            guard let answer = answer(exchange.response), answer["id"]?.json == request["id"]?.json else { continue }
            guard let found = answer["result"] else {
                if let error = answer["error"] { add(error, of: request, to: &result) }
                continue
            }
            switch request["method"]?.string {
            case "tools/list": add(found, to: &result.toolset)
            case "tools/call":
                guard let name = request["params"]?["name"]?.string else { continue }
                result.tools.append(
                    ToolExchange(
                        name: name, arguments: request["params"]?["arguments"]?.json ?? .object([]), result: found.json,
                        isError: found["isError"]?.bool ?? false))
            default: continue
            }
        }
        // A tool that is called is reached over this protocol, whether or not anybody asked for the list.
        for call in result.tools where !result.toolset.contains(where: { $0.name == call.name }) {
            result.toolset.append(ToolDefinition(name: call.name, inputSchema: ["type": "object"]))
        }
        return result
    }

    /// A call that the server refused is a call with an answer.
    private static func add(_ error: Node, of request: Node, to cassette: inout Cassette) {
        guard request["method"]?.string == "tools/call", let name = request["params"]?["name"]?.string else { return }
        cassette.tools.append(
            ToolExchange(
                name: name, arguments: request["params"]?["arguments"]?.json ?? .object([]), result: [MCPMessage.errorKey: error.json],
                isError: true))
    }

    /// Whether a request only waits for messages of the server, or ends a session.
    private static func isSession(_ request: Exchange.Request) -> Bool {
        request.body.isEmpty && (request.header("mcp-session-id") != nil || request.header("mcp-protocol-version") != nil)
    }

    /// The body of a request when it is a message of MCP.
    private static func message(_ request: Exchange.Request) -> Node? {
        guard let node = try? JSONReader.read(request.body), node["jsonrpc"]?.string == "2.0", let method = node["method"]?.string else {
            return nil
        }
        let known = [
            "initialize", "ping", "tools/", "notifications/", "resources/", "prompts/", "logging/", "completion/", "server/", "roots/",
            "sampling/", "elicitation/", "subscriptions/",
        ]
        return known.contains { method == $0 || $0.hasSuffix("/") && method.hasPrefix($0) } ? node : nil
    }

    /// The answer in a body that is JSON, or the last event of a stream that has one.
    private static func answer(_ response: Exchange.Response) -> Node? {
        let bytes = response.bytes
        if response.header("content-type")?.lowercased().hasPrefix("text/event-stream") == true {
            guard let blocks = try? ServerSentEventParser.blocks(of: bytes) else { return nil }
            let messages = blocks.compactMap { $0.event.flatMap { try? JSONReader.read($0.data) } }
            return messages.last { $0["result"] != nil || $0["error"] != nil }
        }
        return try? JSONReader.read(bytes)
    }

    private static func add(_ found: Node, to toolset: inout [ToolDefinition]) {
        for tool in found["tools"]?.array ?? [] {
            guard let name = tool["name"]?.string, !toolset.contains(where: { $0.name == name }) else { continue }
            toolset.append(
                ToolDefinition(
                    name: name, description: tool["description"]?.string, inputSchema: tool["inputSchema"]?.json ?? ["type": "object"]))
        }
    }
}
