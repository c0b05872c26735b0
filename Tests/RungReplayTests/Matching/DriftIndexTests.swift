import RungCore
import RungHTTP
import RungText
import Testing

@testable import RungReplay

/// Models that are replayed beside live tools: requests carry what the tools answer now.
@Suite struct DriftIndexTests {
    private static func exchange(_ template: String, _ result: String, answer: String) -> Exchange {
        let isAnthropic = template.contains("tool_result")
        return CassetteSamples.exchange(
            "POST", isAnthropic ? "https://api.anthropic.com/v1/messages" : CassetteSamples.chat,
            body: template.replacing("\"RESULT\"", with: result), answer: answer)
    }

    private func ask(_ trial: ReplayTrial, _ tape: ReplayTape, _ template: String, _ result: String) -> String {
        let path = template.contains("tool_result") ? "/v1/messages" : "/v1/chat/completions"
        let answer = trial.replay(
            .init(method: "POST", target: "/", body: Array(template.replacing("\"RESULT\"", with: result).utf8)), path: path, query: nil,
            from: tape)
        guard case .reply(let reply) = answer else { return "no reply" }
        return reply.text
    }

    @Test(arguments: ToolResultPlacesTests.requests) func `a drifted answer of a tool still finds the model's answer, and is told once`(
        template: String
    ) {
        let exchange = Self.exchange(template, #""{\"status\":\"open\",\"n\":1}""#, answer: #"{"said":"yes"}"#)
        let index = CassetteSamples.index([exchange, exchange])
        let tape = ReplayTape(index, toolResults: .drifting)
        let trial = ReplayTrial(.tape(tape))
        for _ in 0..<2 {
            #expect(ask(trial, tape, template, #""{\"n\":1,\"status\":\"shut\"}""#).hasSuffix(#"{"said":"yes"}"#))
        }
        #expect(
            trial.report.drift.map(\.message) == [#"lookup answered otherwise at /status: recorded "open", received "shut""#])
        #expect(trial.report.unused.isEmpty && trial.report.findings.isEmpty)

        let strict = ReplayTape(index)
        #expect(ask(ReplayTrial(.tape(strict)), strict, template, #""other""#).contains("rung_no_recording"))
    }

    @Test func `a request that was recorded word for word comes before one that only resembles it`() {
        let template = ToolResultPlacesTests.requests[0]
        let tape = ReplayTape(
            CassetteSamples.index([
                Self.exchange(template, #""a""#, answer: #"{"said":"a"}"#), Self.exchange(template, #""b""#, answer: #"{"said":"b"}"#),
            ]), toolResults: .drifting)
        let trial = ReplayTrial(.tape(tape))
        #expect(ask(trial, tape, template, #""b""#).hasSuffix(#"{"said":"b"}"#))
        #expect(trial.report.drift.isEmpty)
        // Both are b today: the second takes what is left.
        #expect(ask(trial, tape, template, #""b""#).hasSuffix(#"{"said":"a"}"#))
        #expect(trial.report.drift.map(\.message) == [#"lookup answered otherwise at /: recorded "a", received "b""#])
        #expect(ask(trial, tape, template, #""b""#).contains("rung_no_recording"))
        #expect(trial.report.findings.count == 1)
    }

    @Test func `another question is a miss all the same`() {
        let template = ToolResultPlacesTests.requests[1]
        let tape = ReplayTape(CassetteSamples.index([Self.exchange(template, #""a""#, answer: "{}")]), toolResults: .drifting)
        #expect(ask(ReplayTrial(.tape(tape)), tape, template.replacing("lookup", with: "cancel"), #""b""#).contains("rung_no_recording"))
    }

    @Test func `a secret that a tool answers with is not told`() {
        let key = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)
        let template = ToolResultPlacesTests.requests[2]
        let tape = ReplayTape(
            CassetteSamples.index([Self.exchange(template, #"{"note":"[redacted:openai-key]","a":1}"#, answer: "{}")]),
            toolResults: .drifting)
        let trial = ReplayTrial(.tape(tape))
        #expect(ask(trial, tape, template, #"{"note":"\#(key)","a":2}"#).hasPrefix("HTTP/1.1 200"))
        #expect(!"\(trial.report)".contains("aB3dE5fG"))
        #expect(trial.report.drift.map(\.message) == ["lookup answered otherwise at /a: recorded 1, received 2"])
    }
}
