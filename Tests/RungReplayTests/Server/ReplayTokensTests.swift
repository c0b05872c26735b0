import RungCore
import RungHTTP
import RungText
import Testing

@testable import RungReplay

@Suite struct ReplayTokensTests {
    private static let plain = CassetteSamples.exchange(
        body: #"{"model":"m","messages":[]}"#,
        answer: #"{"choices":[{"index":0,"message":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":4}}"#)
    private static let stream = CassetteSamples.stream(
        [
            ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choices\":[],\"usage\":{\"prompt_to", 1),
            ("kens\":7,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n", 2),
        ], body: #"{"model":"m","stream":true}"#)
    private static let anthropic = CassetteSamples.exchange(
        "POST", "https://api.anthropic.com/v1/messages", body: #"{"model":"c","max_tokens":5}"#,
        answer: #"{"content":[],"usage":{"input_tokens":1,"output_tokens":3,"cache_read_input_tokens":20,"cache_creation_input_tokens":5}}"#
    )
    private static let tool = CassetteSamples.exchange("POST", "https://shop.example/orders", body: #"{"a":1}"#)
    private static let refusal = CassetteSamples.exchange(
        body: #"{"model":"m","messages":[1]}"#, status: 429, answer: #"{"error":{"code":"rate"}}"#)
    private static let silent = CassetteSamples.exchange(body: #"{"model":"m","messages":[2]}"#, answer: #"{"choices":[]}"#)

    private static let tokens = ReplayTokens([plain, stream, anthropic, tool, refusal, silent])

    private static func usage(_ input: Int, _ output: Int) -> Usage { Usage(inputTokens: input, outputTokens: output) }

    @Test func `tokens of all answers are added up, cached input with the rest`() {
        #expect(Self.tokens.usage(of: [(0, 1), (1, 1), (2, 1)]) == Self.usage(10 + 7 + 26, 4 + 2 + 3))
        #expect(Self.tokens.usage(of: [(0, 3)]) == Self.usage(30, 12))
    }

    @Test func `tools and refusals use nothing up`() {
        #expect(Self.tokens.usage(of: [(3, 2), (4, 1)]) == nil)
        #expect(Self.tokens.usage(of: []) == nil)
        #expect(Self.tokens.usage(of: [(0, 1), (3, 1), (4, 1)]) == Self.usage(10, 4))
    }

    @Test func `one answer that tells no tokens makes the sum unknown`() {
        #expect(Self.tokens.usage(of: [(0, 1), (5, 1)]) == nil)
    }

    @Test func `a trial tells the tokens of what it was answered`() {
        let tape = ReplayTape(CassetteSamples.index([Self.plain, Self.anthropic]))
        let trial = ReplayTrial(.tape(tape))
        #expect(trial.report.usage == nil)
        _ = trial.replay(
            .init(method: "POST", target: "/", body: Array(#"{"model":"c","max_tokens":5}"#.utf8)), path: "/v1/messages", query: nil,
            from: tape)
        #expect(trial.report.usage == Self.usage(26, 3))
        #expect(trial.report.json["inputTokens"] == .int(26))
    }
}
