import RungCore
import RungText

/// One line of an agent, read and checked.
struct AgentLine: Sendable, Equatable {
    /// The trial it belongs to; nil for `hello` alone.
    var trial: String?
    var body: Body

    /// What the line says.
    enum Body: Sendable, Equatable {
        case explanation(String)
        /// How many trials the agent takes at once.
        case hello(concurrency: Int)
        case log(String)
        case message(Message)
        case result(End)
        case toolCall(ToolCall)
        case toolResult(id: String?, content: JSONValue, isError: Bool)
        case usage(Usage)
    }

    /// What a result line says.
    struct End: Sendable, Equatable {
        var output: JSONValue?
        var explanation: String?
        var usage: Usage?
        /// What went wrong, in the agent's words; for the log alone.
        var error: String?
        var code: String?
    }

    /// Why a line is not the protocol; its text holds nothing that the agent wrote.
    struct Problem: Error, Sendable, Equatable {
        /// The trial that the line names, when that much of it can be read.
        var trial: String?
        /// Starts with the number of the line, such as `agent line 3, column 14: not valid JSON`.
        var reason: String
    }
}

extension AgentLine {
    /// Reads line `number`, counted from 1.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> Result<AgentLine, Problem> {
        let node: Node
        do {
            node = try JSONReader.read(bytes, line: number)
        } catch {
            let what = String(validating: bytes, as: UTF8.self) == nil ? "not valid UTF-8" : "not valid JSON"
            return .failure(Problem(trial: nil, reason: "\(place(number, error.position)): \(what)"))
        }
        var diagnostics = Diagnostics()
        AgentProtocol.eventShape.check(node, file: "", into: &diagnostics)
        if let first = diagnostics.all.first {
            let reason = "\(place(number, first.position ?? .start)): \(problem(in: node, at: first.position))"
            return .failure(Problem(trial: node["trial"]?.string, reason: reason))
        }
        return .success(AgentLine(trial: node["trial"]?.string, body: body(of: node)))
    }

    private static func place(_ number: Int, _ position: SourcePosition) -> String {
        "agent line \(number), column \(position.column)"
    }

    private static func body(of node: Node) -> Body {
        switch node["type"]?.string {
        case "explanation": .explanation(text(node["text"]))
        case "hello": .hello(concurrency: node["concurrency"]?.int ?? 1)
        case "log": .log(text(node["text"]))
        case "message":
            .message(Message(role: Message.Role(rawValue: text(node["role"])) ?? .assistant, content: text(node["content"])))
        case "result": .result(end(of: node))
        case "tool-call":
            .toolCall(
                ToolCall(id: node["id"]?.string, name: text(node["name"]), arguments: node["arguments"]?.json ?? .null))
        case "tool-result":
            .toolResult(id: node["id"]?.string, content: node["content"]?.json ?? .null, isError: node["error"]?.bool ?? false)
        case "usage": .usage(usage(of: node))
        default: preconditionFailure("every type of the shape is read here")
        }
    }

    private static func text(_ node: Node?) -> String { node?.string ?? "" }

    private static func end(of node: Node) -> End {
        var end = End(explanation: node["explanation"]?.string, error: node["error"]?.string, code: node["code"]?.string)
        if let output = node["output"], !output.isNull { end.output = output.json }
        if let usage = node["usage"], !usage.isNull { end.usage = Self.usage(of: usage) }
        return end
    }

    private static func usage(of node: Node) -> Usage {
        Usage(
            inputTokens: node["inputTokens"]?.int, outputTokens: node["outputTokens"]?.int, cost: node["cost"]?.double)
    }
}

extension AgentLine {
    /// Says in the protocol's words what is wrong at `position`; the checker's own text quotes the agent.
    private static func problem(in node: Node, at position: SourcePosition?) -> String {
        guard let members = node.members else { return "a line must be a JSON object" }
        guard let type = node["type"] else { return "no \"type\"" }
        guard let shape = AgentProtocol.eventShapes.first(where: { $0.name == type.string }) else {
            return "unknown \"type\"; known are \(AgentProtocol.eventShapes.map(\.name).joined(separator: ", "))"
        }
        if shape.name == "hello", let version = node["protocol"]?.int, version != AgentProtocol.version {
            return "the agent speaks protocol \(version); Rung speaks \(AgentProtocol.version)"
        }
        guard let position, position != node.position,
            let member = members.last(where: { $0.position <= position })
        else {
            let missing = shape.fields.first { field in field.isRequired && !members.contains { $0.key == field.key } }
            return "no \"\(missing?.key ?? "trial")\" in a \(shape.name) line"
        }
        guard shape.keys.contains(member.key) else {
            return "unknown key in a \(shape.name) line; known are \((["type"] + shape.keys).joined(separator: ", "))"
        }
        return "\"\(member.key)\" of a \(shape.name) line is not what the protocol says"
    }
}
