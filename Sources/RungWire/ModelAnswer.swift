/// What a model answered, whatever protocol it came over.
public struct ModelAnswer: Sendable, Equatable {
    /// The model as the answer names it; of a stream, as its first chunk does. Nil where it names none.
    public var model: String?
    /// One for each choice, by its index; empty where nothing was answered.
    public var outputs: [Output] = []
    /// Nil where the answer does not tell.
    public var usage: ModelUsage?
    /// Why this is not a whole answer; nil for one that is.
    public var error: ModelAnswerError?

    public init(model: String? = nil, outputs: [Output] = [], usage: ModelUsage? = nil, error: ModelAnswerError? = nil) {
        self.model = model
        self.outputs = outputs
        self.usage = usage
        self.error = error
    }

    /// One choice.
    public struct Output: Sendable, Equatable {
        /// Everything said to the user, joined; empty where nothing was.
        public var text = ""
        /// What the model said in place of an answer; nil where it did not refuse.
        public var refusal: String?
        /// What the model let be seen of its thinking; nil where it showed nothing.
        public var reasoning: String?
        /// Calls of the user's tools, in their order; those that the provider ran itself are not among them.
        public var toolCalls: [ToolCall] = []
        /// Why the model stopped, in the provider's word, the status of a response of OpenAI's; nil where it never said.
        public var finish: String?

        public init(
            text: String = "", refusal: String? = nil, reasoning: String? = nil, toolCalls: [ToolCall] = [], finish: String? = nil
        ) {
            self.text = text
            self.refusal = refusal
            self.reasoning = reasoning
            self.toolCalls = toolCalls
            self.finish = finish
        }
    }

    /// What the model wanted of a tool.
    public struct ToolCall: Sendable, Equatable {
        /// Nil where the protocol gives calls none.
        public var id: String?
        public var name: String
        /// The text as the model wrote it, mostly JSON; where the protocol has a value in its place, that value as JSON.
        public var arguments: String

        public init(id: String? = nil, name: String, arguments: String) {
            self.id = id
            self.name = name
            self.arguments = arguments
        }
    }
}

/// Tokens, each number as the provider reports it; nil where it does not.
///
/// What the numbers include differs: Anthropic and Bedrock count cached input beside `input`, the others within it; Google counts
/// thinking beside `output`, the others within it.
public struct ModelUsage: Sendable, Equatable {
    public var input: Int?
    public var output: Int?
    /// Input that was read from a cache.
    public var cacheRead: Int?
    /// Input that was written to a cache.
    public var cacheCreation: Int?
    /// Output that nobody but the model read.
    public var reasoning: Int?

    public init(
        input: Int? = nil, output: Int? = nil, cacheRead: Int? = nil, cacheCreation: Int? = nil, reasoning: Int? = nil
    ) {
        self.input = input
        self.output = output
        self.cacheRead = cacheRead
        self.cacheCreation = cacheCreation
        self.reasoning = reasoning
    }

    /// Whether nothing is known.
    var isEmpty: Bool { self == ModelUsage() }

    /// These numbers, and those of another where it has some.
    func updated(by other: ModelUsage) -> ModelUsage {
        ModelUsage(
            input: other.input ?? input, output: other.output ?? output, cacheRead: other.cacheRead ?? cacheRead,
            cacheCreation: other.cacheCreation ?? cacheCreation, reasoning: other.reasoning ?? reasoning)
    }
}
