internal import RungText

/// `converse` and `converse-stream` of Bedrock, which also Nova models speak when they are invoked.
struct BedrockConverseAnswer: AnswerAssembler {
    var draft: AnswerDraft

    /// - Parameter model: the model of the URL; the answer names none.
    init(model: String?) {
        draft = AnswerDraft()
        draft.model = model
    }

    mutating func take(whole: Node) {
        draft.usage = Self.usage(whole["usage"])
        guard let message = whole["output", "message"] else { return }
        draft.update(0) { output in
            output.finish = whole["stopReason"]?.string
            for block in message["content"]?.array ?? [] {
                output.text += block["text"]?.string ?? ""
                output.reasoning += block["reasoningContent", "reasoningText"]?["text"]?.string ?? ""
                guard let call = block["toolUse"] else { continue }
                output.add(
                    ModelAnswer.ToolCall(
                        id: call["toolUseId"]?.string, name: call["name"]?.string ?? "", arguments: call["input"]?.argumentText ?? "{}"))
            }
        }
    }

    mutating func take(event: Node, named name: String?) {
        let index = event["contentBlockIndex"]?.int ?? 0
        switch name {
        case "messageStart": draft.update(0) { _ in }
        case "contentBlockStart":
            guard let call = event["start", "toolUse"] else { return }
            draft.update(0) { output in
                output.call(index) {
                    $0 = ModelAnswer.ToolCall(id: call["toolUseId"]?.string, name: call["name"]?.string ?? "", arguments: "")
                }
            }
        case "contentBlockDelta":
            guard let delta = event["delta"] else { return }
            draft.update(0) { output in
                output.text += delta["text"]?.string ?? ""
                output.reasoning += delta["reasoningContent", "text"]?.string ?? ""
                if let input = delta["toolUse", "input"] { output.call(index) { $0.arguments += input.argumentText } }
            }
        case "messageStop":
            draft.update(0) { $0.finish = event["stopReason"]?.string ?? $0.finish }
            draft.isComplete = true
        case "metadata": draft.usage = draft.usage.updated(by: Self.usage(event["usage"]))
        default: break
        }
    }

    static func usage(_ node: Node?) -> ModelUsage {
        ModelUsage(
            input: node?["inputTokens"]?.int, output: node?["outputTokens"]?.int,
            cacheRead: node?["cacheReadInputTokens"]?.int ?? node?["cacheReadInputTokenCount"]?.int,
            cacheCreation: node?["cacheWriteInputTokens"]?.int ?? node?["cacheWriteInputTokenCount"]?.int)
    }
}
