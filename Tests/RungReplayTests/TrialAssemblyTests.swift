import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct TrialAssemblyTests {
    private func assemble(_ bodies: [AgentLine.Body], limits: AgentLimits = AgentLimits()) -> Result<Transcript, TrialFault>? {
        var assembly = TrialAssembly(limits: limits)
        for body in bodies {
            if case .finished(let outcome, _) = assembly.add(body, size: 10) { return outcome }
        }
        return nil
    }

    @Test func `events keep their order and results find their calls`() throws {
        let outcome = assemble([
            .message(Message(role: .assistant, content: "a")),
            .toolCall(ToolCall(id: "x", name: "one", arguments: 1)),
            .toolCall(ToolCall(id: "x", name: "two", arguments: 2)),
            .toolResult(id: "x", content: "second", isError: false),
            .toolResult(id: "x", content: "first", isError: true),
            .toolResult(id: "x", content: "nobody", isError: false),
            .result(.init(output: "done")),
        ])
        let transcript = try #require(outcome).get()
        #expect(transcript.output == "done")
        #expect(transcript.events.count == 6)
        let calls = transcript.events.compactMap { if case .toolResult(let result) = $0 { result.call ?? -1 } else { nil } }
        #expect(calls == [1, 0, -1])
    }

    @Test func `usage adds up and explanations are joined`() throws {
        let outcome = assemble([
            .usage(Usage(inputTokens: 1)), .explanation("first"), .usage(Usage(inputTokens: 2, cost: 0.5)),
            .result(.init(explanation: "second", usage: Usage(outputTokens: 4, cost: 0.25))),
        ])
        let transcript = try #require(outcome).get()
        #expect(transcript.usage == Usage(inputTokens: 3, outputTokens: 4, cost: 0.75))
        #expect(transcript.explanation == "first\nsecond")
        #expect(transcript.output == nil)
    }

    @Test func `nobody counted means no usage`() throws {
        let transcript = try #require(assemble([.result(.init())])).get()
        #expect(transcript == Transcript())
    }

    @Test(
        arguments: [
            (nil, "reported: the agent reported an error"),
            ("rate-limited", "reported: the agent reported an error (code rate-limited)"),
            (String(repeating: "x", count: 41), "reported: the agent reported an error"),
        ] as [(String?, String)])
    func `a reported error keeps its code and not its words`(code: String?, text: String) {
        var assembly = TrialAssembly(limits: AgentLimits())
        guard case .finished(.failure(let fault), let talk) = assembly.add(.result(.init(error: "secret", code: code)), size: 1)
        else {
            Issue.record("expected a fault")
            return
        }
        #expect(fault.description == text)
        #expect(talk == "secret")
    }

    @Test func `log lines are talk`() {
        var assembly = TrialAssembly(limits: AgentLimits())
        guard case .talk(.log, "hello") = assembly.add(.log("hello"), size: 1) else {
            Issue.record("expected talk")
            return
        }
    }

    @Test func `more bytes than allowed are a fault`() {
        var limits = AgentLimits()
        limits.outputBytes = 19
        let outcome = assemble([.log("a"), .result(.init())], limits: limits)
        #expect(outcome == .failure(TrialFault(.outputLimit, "the agent wrote more than 19 bytes in one trial")))
    }

    @Test func `more lines than allowed are a fault`() {
        var limits = AgentLimits()
        limits.events = 2
        let lines = [AgentLine.Body](repeating: .explanation("a"), count: 3)
        #expect(
            assemble(lines, limits: limits) == .failure(TrialFault(.outputLimit, "the agent wrote more than 2 lines in one trial")))
    }
}
