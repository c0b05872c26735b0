internal import RungCore
internal import RungText

/// Which text of a trial a grader judges.
enum JudgedText: String, Sendable, CaseIterable {
    /// The output, else the last message of the assistant.
    case answer
    /// The agent's explanation of its answer.
    case explanation
    /// All messages of the assistant, joined by line breaks.
    case transcript

    /// The text; nil when the agent gave none.
    func text(of transcript: Transcript) -> String? {
        switch self {
        case .answer: return transcript.answer
        case .explanation: return transcript.explanation
        case .transcript:
            let said = transcript.events.compactMap { event -> String? in
                guard case .message(let message) = event, message.role == .assistant else { return nil }
                return message.content
            }
            return said.isEmpty ? nil : said.joined(separator: "\n")
        }
    }

    /// What sentences call it.
    var noun: String {
        switch self {
        case .answer: "the answer"
        case .explanation: "the explanation"
        case .transcript: "the transcript"
        }
    }

    /// The judgement when there is no such text.
    var missing: Judgement {
        switch self {
        case .answer: .failing("the agent gave no answer")
        case .explanation: .failing("the agent gave no explanation")
        case .transcript: .failing("the agent said nothing")
        }
    }

    /// The value that the text stands for: structured output as it is, anything else read as JSON.
    ///
    /// - Returns: nil when the agent gave no such text.
    func json(of transcript: Transcript) throws(JSONSyntaxError) -> JSONValue? {
        if self == .answer, let output = transcript.output, output.stringValue == nil { return output }
        guard let text = text(of: transcript) else { return nil }
        return try JSONReader.read(text).json
    }

    /// The parameter that chooses it.
    static let field = ObjectShape.Field.optional(
        "target", .oneOf(allCases.map(\.rawValue)),
        "The text that is judged: answer, explanation, or transcript (all messages of the assistant); default answer.")
}
