/// Names whoever answers, such as `openai`; one lower-case word a provider, of this project's choice.
public enum WireProvider {
    /// Ends of host names; the first that fits counts.
    private static let hosts: [(suffix: String, name: String)] = [
        ("anthropic.com", "anthropic"), ("openai.azure.com", "azure"), ("cognitiveservices.azure.com", "azure"),
        ("services.ai.azure.com", "azure"), ("openai.com", "openai"), ("amazonaws.com", "bedrock"), ("cerebras.ai", "cerebras"),
        ("cohere.ai", "cohere"), ("cohere.com", "cohere"), ("deepseek.com", "deepseek"), ("fireworks.ai", "fireworks"),
        ("generativelanguage.googleapis.com", "google"), ("aiplatform.googleapis.com", "vertex"), ("groq.com", "groq"),
        ("huggingface.cloud", "huggingface"), ("huggingface.co", "huggingface"), ("mistral.ai", "mistral"),
        ("moonshot.ai", "moonshot"), ("openrouter.ai", "openrouter"), ("perplexity.ai", "perplexity"),
        ("snowflakecomputing.com", "snowflake"), ("together.ai", "together"), ("together.xyz", "together"), ("writer.com", "writer"),
        ("x.ai", "xai"), ("z.ai", "zai"),
    ]

    /// Decides by host, then by the headers with which each provider's clients sign, then by the protocol; `other` at last.
    public static func name(of request: WireRequest, kind: WireKind) -> String {
        let host = request.host
        for (suffix, name) in hosts where host == suffix || host.hasSuffix("." + suffix) || host.hasSuffix("-" + suffix) { return name }
        if isOllama(request) { return "ollama" }
        let headers = request.headers
        if headers["anthropic-version"] != nil { return "anthropic" }
        if headers["x-goog-api-key"] != nil || headers["x-goog-api-client"] != nil { return "google" }
        if headers["x-amz-date"] != nil || headers["amz-sdk-invocation-id"] != nil { return "bedrock" }
        switch kind {
        case .anthropicMessages: return "anthropic"
        case .bedrockConverse, .bedrockInvoke: return "bedrock"
        case .cohereChat: return "cohere"
        case .googleGenerate: return request.path.contains("publishers") ? "vertex" : "google"
        case .ollamaChat, .ollamaGenerate: return "ollama"
        case .openAIChat, .openAICompletions, .openAIEmbeddings, .openAIResponses, .other: return "other"
        }
    }

    /// Ollama's own port, whatever the machine.
    private static func isOllama(_ request: WireRequest) -> Bool {
        guard let scheme = request.url.firstRange(of: "://") else { return false }
        return request.url[scheme.upperBound...].prefix { $0 != "/" }.hasSuffix(":11434")
    }
}
