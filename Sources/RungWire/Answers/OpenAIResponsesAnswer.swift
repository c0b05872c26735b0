internal import RungText

/// Responses of OpenAI, plain and streamed: one output, whose finish is the status of the response.
///
/// The event that ends a stream holds the whole response and counts; what the deltas told counts where it never came.
struct OpenAIResponsesAnswer: AnswerAssembler {
    var draft = AnswerDraft()
    /// Items that the deltas told of, by their index.
    private var items: [Int: OutputDraft] = [:]

    mutating func take(whole: Node) {
        draft.model = whole["model"]?.filledString ?? draft.model
        let usage = whole["usage"]
        draft.usage = draft.usage.updated(
            by: ModelUsage(
                input: usage?["input_tokens"]?.int, output: usage?["output_tokens"]?.int,
                cacheRead: usage?["input_tokens_details", "cached_tokens"]?.int,
                reasoning: usage?["output_tokens_details", "reasoning_tokens"]?.int))
        if let error = whole["error"], !error.isNull {
            draft.error = ModelAnswerError(.reported, codes: ModelAnswerError.codes(in: error))
        }
        if let output = whole["output"]?.array, !output.isEmpty {
            items = [:]
            for (index, item) in output.enumerated() { items[index] = Self.item(item) }
        }
        let status = whole["status"]?.string
        joinItems(always: whole["output"] != nil) { $0.finish = status }
    }

    mutating func take(event: Node, named name: String?) {
        let index = event["output_index"]?.int ?? 0
        let delta = event["delta"]?.string ?? ""
        switch event["type"]?.string ?? name ?? "" {
        case "response.created", "response.queued", "response.in_progress":
            draft.model = event["response", "model"]?.filledString ?? draft.model
        case "response.output_item.added", "response.output_item.done":
            if let item = event["item"] { items[index] = Self.item(item) }
        case "response.output_text.delta": items[index, default: OutputDraft()].text += delta
        case "response.refusal.delta": items[index, default: OutputDraft()].refusal += delta
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            items[index, default: OutputDraft()].reasoning += delta
        case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
            items[index, default: OutputDraft()].call(withoutIndex: nil) { $0.arguments += delta }
        case "response.completed", "response.failed", "response.incomplete", "response.cancelled":
            draft.isComplete = true
            if let response = event["response"] { take(whole: response) }
        case "error": draft.error = ModelAnswerError(.reported, codes: Self.errorCodes(event))
        default: break
        }
    }

    mutating func end() {
        if !draft.hasOutputs { joinItems(always: false) { _ in } }
    }

    /// An event names itself in `type`; what went wrong stands in `code`, or in an object.
    private static func errorCodes(_ event: Node) -> [String] {
        if let error = event["error"], !error.isNull { return ModelAnswerError.codes(in: error) }
        return [ModelAnswerError.code(event["code"]?.string)].compactMap { $0 }
    }

    private mutating func joinItems(always: Bool, _ body: (inout OutputDraft) -> Void) {
        guard always || !items.isEmpty else { return }
        draft.removeOutputs()
        let items = items.sorted { $0.key < $1.key }.map(\.value)
        draft.update(0) { output in
            for item in items {
                output.text += item.text
                output.refusal += item.refusal
                output.reasoning += item.reasoning
                for call in item.calls { output.add(call) }
            }
            body(&output)
        }
    }

    /// One item of the output; tools that the provider ran itself leave nothing.
    private static func item(_ item: Node) -> OutputDraft {
        var draft = OutputDraft()
        switch item["type"]?.string {
        case "message":
            for part in item["content"]?.array ?? [] {
                draft.text += part["text"]?.string ?? ""
                draft.refusal += part["refusal"]?.string ?? ""
            }
        case "reasoning":
            for part in (item["summary"]?.array ?? []) + (item["content"]?.array ?? []) { draft.reasoning += part["text"]?.string ?? "" }
        case "function_call", "custom_tool_call":
            draft.add(
                ModelAnswer.ToolCall(
                    id: item["call_id"]?.string ?? item["id"]?.string, name: item["name"]?.string ?? "",
                    arguments: item["arguments"]?.argumentText ?? item["input"]?.string ?? ""))
        default: break
        }
        return draft
    }
}
