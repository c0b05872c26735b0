internal import RungText

/// Embeddings: a model and its usage; vectors are no text.
struct OpenAIEmbeddingsAnswer: AnswerAssembler {
    var draft = AnswerDraft()

    mutating func take(whole: Node) {
        draft.model = whole["model"]?.filledString
        draft.usage = OpenAIChatAnswer.usage(whole["usage"])
    }

    mutating func take(event: Node, named name: String?) { take(whole: event) }
}
