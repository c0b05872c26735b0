internal import RungText

/// The protocol that an exchange speaks, whoever the provider is.
public enum WireKind: String, Sendable, CaseIterable {
    /// `…/v1/messages`, also in the shapes of Bedrock and Vertex AI.
    case anthropicMessages = "anthropic.messages"
    case bedrockConverse = "bedrock.converse"
    /// Bedrock's own shapes of models; Anthropic's are `anthropicMessages`.
    case bedrockInvoke = "bedrock.invoke"
    /// Both versions of Cohere's chat.
    case cohereChat = "cohere.chat"
    case googleGenerate = "google.generateContent"
    case ollamaChat = "ollama.chat"
    case ollamaGenerate = "ollama.generate"
    /// `…/chat/completions` of OpenAI and of everyone who speaks like it.
    case openAIChat = "openai.chat"
    /// The older `…/completions` without messages.
    case openAICompletions = "openai.completions"
    case openAIEmbeddings = "openai.embeddings"
    case openAIResponses = "openai.responses"
    /// Any other HTTP: files, token counts, tools.
    case other
}

extension WireKind {
    /// What a request asks for; decided by the end of the path, so that a prefix in front of it changes nothing.
    ///
    /// Only `POST` asks a model for something. Paths that several protocols share are told apart by host, headers and body.
    public init(of request: WireRequest) {
        let path = request.path
        guard request.method == "POST", let last = path.last else {
            self = .other
            return
        }
        let before = path.dropLast().last
        if let colon = last.lastIndex(of: ":") {
            self = Self.method(last[last.index(after: colon)...], request)
            return
        }
        switch last {
        case "completions": self = before == "chat" ? .openAIChat : .openAICompletions
        case "responses": self = .openAIResponses
        case "embeddings": self = .openAIEmbeddings
        case "messages": self = Self.isAnthropic(request, path) ? .anthropicMessages : .other
        case "converse" where path.contains("model"), "converse-stream" where path.contains("model"): self = .bedrockConverse
        case "invoke" where path.contains("model"), "invoke-with-response-stream" where path.contains("model"):
            self = Self.member("anthropic_version", of: request) != nil ? .anthropicMessages : .bedrockInvoke
        case "chat": self = Self.chat(before, request)
        case "generate" where before == "api": self = .ollamaGenerate
        default: self = .other
        }
    }

    /// The methods that Google's paths end with.
    private static func method(_ name: Substring, _ request: WireRequest) -> WireKind {
        switch name {
        case "generateContent", "streamGenerateContent": .googleGenerate
        case "rawPredict", "streamRawPredict":
            if member("anthropic_version", of: request) != nil {
                .anthropicMessages
            } else {
                member("messages", of: request) != nil ? .openAIChat : .other
            }
        default: .other
        }
    }

    /// Assistants of OpenAI have messages, too: in a thread.
    private static func isAnthropic(_ request: WireRequest, _ path: [Substring]) -> Bool {
        if path.contains("threads") { return false }
        return request.headers["anthropic-version"] != nil || request.host.hasSuffix("anthropic.com")
            || member("max_tokens", of: request) != nil
    }

    private static func chat(_ before: Substring?, _ request: WireRequest) -> WireKind {
        if before == "api" { return .ollamaChat }
        if before == "v2" || request.host.hasSuffix("cohere.com") || request.host.hasSuffix("cohere.ai") { return .cohereChat }
        if member("messages", of: request) != nil { return .openAIChat }
        return member("message", of: request) != nil ? .cohereChat : .other
    }

    private static func member(_ name: String, of request: WireRequest) -> Node? {
        (try? JSONReader.read(request.body))?[name]
    }
}
