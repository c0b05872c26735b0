import RungCore
import RungHTTP
import RungText
import RungWire

/// `chat/completions` of OpenAI and of everyone who speaks like it: https://platform.openai.com/docs/api-reference/chat
struct OpenAIChatDialect: ModelDialect {
    let address = "https://api.openai.com/v1"
    let addressVariable = "OPENAI_BASE_URL"
    let keyVariable = "OPENAI_API_KEY"
    let path = "/chat/completions"

    func headers(key: String?) -> [HTTPHeader] { key.map { [HTTPHeader("authorization", "Bearer \($0)")] } ?? [] }

    func body(_ talk: ModelTalk) -> JSONValue {
        var messages: [JSONValue] = []
        if !talk.instructions.isEmpty { messages.append(Self.message("system", talk.instructions.joined(separator: "\n\n"))) }
        for turn in talk.turns { messages += Self.messages(turn) }
        var members: [JSONValue.Member] = [.init("messages", .array(messages))]
        if !talk.tools.isEmpty { members.append(.init("tools", .array(talk.tools.map(Self.tool)))) }
        return talk.body(members)
    }

    private static func messages(_ turn: ModelTalk.Turn) -> [JSONValue] {
        switch turn {
        // A result needs a call in front of it; one that a scenario tells of has none.
        case .said(.tool, let text): [message("user", "Tool result:\n\(text)")]
        case .said(let role, let text): [message(role.rawValue, text)]
        case .answer(let output, let raw): [answer(output, raw["choices"]?.arrayValue?.first?["message"])]
        case .results(let results):
            results.enumerated().map { index, result in
                [
                    "role": "tool", "tool_call_id": .string(result.call.id ?? "call_\(index)"),
                    "content": .string(result.answer.content.plainText),
                ]
            }
        }
    }

    private static func message(_ role: String, _ text: String) -> JSONValue { ["role": .string(role), "content": .string(text)] }

    /// Calls go back as they came, with what providers sign them with; so does reasoning of those who want it back.
    private static func answer(_ output: ModelAnswer.Output, _ raw: JSONValue?) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("role", "assistant"), .init("content", output.text.isEmpty && !output.toolCalls.isEmpty ? .null : .string(output.text)),
        ]
        if let reasoning = raw?["reasoning_content"], !reasoning.isNull { members.append(.init("reasoning_content", reasoning)) }
        let told = raw?["tool_calls"]?.arrayValue ?? []
        if !told.isEmpty, told.allSatisfy({ $0["id"]?.stringValue?.isEmpty == false }) {
            members.append(.init("tool_calls", .array(told)))
        } else if !output.toolCalls.isEmpty {
            members.append(
                .init(
                    "tool_calls",
                    .array(
                        output.toolCalls.enumerated().map { index, call in
                            [
                                "id": .string(call.id ?? "call_\(index)"), "type": "function",
                                "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                            ]
                        })))
        }
        return .object(members)
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var function: [JSONValue.Member] = [.init("name", .string(tool.name))]
        if let description = tool.description { function.append(.init("description", .string(description))) }
        function.append(.init("parameters", tool.inputSchema))
        return ["type": "function", "function": .object(function)]
    }
}
