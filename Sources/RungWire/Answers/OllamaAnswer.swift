internal import RungText

/// Ollama's own `chat` and `generate`, plain and as JSON Lines.
struct OllamaAnswer: AnswerAssembler {
    var draft = AnswerDraft()

    mutating func take(whole: Node) { take(event: whole, named: nil) }

    mutating func take(event: Node, named name: String?) {
        draft.model = draft.model ?? event["model"]?.filledString
        draft.usage = draft.usage.updated(by: ModelUsage(input: event["prompt_eval_count"]?.int, output: event["eval_count"]?.int))
        draft.isComplete = draft.isComplete || event["done"]?.bool == true
        let message = event["message"]
        guard message != nil || event["response"] != nil || event["done"] != nil else { return }
        draft.update(0) { output in
            output.text += message?["content"]?.string ?? event["response"]?.string ?? ""
            output.reasoning += message?["thinking"]?.string ?? event["thinking"]?.string ?? ""
            output.finish = event["done_reason"]?.string ?? output.finish
            for call in message?["tool_calls"]?.array ?? [] {
                output.add(
                    ModelAnswer.ToolCall(
                        id: call["id"]?.string, name: call["function", "name"]?.string ?? "",
                        arguments: call["function", "arguments"]?.argumentText ?? "{}"))
            }
        }
    }
}
