import RungCore
import RungHTTP
import RungText
import RungWire

/// Anthropic's `messages`: https://docs.anthropic.com/en/api/messages
///
/// What the model answered goes back block by block as it came, because blocks of thinking are signed.
struct AnthropicMessagesDialect: ModelDialect {
    let address = "https://api.anthropic.com"
    let addressVariable = "ANTHROPIC_BASE_URL"
    let keyVariable = "ANTHROPIC_API_KEY"
    let path = "/v1/messages"

    /// The version of the API whose messages are written and read here.
    static let version = "2023-06-01"

    func headers(key: String?) -> [HTTPHeader] {
        [HTTPHeader("anthropic-version", Self.version)] + (key.map { [HTTPHeader("x-api-key", $0)] } ?? [])
    }

    func body(_ talk: ModelTalk) -> JSONValue {
        var system = talk.instructions
        var messages: [JSONValue] = []
        for turn in talk.turns {
            switch turn {
            case .said(.system, let text): system.append(text)
            case .said(.assistant, let text): messages.append(["role": "assistant", "content": .string(text)])
            case .said(.tool, let text): messages.append(["role": "user", "content": .string("Tool result:\n\(text)")])
            case .said(.user, let text): messages.append(["role": "user", "content": .string(text)])
            case .answer(_, let raw): messages.append(["role": "assistant", "content": raw["content"] ?? .array([])])
            case .results(let results):
                messages.append(
                    [
                        "role": "user",
                        "content": .array(
                            results.enumerated().map { index, result in
                                var block: [JSONValue.Member] = [
                                    .init("type", "tool_result"), .init("tool_use_id", .string(result.call.id ?? "call_\(index)")),
                                    .init("content", .string(result.answer.content.plainText)),
                                ]
                                if result.answer.isError { block.append(.init("is_error", true)) }
                                return .object(block)
                            }),
                    ])
            }
        }
        // The API wants a limit; this one is within what every model of it allows.
        var members: [JSONValue.Member] = [.init("max_tokens", 4_096)]
        if !system.isEmpty { members.append(.init("system", .string(system.joined(separator: "\n\n")))) }
        members.append(.init("messages", .array(messages)))
        if !talk.tools.isEmpty { members.append(.init("tools", .array(talk.tools.map(Self.tool)))) }
        return talk.body(members)
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(tool.name))]
        if let description = tool.description { members.append(.init("description", .string(description))) }
        members.append(.init("input_schema", tool.inputSchema))
        return .object(members)
    }
}
