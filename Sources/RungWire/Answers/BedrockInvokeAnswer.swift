internal import RungText

/// `invoke` of Bedrock in the shapes of Amazon Nova and Titan, Cohere, Meta, Mistral and of everyone who speaks like OpenAI.
///
/// What tokens cost stands in headers of a plain answer and in the last chunk of a stream, whatever the model.
struct BedrockInvokeAnswer: AnswerAssembler {
    var draft: AnswerDraft
    private var converse: BedrockConverseAnswer

    init(model: String?, headers: WireHeaders) {
        draft = AnswerDraft()
        draft.model = model
        draft.usage = ModelUsage(
            input: headers["x-amzn-bedrock-input-token-count"].flatMap { Int($0) },
            output: headers["x-amzn-bedrock-output-token-count"].flatMap { Int($0) },
            cacheRead: headers["x-amzn-bedrock-cache-read-input-token-count"].flatMap { Int($0) },
            cacheCreation: headers["x-amzn-bedrock-cache-write-input-token-count"].flatMap { Int($0) })
        converse = BedrockConverseAnswer(model: model)
    }

    mutating func take(whole: Node) {
        if whole["output", "message"] != nil {
            converse.take(whole: whole)
            converse.draft.usage = draft.usage.updated(by: converse.draft.usage)
            draft = converse.draft
        } else {
            take(event: whole, named: nil)
        }
    }

    mutating func take(event: Node, named name: String?) {
        if let metrics = event["amazon-bedrock-invocationMetrics"] {
            draft.isComplete = true
            draft.usage = draft.usage.updated(
                by: ModelUsage(
                    input: metrics["inputTokenCount"]?.int, output: metrics["outputTokenCount"]?.int,
                    cacheRead: metrics["cacheReadInputTokenCount"]?.int, cacheCreation: metrics["cacheWriteInputTokenCount"]?.int))
        }
        if let nova = event.members?.first(where: {
            ["messageStart", "contentBlockStart", "contentBlockDelta", "messageStop", "metadata"].contains($0.key)
        }) {
            // Swapped and not copied: a copy for each event would cost as much as everything before it.
            swap(&converse.draft, &draft)
            converse.take(event: nova.value, named: nova.key)
            swap(&converse.draft, &draft)
            return
        }
        let lists = ["results", "outputs", "generations", "choices", "completions"]
        if let choices = lists.lazy.compactMap({ event[$0]?.array }).first {
            for (position, choice) in choices.enumerated() { take(choice, at: choice["index"]?.int ?? position) }
        } else if event["generation"] != nil || event["outputText"] != nil || event["completion"] != nil || event["text"] != nil {
            take(event, at: 0)
        }
        draft.usage = draft.usage.updated(
            by: ModelUsage(
                input: event["prompt_token_count"]?.int ?? event["inputTextTokenCount"]?.int ?? event["usage", "prompt_tokens"]?.int,
                output: event["generation_token_count"]?.int ?? event["totalOutputTextTokenCount"]?.int
                    ?? event["usage", "completion_tokens"]?.int))
    }

    private mutating func take(_ choice: Node, at index: Int) {
        let texts = [
            choice["text"], choice["generation"], choice["outputText"], choice["completion"], choice["data", "text"],
            choice["message", "content"], choice["delta", "content"],
        ]
        let words = [
            choice["stop_reason"], choice["finish_reason"], choice["completionReason"], choice["finishReason", "reason"],
        ]
        draft.update(index) { output in
            output.text += texts.lazy.compactMap { $0?.string }.first ?? ""
            output.finish = words.lazy.compactMap { $0?.filledString }.first ?? output.finish
        }
        draft.isComplete = draft.isComplete || words.contains { $0?.filledString != nil }
        if let count = choice["tokenCount"]?.int {
            let (sum, overflow) = (draft.usage.output ?? 0).addingReportingOverflow(count)
            if !overflow { draft.usage.output = sum }
        }
    }
}
