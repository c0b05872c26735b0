/// A provider of models that the replay server knows: where it lives, and which variables SDKs read to find it.
public struct ReplayProvider: Sendable, Equatable {
    /// Stands in paths behind `~`, and in provenance.
    public var name: String
    /// Where it lives; nil where every customer has an address of their own.
    public var url: String?
    /// Variables with its address, and what their SDKs expect behind the host.
    var addresses: [(variable: String, suffix: String)]
    /// The names of the variables with its address.
    public var addressVariables: [String] { addresses.map(\.variable) }

    /// Variables with a key, without which SDKs do not start.
    var keys: [String]

    private init(_ name: String, _ url: String?, _ addresses: [(variable: String, suffix: String)], keys: [String]) {
        self.name = name
        self.url = url
        self.addresses = addresses
        self.keys = keys
    }

    public static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.url == b.url }

    /// All of them, sorted by name. A new one is an entry here.
    public static let all: [ReplayProvider] = [
        ReplayProvider(
            "anthropic", "https://api.anthropic.com", [("ANTHROPIC_BASE_URL", ""), ("ANTHROPIC_API_BASE", "")], keys: ["ANTHROPIC_API_KEY"]),
        ReplayProvider(
            "azure", nil, [("AZURE_OPENAI_ENDPOINT", ""), ("AZURE_API_BASE", "")], keys: ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"]),
        ReplayProvider("bedrock", nil, [("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "")], keys: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
        ReplayProvider("cohere", "https://api.cohere.com", [("CO_API_URL", "")], keys: ["CO_API_KEY", "COHERE_API_KEY"]),
        ReplayProvider(
            "deepseek", "https://api.deepseek.com", [("DEEPSEEK_API_BASE", ""), ("DEEPSEEK_BASE_URL", "")], keys: ["DEEPSEEK_API_KEY"]),
        ReplayProvider(
            "google", "https://generativelanguage.googleapis.com", [("GOOGLE_GEMINI_BASE_URL", ""), ("GEMINI_BASE_URL", "")],
            keys: ["GEMINI_API_KEY", "GOOGLE_API_KEY"]),
        ReplayProvider(
            "groq", "https://api.groq.com", [("GROQ_BASE_URL", ""), ("GROQ_API_BASE", "/openai/v1")], keys: ["GROQ_API_KEY"]),
        ReplayProvider(
            "huggingface", "https://router.huggingface.co", [("HF_INFERENCE_ENDPOINT", "")], keys: ["HF_TOKEN"]),
        ReplayProvider(
            "mistral", "https://api.mistral.ai", [("MISTRAL_BASE_URL", "/v1"), ("MISTRAL_API_BASE", "/v1")], keys: ["MISTRAL_API_KEY"]),
        ReplayProvider(
            "ollama", "http://127.0.0.1:11434", [("OLLAMA_HOST", ""), ("OLLAMA_API_BASE", ""), ("OLLAMA_BASE_URL", "/v1")], keys: []),
        ReplayProvider(
            "openai", "https://api.openai.com", [("OPENAI_BASE_URL", "/v1"), ("OPENAI_API_BASE", "/v1")], keys: ["OPENAI_API_KEY"]),
        ReplayProvider(
            "openrouter", "https://openrouter.ai", [("OPENROUTER_BASE_URL", "/api/v1"), ("OPENROUTER_API_BASE", "/api/v1")],
            keys: ["OPENROUTER_API_KEY"]),
        ReplayProvider("vertex", nil, [("GOOGLE_VERTEX_BASE_URL", "")], keys: []),
    ]

    /// The provider that a path without a name belongs to when only its form tells.
    static func guessed(path: String) -> String? {
        if path == "/v1/messages" || path.hasPrefix("/v1/messages/") { return "anthropic" }
        if path.contains(":generateContent") || path.contains(":streamGenerateContent") { return "google" }
        if path.hasPrefix("/api/") { return "ollama" }
        if path.hasPrefix("/openai/deployments/") { return "azure" }
        return path.hasPrefix("/v1/") ? "openai" : nil
    }
}
