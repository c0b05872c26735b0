internal import RungText

/// The older completions of a prompt without messages.
struct OpenAICompletionsAnswer: AnswerAssembler {
    var draft = AnswerDraft()

    mutating func take(whole: Node) { take(event: whole, named: nil) }

    mutating func take(event: Node, named name: String?) {
        draft.model = draft.model ?? event["model"]?.filledString
        draft.usage = draft.usage.updated(by: OpenAIChatAnswer.usage(event["usage"]))
        for (position, choice) in (event["choices"]?.array ?? []).enumerated() {
            draft.update(choice["index"]?.int ?? position) { output in
                output.text += choice["text"]?.string ?? ""
                output.finish = choice["finish_reason"]?.string ?? output.finish
            }
            draft.isComplete = draft.isComplete || choice["finish_reason"]?.filledString != nil
        }
    }
}
