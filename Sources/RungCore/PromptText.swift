public import RungText

extension PromptVersion {
    /// A variable that the template declares and nobody gave a value.
    public struct Unfilled: Error, Sendable, Equatable {
        public var prompt: PromptReference
        public var variable: String

        public init(prompt: PromptReference, variable: String) {
            self.prompt = prompt
            self.variable = variable
        }
    }

    /// The template with values in place of its variables: texts as they are, everything else as JSON.
    ///
    /// - Parameter values: an object; names that the template does not have are nobody's business.
    public func filled(with values: JSONValue?) throws(Unfilled) -> String {
        guard !variables.isEmpty else { return text }
        var filled = ""
        for piece in Placeholder.pieces(of: text) {
            switch piece {
            case .text(let text): filled += text
            case .name(let name):
                guard let value = values?[name] else {
                    throw Unfilled(prompt: PromptReference(id: id, label: label), variable: name)
                }
                filled += value.plainText
            }
        }
        return filled
    }
}

extension TrialRequest {
    /// What templates of transports may name.
    public static let parts = [
        "agent", "case", "context", "environment", "index", "input", "messages", "prompt", "prompts", "seed", "timeoutMs", "trial",
        "variables",
    ]
}
