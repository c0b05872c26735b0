import RungWire
import Testing

struct WireKindTests {
    /// URL, body, protocol, provider.
    @Test(
        arguments: [
            ("https://api.openai.com/v1/chat/completions", "", .openAIChat, "openai"),
            ("http://127.0.0.1:8080/t/abc/openai/v1/chat/completions?x=1", "", .openAIChat, "other"),
            ("https://x.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=1", "", .openAIChat, "azure"),
            ("https://api.groq.com/openai/v1/chat/completions", "", .openAIChat, "groq"),
            ("https://api.mistral.ai/v1/chat/completions", "", .openAIChat, "mistral"),
            ("https://api.deepseek.com/chat/completions", "", .openAIChat, "deepseek"),
            ("https://openrouter.ai/api/v1/chat/completions", "", .openAIChat, "openrouter"),
            ("https://api.together.xyz/v1/completions", "", .openAICompletions, "together"),
            ("http://localhost:11434/v1/chat/completions", "", .openAIChat, "ollama"),
            ("http://[::1]:11434/api/chat", "", .ollamaChat, "ollama"),
            ("http://box/api/generate", "", .ollamaGenerate, "ollama"),
            ("https://api.openai.com/v1/responses", "", .openAIResponses, "openai"),
            ("https://api.openai.com/v1/responses/resp_1/cancel", "", .other, "openai"),
            ("https://api.openai.com/v1/embeddings", "", .openAIEmbeddings, "openai"),
            ("https://api.openai.com/v1/threads/t/messages", #"{"max_tokens":1}"#, .other, "openai"),
            ("https://api.anthropic.com/v1/messages?beta=true", "", .anthropicMessages, "anthropic"),
            ("https://api.anthropic.com/v1/messages/count_tokens", "", .other, "anthropic"),
            ("https://chat.example.com/v1/messages", #"{"text":"hi"}"#, .other, "other"),
            ("https://proxy.example.com/v1/messages", #"{"max_tokens":1,"messages":[]}"#, .anthropicMessages, "anthropic"),
            ("https://generativelanguage.googleapis.com/v1beta/models/g:generateContent", "", .googleGenerate, "google"),
            (
                "https://us-central1-aiplatform.googleapis.com/v1/projects/p/publishers/google/models/g:streamGenerateContent", "",
                .googleGenerate, "vertex"
            ),
            (
                "https://aiplatform.googleapis.com/v1/p/publishers/anthropic/models/c:rawPredict", #"{"anthropic_version":"v"}"#,
                .anthropicMessages, "vertex"
            ),
            (
                "https://aiplatform.googleapis.com/v1/p/publishers/mistralai/models/m:rawPredict", #"{"messages":[]}"#, .openAIChat,
                "vertex"
            ),
            ("https://aiplatform.googleapis.com/v1/models/m:countTokens", "", .other, "vertex"),
            ("https://bedrock-runtime.eu-west-1.amazonaws.com/model/a%3A0/converse-stream", "", .bedrockConverse, "bedrock"),
            ("https://bedrock-runtime.eu-west-1.amazonaws.com/model/a/invoke", "{}", .bedrockInvoke, "bedrock"),
            (
                "https://bedrock-runtime.eu-west-1.amazonaws.com/model/a/invoke", #"{"anthropic_version":"v"}"#, .anthropicMessages,
                "bedrock"
            ),
            ("https://api.cohere.com/v2/chat", "", .cohereChat, "cohere"),
            ("https://api.cohere.com/v1/chat", "", .cohereChat, "cohere"),
            ("https://api.writer.com/v1/chat", #"{"messages":[]}"#, .openAIChat, "writer"),
            ("https://api.example.com/v1/chat", "no json", .other, "other"),
            ("https://example.com", "", .other, "other"), ("", "", .other, "other"), ("/v1/chat/completions", "", .openAIChat, "other"),
        ] as [(String, String, WireKind, String)])
    func `protocol and provider are told by the request`(url: String, body: String, kind: WireKind, provider: String) {
        let request = WireRequest(method: "POST", url: url, body: Array(body.utf8))
        #expect(WireKind(of: request) == kind)
        #expect(WireProvider.name(of: request, kind: kind) == provider)
    }

    @Test func `nothing but POST asks a model`() {
        for method in ["GET", "DELETE", "PUT", ""] {
            #expect(WireKind(of: WireRequest(method: method, url: "https://api.openai.com/v1/chat/completions")) == .other)
        }
    }

    @Test func `behind a proxy the headers tell the provider`() {
        func name(_ headers: WireHeaders, _ kind: WireKind) -> String {
            WireProvider.name(of: WireRequest(method: "POST", url: "http://127.0.0.1:9/x", headers: headers), kind: kind)
        }
        #expect(name(["Anthropic-Version": "2023-06-01"], .other) == "anthropic")
        #expect(name(["X-Goog-Api-Key": "k"], .other) == "google")
        #expect(name(["X-Amz-Date": "d"], .other) == "bedrock")
        #expect(name([:], .cohereChat) == "cohere")
        #expect(name([:], .other) == "other")
    }

    @Test func `a host that only looks like a provider's is none`() {
        let request = WireRequest(method: "POST", url: "https://notopenai.com/v1/chat/completions")
        #expect(WireProvider.name(of: request, kind: .openAIChat) == "other")
        let user = WireRequest(method: "POST", url: "https://api.openai.com@evil.example/v1/chat/completions")
        #expect(WireProvider.name(of: user, kind: .openAIChat) == "other")
    }

    @Test(
        arguments: [
            ("https://x/v1/responses", #"{"model":"m"}"#, "m"), ("https://x/v1beta/models/g-1:generateContent", "{}", "g-1"),
            ("https://x/model/a.b-v1%3A0/invoke", "{}", "a.b-v1:0"), ("https://x/openai/deployments/mine/chat/completions", "", "mine"),
            ("https://x/v1/models", "", nil), ("https://x/v1/files", #"{"model":""}"#, nil),
        ] as [(String, String, String?)])
    func `the model is told by the body or the path`(url: String, body: String, model: String?) {
        #expect(WireRequest(method: "POST", url: url, body: Array(body.utf8)).model == model)
    }

    @Test func `headers are found whatever their case, and the first one counts`() {
        let headers = WireHeaders([("Content-Type", "Text/Event-Stream; charset=utf-8"), ("content-type", "x")])
        #expect(headers["CONTENT-TYPE"] == "Text/Event-Stream; charset=utf-8")
        #expect(headers.mediaType == "text/event-stream")
        #expect(WireHeaders([]).mediaType == nil)
    }
}
