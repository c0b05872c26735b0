/// Tokens that an answer took in all, whatever of them a provider counts elsewhere; nil where it does not tell.
public struct ModelTokens: Sendable, Equatable {
    /// Everything that the model read, from a cache or not.
    public var input: Int?
    /// Everything that the model wrote, thinking included.
    public var output: Int?

    public init(input: Int? = nil, output: Int? = nil) {
        self.input = input
        self.output = output
    }

    /// Adds up what each provider counts in its own way; see `ModelUsage`. Embeddings have no output, so theirs is 0.
    public init(_ usage: ModelUsage?, of kind: WireKind) {
        input = Self.plausible(usage?.input)
        output = Self.plausible(usage?.output)
        switch kind {
        case .anthropicMessages, .bedrockConverse:
            input = input.map { $0 + (Self.plausible(usage?.cacheRead) ?? 0) + (Self.plausible(usage?.cacheCreation) ?? 0) }
        case .googleGenerate: output = output.map { $0 + (Self.plausible(usage?.reasoning) ?? 0) }
        case .openAIEmbeddings: output = output ?? 0
        case .bedrockInvoke, .cohereChat, .ollamaChat, .ollamaGenerate, .openAIChat, .openAICompletions, .openAIResponses, .other: break
        }
    }

    /// A count that a model can have; nil for what is none, so that nobody adds it up.
    public static func plausible(_ count: Int?) -> Int? { count.flatMap { (0...1 << 53).contains($0) ? $0 : nil } }
}
