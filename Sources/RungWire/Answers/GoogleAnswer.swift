internal import RungText

/// `generateContent` and `streamGenerateContent` of Gemini, from AI Studio and from Vertex AI.
///
/// A stream without `alt=sse` is one JSON array of its chunks. A prompt that was blocked is an error with the reason as its code.
struct GoogleAnswer: AnswerAssembler {
    var draft: AnswerDraft

    /// - Parameter model: the model of the URL, where the answer names none.
    init(model: String?) {
        draft = AnswerDraft()
        draft.model = model
    }

    mutating func take(whole: Node) {
        for chunk in whole.array ?? [whole] { take(event: chunk, named: nil) }
    }

    mutating func take(event: Node, named name: String?) {
        draft.model = event["modelVersion"]?.filledString ?? draft.model
        let usage = event["usageMetadata"]
        draft.usage = draft.usage.updated(
            by: ModelUsage(
                input: usage?["promptTokenCount"]?.int, output: usage?["candidatesTokenCount"]?.int,
                cacheRead: usage?["cachedContentTokenCount"]?.int, reasoning: usage?["thoughtsTokenCount"]?.int))
        if let reason = event["promptFeedback", "blockReason"]?.string {
            draft.error = ModelAnswerError(.reported, codes: [ModelAnswerError.code(reason)].compactMap { $0 })
            draft.isComplete = true
        }
        for (position, candidate) in (event["candidates"]?.array ?? []).enumerated() {
            draft.update(candidate["index"]?.int ?? position) { output in
                output.finish = candidate["finishReason"]?.string ?? output.finish
                for part in candidate["content", "parts"]?.array ?? [] { Self.take(part, into: &output) }
            }
            draft.isComplete = draft.isComplete || candidate["finishReason"] != nil
        }
    }

    private static func take(_ part: Node, into output: inout OutputDraft) {
        if let text = part["text"]?.string {
            if part["thought"]?.bool == true { output.reasoning += text } else { output.text += text }
        }
        guard let call = part["functionCall"] else { return }
        output.add(
            ModelAnswer.ToolCall(id: call["id"]?.string, name: call["name"]?.string ?? "", arguments: call["args"]?.argumentText ?? "{}"))
    }
}
