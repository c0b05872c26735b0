internal import RungText

/// Chat of Cohere in both versions, plain and streamed.
struct CohereAnswer: AnswerAssembler {
    var draft: AnswerDraft

    /// - Parameter model: the model of the request; answers name none.
    init(model: String?) {
        draft = AnswerDraft()
        draft.model = model
    }

    mutating func take(whole: Node) {
        draft.usage = draft.usage.updated(by: Self.usage(whole["usage"] ?? whole["meta"]))
        guard whole["message"]?.members != nil || whole["text"] != nil else { return }
        draft.removeOutputs()
        draft.update(0) { output in
            output.finish = whole["finish_reason"]?.string
            output.text += whole["text"]?.string ?? ""
            for part in whole["message", "content"]?.array ?? [] { Self.take(part, into: &output) }
            output.reasoning += whole["message", "tool_plan"]?.string ?? ""
            for call in whole["message", "tool_calls"]?.array ?? whole["tool_calls"]?.array ?? [] { output.add(Self.call(call)) }
        }
    }

    mutating func take(event: Node, named name: String?) {
        let message = event["delta", "message"]
        let index = event["index"]?.int ?? 0
        switch event["type"]?.string ?? event["event_type"]?.string ?? name ?? "" {
        case "message-start": draft.update(0) { _ in }
        case "content-start", "content-delta":
            if let content = message?["content"] { draft.update(0) { Self.take(content, into: &$0) } }
        case "tool-plan-delta": draft.update(0) { $0.reasoning += message?["tool_plan"]?.string ?? "" }
        case "tool-call-start":
            if let call = message?["tool_calls"] { draft.update(0) { $0.call(index) { $0 = Self.call(call) } } }
        case "tool-call-delta":
            let part = message?["tool_calls", "function"]?["arguments"]?.string ?? ""
            draft.update(0) { $0.call(index) { $0.arguments += part } }
        case "message-end":
            draft.isComplete = true
            draft.usage = draft.usage.updated(by: Self.usage(event["delta", "usage"]))
            draft.update(0) { $0.finish = event["delta", "finish_reason"]?.string }
            if event["delta", "error"]?.string != nil { draft.error = ModelAnswerError(.reported) }
        case "text-generation": draft.update(0) { $0.text += event["text"]?.string ?? "" }
        case "stream-end":
            draft.isComplete = true
            if let response = event["response"] { take(whole: response) }
            draft.update(0) { $0.finish = event["finish_reason"]?.string ?? $0.finish }
        default: break
        }
    }

    private static func take(_ part: Node, into output: inout OutputDraft) {
        output.text += part["text"]?.string ?? ""
        output.reasoning += part["thinking"]?.string ?? ""
    }

    /// The second version writes calls as OpenAI does, the first one with a value of parameters and without an id.
    private static func call(_ call: Node) -> ModelAnswer.ToolCall {
        ModelAnswer.ToolCall(
            id: call["id"]?.string, name: call["function", "name"]?.string ?? call["name"]?.string ?? "",
            arguments: call["function", "arguments"]?.argumentText ?? call["parameters"]?.argumentText ?? "")
    }

    private static func usage(_ node: Node?) -> ModelUsage {
        let tokens = node?["tokens"] ?? node?["billed_units"]
        return ModelUsage(
            input: tokens?["input_tokens"]?.int, output: tokens?["output_tokens"]?.int, cacheRead: node?["cached_tokens"]?.int)
    }
}
