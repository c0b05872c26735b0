import RungCore
import RungCrypto
import RungHTTP
import RungText
import RungWire
import Testing

@testable import RungReplay

/// What each protocol is asked with, where the protocols differ; the SDKs' own types check the whole in the end-to-end tests.
@Suite struct ModelDialectTests {
    private func talk(
        _ input: JSONValue = "Where is it?", messages: [Message] = [], context: JSONValue? = nil, parameters: JSONValue = ["model": "m"]
    ) throws -> ModelTalk {
        var scenario = Scenario(id: "c", input: input, digest: SHA256Hasher.digest(of: []), location: SourceLocation(file: "s", line: 1))
        scenario.messages = messages
        scenario.context = context
        scenario.variables = ["tone": "dry"]
        let prompt = PromptVersion(id: "p", label: "v1", text: "Be {{ tone }}.", variables: ["tone"], location: scenario.location)
        return try ModelTalk(
            TrialRequest(trialID: "t", agent: "a", index: 0, seed: 1, timeoutMs: 1, scenario: scenario, prompts: [prompt]),
            parameters: parameters)
    }

    /// The same after the model has called a tool without an id that failed.
    private func called() throws -> ModelTalk {
        var talk = try talk()
        let call = ModelAnswer.ToolCall(name: "f", arguments: #"{"x": 1}"#)
        talk.tools = [ToolDefinition(name: "f", inputSchema: ["type": "object"])]
        talk.turns += [
            .answer(ModelAnswer.Output(text: "Let me see.", toolCalls: [call]), raw: ["content": ["raw blocks"], "output": ["raw items"]]),
            .results([(call, ToolAnswer(["gone": true], isError: true))]),
        ]
        return talk
    }

    @Test func `the start is the prompt, the context, what was said and the input`() throws {
        let talk = try talk(
            messages: [Message(role: .system, content: "s"), Message(role: .tool, content: "t"), Message(role: .assistant, content: "a")],
            context: ["day": 1], parameters: ["model": "m", "max_tokens": 7])
        #expect(
            JSONText.compact(OpenAIChatDialect().body(talk))
                == #"{"model":"m","max_tokens":7,"messages":[{"role":"system","content":"Be dry.\n\nContext:\n{\"day\":1}"},"#
                + #"{"role":"system","content":"s"},{"role":"user","content":"Tool result:\nt"},{"role":"assistant","content":"a"},"#
                + #"{"role":"user","content":"Where is it?"}]}"#)
        #expect(
            JSONText.compact(AnthropicMessagesDialect().body(talk))
                == #"{"model":"m","max_tokens":7,"system":"Be dry.\n\nContext:\n{\"day\":1}\n\ns","#
                + #""messages":[{"role":"user","content":"Tool result:\nt"},{"role":"assistant","content":"a"},"#
                + #"{"role":"user","content":"Where is it?"}]}"#)
        #expect(
            JSONText.compact(OpenAIResponsesDialect().body(talk))
                == #"{"model":"m","max_tokens":7,"instructions":"Be dry.\n\nContext:\n{\"day\":1}","input":[{"role":"system","content":"s"},"#
                + #"{"role":"user","content":"Tool result:\nt"},{"role":"assistant","content":"a"},{"role":"user","content":"Where is it?"}]}"#
        )
    }

    @Test func `answers and results of tools go back as each protocol wants them`() throws {
        let talk = try called()
        #expect(
            JSONText.compact(OpenAIChatDialect().body(talk)["messages"]?.arrayValue?.suffix(2).map { $0 }.first ?? .null)
                == #"{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"call_0","type":"function","function":{"name":"f","arguments":"{\"x\": 1}"}}]}"#
        )
        #expect(
            JSONText.compact(OpenAIChatDialect().body(talk)["messages"]?.arrayValue?.last ?? .null)
                == #"{"role":"tool","tool_call_id":"call_0","content":"{\"gone\":true}"}"#)
        #expect(
            JSONText.compact(.array(OpenAIResponsesDialect().body(talk)["input"]?.arrayValue?.suffix(2).map { $0 } ?? []))
                == #"["raw items",{"type":"function_call_output","call_id":"call_0","output":"{\"gone\":true}"}]"#)
        #expect(
            JSONText.compact(.array(AnthropicMessagesDialect().body(talk)["messages"]?.arrayValue?.suffix(2).map { $0 } ?? []))
                == #"[{"role":"assistant","content":["raw blocks"]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"call_0","#
                + #""content":"{\"gone\":true}","is_error":true}]}]"#)
    }

    @Test func `Anthropic gets a limit that it wants, and a parameter wins over it`() throws {
        #expect(AnthropicMessagesDialect().body(try talk())["max_tokens"] == 4_096)
        #expect(AnthropicMessagesDialect().body(try talk(parameters: ["model": "m", "max_tokens": 9]))["max_tokens"] == 9)
    }

    @Test func `a scenario that says nothing is refused, and so is a prompt without its values`() throws {
        #expect(throws: TrialFault.self) { try talk(.null) }
        #expect(throws: TrialFault.self) { try talk("") }
        #expect(try talk(["rows": [1]]).turns.count == 1)
    }

    @Test func `keys stand where each provider looks for them`() {
        #expect(OpenAIChatDialect().headers(key: "k") == [.init("authorization", "Bearer k")])
        #expect(OpenAIResponsesDialect().headers(key: nil).isEmpty)
        #expect(AnthropicMessagesDialect().headers(key: "k") == [.init("anthropic-version", "2023-06-01"), .init("x-api-key", "k")])
    }
}

@Suite struct ModelTokensTests {
    /// What providers document of the same call: 30 fresh tokens, 100 from the cache, 5 written, 2 of them thinking.
    @Test(arguments: [
        (WireKind.anthropicMessages, ModelUsage(input: 30, output: 5, cacheRead: 100, cacheCreation: 20), 30, 20, 5),
        (.openAIChat, ModelUsage(input: 130, output: 5, cacheRead: 100, reasoning: 2), 30, 0, 5),
        (.openAIResponses, ModelUsage(input: 130, output: 5, cacheRead: 100, reasoning: 2), 30, 0, 5),
        (.googleGenerate, ModelUsage(input: 130, output: 3, cacheRead: 100, reasoning: 2), 30, 0, 5),
        (.bedrockConverse, ModelUsage(input: 30, output: 5, cacheRead: 100), 30, 0, 5),
    ]) func `each token is counted once`(_ kind: WireKind, _ usage: ModelUsage, _ input: Int, _ written: Int, _ output: Int) {
        #expect(PriceTable.Tokens(usage, kind) == PriceTable.Tokens(input: input, cacheRead: 100, cacheWrite: written, output: output))
    }

    @Test func `numbers that nobody gave stay unknown, and no price is no cost`() {
        #expect(PriceTable.Tokens(ModelUsage(cacheRead: 1), .openAIChat) == nil)
        #expect(Usage(nil, .openAIChat, models: ["m"], PriceTable()) == Usage())
        #expect(Usage(ModelUsage(input: 3, output: 4), .openAIChat, models: ["m"], PriceTable()) == Usage(inputTokens: 3, outputTokens: 4))
    }
}
