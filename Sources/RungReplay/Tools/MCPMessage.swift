import RungCore
import RungText

/// One message of the Model Context Protocol to a server of recorded tools, and its answer: JSON-RPC 2.0.
///
/// Knows `initialize`, `ping`, `tools/list` and `tools/call`; everything else is refused as JSON-RPC refuses it. What carries the
/// messages, HTTP or pipes, is not its business.
struct MCPMessage {
    /// Answers one message, or a batch of them.
    ///
    /// - Parameters:
    ///   - toolset: what is on offer.
    ///   - call: performs a call.
    /// - Returns: nil where nothing is answered: to notifications and to answers.
    static func answer(
        _ bytes: [UInt8], toolset: [ToolDefinition], call: (String, JSONValue) -> Result<ToolExchange, ToolMiss>
    ) -> JSONValue? {
        guard let node = try? JSONReader.read(bytes) else { return error(.null, -32_700, "not valid JSON") }
        guard let batch = node.array else { return MCPMessage(node).answer(toolset, call) }
        if batch.isEmpty { return error(.null, -32_600, "an empty batch") }
        let answers = batch.compactMap { MCPMessage($0).answer(toolset, call) }
        return answers.isEmpty ? nil : .array(answers)
    }

    /// Versions of the protocol that are spoken alike as far as tools go, the newest first.
    static let versions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]

    /// In the result of a recorded call: the server refused it with this error of JSON-RPC.
    static let errorKey = "jsonrpcError"

    private let node: Node

    private init(_ node: Node) { self.node = node }

    private func answer(_ toolset: [ToolDefinition], _ call: (String, JSONValue) -> Result<ToolExchange, ToolMiss>) -> JSONValue? {
        guard node.members != nil, node["jsonrpc"]?.string == "2.0" else { return Self.error(.null, -32_600, "not a JSON-RPC 2.0 message") }
        guard let method = node["method"]?.string else {
            // An answer to something that this server never asks.
            return node["result"] != nil || node["error"] != nil ? nil : Self.error(.null, -32_600, "no method")
        }
        guard let id = node["id"]?.json else { return nil }
        switch method {
        case "initialize": return Self.result(id, initialized)
        case "ping": return Self.result(id, .object([]))
        case "tools/list": return Self.result(id, ["tools": .array(toolset.map(Self.offer))])
        case "tools/call":
            guard let name = node["params"]?["name"]?.string else { return Self.error(id, -32_602, "tools/call needs params.name") }
            switch call(name, node["params"]?["arguments"]?.json ?? .object([])) {
            case .success(let exchange):
                if exchange.isError, let error = exchange.result[Self.errorKey] { return ["jsonrpc": "2.0", "id": id, "error": error] }
                return Self.result(id, Self.content(exchange))
            case .failure(let miss):
                return Self.error(id, -32_602, "rung replay: \(miss.explanation.message)")
            }
        default: return Self.error(id, -32_601, "the recording has tools alone; \(PlainName.shown(method)) is not among what it answers")
        }
    }

    private var initialized: JSONValue {
        let asked = node["params"]?["protocolVersion"]?.string
        let version = asked.flatMap { Self.versions.contains($0) ? $0 : nil } ?? Self.versions[1]
        return [
            "protocolVersion": .string(version), "capabilities": ["tools": ["listChanged": false]],
            "serverInfo": ["name": "rung-replay", "version": "1"],
        ]
    }

    private static func offer(_ tool: ToolDefinition) -> JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(tool.name))]
        if let description = tool.description { members.append(.init("description", .string(description))) }
        members.append(.init("inputSchema", tool.inputSchema))
        return .object(members)
    }

    /// The result as it was recorded when it was one of this protocol; any other value as text, and as structure where it is an object.
    private static func content(_ exchange: ToolExchange) -> JSONValue {
        if let members = exchange.result.members, members.contains(where: { $0.key == "content" && $0.value.arrayValue != nil }) {
            return exchange.result
        }
        var members: [JSONValue.Member] = [
            .init("content", [["type": "text", "text": .string(exchange.result.plainText)]]), .init("isError", .bool(exchange.isError)),
        ]
        if exchange.result.members != nil { members.append(.init("structuredContent", exchange.result)) }
        return .object(members)
    }

    private static func result(_ id: JSONValue, _ result: JSONValue) -> JSONValue { ["jsonrpc": "2.0", "id": id, "result": result] }

    private static func error(_ id: JSONValue, _ code: Int, _ message: String) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "error": ["code": .int(code), "message": .string(message)]]
    }
}

/// A name from outside, as it may stand in a message.
enum PlainName {
    /// At most forty characters, and nothing but what names are made of.
    static func shown(_ name: String) -> String {
        String(
            name.unicodeScalars.prefix(40).map {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789/_-.".unicodeScalars.contains($0)) ? Character($0) : "?"
            })
    }
}
