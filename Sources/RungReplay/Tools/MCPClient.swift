import RungCore
import RungText

/// A conversation with a server of the Model Context Protocol, as far as tools go: https://modelcontextprotocol.io/specification
///
/// Used by one trial, one call after another.
struct MCPClient: Sendable {
    private let channel: any MCPChannel
    private let name: String
    private var lastID = 0

    /// Lists that go on for more pages than this do not end.
    private static let longestList = 100

    /// - Parameter name: what messages call the server.
    private init(_ channel: any MCPChannel, name: String) {
        self.channel = channel
        self.name = name
    }

    /// Opens the conversation; what was started is gone when this throws.
    static func open(_ channel: any MCPChannel, name: String, _ time: inout TrialTime) async throws(TrialFault) -> MCPClient {
        var client = MCPClient(channel, name: name)
        do throws(TrialFault) {
            let hello = try await client.ask(
                "initialize",
                [
                    "protocolVersion": .string(MCPMessage.versions[1]), "capabilities": .object([]),
                    "clientInfo": ["name": "rung", "version": "1"],
                ], &time)
            guard let version = hello["protocolVersion"]?.string, MCPMessage.versions.contains(version) else {
                throw client.violation("it speaks no version of the protocol that is known here")
            }
            channel.agree(on: version)
            try await channel.tell(["jsonrpc": "2.0", "method": "notifications/initialized"], &time)
        } catch {
            await channel.close()
            throw error
        }
        return client
    }

    /// The tools on offer, over all pages.
    mutating func tools(_ time: inout TrialTime) async throws(TrialFault) -> [ToolDefinition] {
        var tools: [ToolDefinition] = []
        var cursor: String?
        for _ in 0..<Self.longestList {
            let page = try await ask("tools/list", cursor.map { ["cursor": .string($0)] } ?? .object([]), &time)
            guard let items = page["tools"]?.array else { throw violation("its list of tools is none") }
            for item in items {
                guard let name = item["name"]?.string else { throw violation("a tool of it has no name") }
                tools.append(
                    ToolDefinition(
                        name: name, description: item["description"]?.string, inputSchema: item["inputSchema"]?.json ?? ["type": "object"]))
            }
            cursor = page["nextCursor"]?.string
            if cursor == nil { return tools }
        }
        throw violation("its list of tools does not end")
    }

    /// Calls a tool. What the server refuses is an answer too: the model may do better.
    mutating func call(_ name: String, _ arguments: JSONValue, _ time: inout TrialTime) async throws(TrialFault) -> MCPResult {
        switch try await exchange("tools/call", ["name": .string(name), "arguments": arguments], &time) {
        case .success(let result): return MCPResult(result.json)
        case .failure(let error): return MCPResult(error)
        }
    }

    func close() async { await channel.close() }

    private mutating func ask(_ method: String, _ parameters: JSONValue, _ time: inout TrialTime) async throws(TrialFault) -> Node {
        switch try await exchange(method, parameters, &time) {
        case .success(let result): return result
        case .failure(let error): throw violation("it refused \(method) with code \(error.code)")
        }
    }

    private mutating func exchange(
        _ method: String, _ parameters: JSONValue, _ time: inout TrialTime
    ) async throws(TrialFault) -> Result<Node, MCPRefusal> {
        lastID += 1
        let message: JSONValue = ["jsonrpc": "2.0", "id": .int(lastID), "method": .string(method), "params": parameters]
        let answer = try await channel.ask(message, id: lastID, &time)
        if let result = answer["result"] { return .success(result) }
        guard let error = answer["error"] else { throw violation("its answer to \(method) has neither result nor error") }
        return .failure(MCPRefusal(code: error["code"]?.int ?? 0, message: error["message"]?.string ?? ""))
    }

    private func violation(_ reason: String) -> TrialFault { TrialFault(.protocolViolation, "MCP server \(name): \(reason)") }
}

/// What carries messages to a server of the Model Context Protocol.
protocol MCPChannel: Sendable {
    /// Sends a request and waits for the answer with its id.
    func ask(_ message: JSONValue, id: Int, _ time: inout TrialTime) async throws(TrialFault) -> Node
    /// Sends a notification.
    func tell(_ message: JSONValue, _ time: inout TrialTime) async throws(TrialFault)
    /// Told which version of the protocol is spoken from here on.
    func agree(on version: String)
    func close() async
}

/// An error of JSON-RPC.
struct MCPRefusal: Error, Sendable, Equatable {
    var code: Int
    var message: String
}

/// What a tool of a server answered.
struct MCPResult: Sendable, Equatable {
    /// The texts joined where there is nothing but text; the whole result elsewhere.
    var content: JSONValue
    /// What the server gave besides texts, for programs.
    var structured: JSONValue?
    var isError: Bool

    init(_ result: JSONValue) {
        isError = result["isError"]?.boolValue ?? false
        structured = result["structuredContent"]
        let parts = result["content"]?.arrayValue ?? []
        let texts = parts.compactMap { $0["type"]?.stringValue == "text" ? $0["text"]?.stringValue : nil }
        content = texts.count == parts.count && result["content"] != nil ? .string(texts.joined(separator: "\n")) : result
    }

    init(_ refusal: MCPRefusal) {
        content = .string("the server refused the call with code \(refusal.code): \(refusal.message)")
        isError = true
    }

    /// As a recorded tool answers: results of this protocol are told by their content.
    static func unpacked(_ answer: ToolAnswer) -> ToolAnswer {
        guard answer.content["content"]?.arrayValue != nil else { return answer }
        return ToolAnswer(MCPResult(answer.content).content, isError: answer.isError)
    }
}
