import RungCore
import RungHTTP
import RungText
import RungWire

/// OpenAI's `responses`: https://platform.openai.com/docs/api-reference/responses
///
/// What the model answered goes back item by item as it came, so that its reasoning goes on after a call of a tool.
struct OpenAIResponsesDialect: ModelDialect {
    let address = "https://api.openai.com/v1"
    let addressVariable = "OPENAI_BASE_URL"
    let keyVariable = "OPENAI_API_KEY"
    let path = "/responses"

    func headers(key: String?) -> [HTTPHeader] { key.map { [HTTPHeader("authorization", "Bearer \($0)")] } ?? [] }

    func body(_ talk: ModelTalk) -> JSONValue {
        var members: [JSONValue.Member] = []
        if !talk.instructions.isEmpty { members.append(.init("instructions", .string(talk.instructions.joined(separator: "\n\n")))) }
        members.append(.init("input", .array(talk.turns.flatMap(Self.items))))
        if !talk.tools.isEmpty { members.append(.init("tools", .array(talk.tools.map(Self.tool)))) }
        return talk.body(members)
    }

    private static func items(_ turn: ModelTalk.Turn) -> [JSONValue] {
        switch turn {
        case .said(.tool, let text): [["role": "user", "content": .string("Tool result:\n\(text)")]]
        case .said(let role, let text): [["role": .string(role.rawValue), "content": .string(text)]]
        case .answer(_, let raw): raw["output"]?.arrayValue ?? []
        case .results(let results):
            results.enumerated().map { index, result in
                [
                    "type": "function_call_output", "call_id": .string(result.call.id ?? "call_\(index)"),
                    "output": .string(result.answer.content.plainText),
                ]
            }
        }
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var members: [JSONValue.Member] = [.init("type", "function"), .init("name", .string(tool.name))]
        if let description = tool.description { members.append(.init("description", .string(description))) }
        // Strict schemas are a promise that a schema from elsewhere need not keep.
        members += [.init("parameters", tool.inputSchema), .init("strict", false)]
        return .object(members)
    }
}
