import RungCore
import RungCrypto
import RungTestSupport
import RungText
import Testing

@testable import RungReplay

@Suite struct ReplayTransportTests {
    private let folder = TemporaryFolder()

    /// Tells what it is given, after an optional request to its world.
    private struct Agent: AgentTransport {
        var transcript: Transcript
        func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript { transcript }
        func close() async {}
    }

    private static func result(_ id: String?, _ call: Int, _ content: JSONValue) -> TranscriptEvent {
        .toolResult(ToolResult(id: id, call: call, content: content, isError: false))
    }

    private func perform(
        _ transcript: Transcript, tools: [ToolExchange] = [], boundary: Suite.Boundary = .model, drift: Suite.Drift? = nil,
        id: String = #function
    ) async throws -> Transcript {
        var suite = Suite(
            id: "s", kind: .regression, agents: ["a"], digest: SHA256Hasher.digest(of: ""),
            location: SourceLocation(file: "s.yaml", line: 1))
        suite.boundary = boundary
        suite.drift = drift
        let name = SHA256Hasher.digest(of: id).short
        let shelf = CassetteShelf(folder: folder.path, toolResults: drift == nil ? .asRecorded : .drifting)
        var cassette = CassetteSamples.cassette([])
        cassette.tools = tools
        let file = shelf.file(agent: "a", case: CaseID(name))
        try CassetteFile(file.path).write(cassette)
        let house = ReplayHouse { count in (0..<count).map { _ in UInt8.random(in: 0...255) } }
        let transport = ReplayTransport(Agent(transcript: transcript), suite: suite, shelf: shelf, house: house, log: { _ in })
        let scenario = Scenario(
            id: CaseID(name), input: "x", digest: SHA256Hasher.digest(of: name), location: SourceLocation(file: "s.jsonl", line: 1))
        let request = TrialRequest(
            trialID: name, agent: "a", index: 0, seed: 1, timeoutMs: 1_000, scenario: scenario, prompts: [])
        do {
            let answer = try await transport.perform(request)
            await transport.close()
            return answer
        } catch {
            await transport.close()
            throw error
        }
    }

    @Test func `what an agent counts while its models are replayed is marked, and cost and time are not told`() async throws {
        let told = Transcript(usage: Usage(inputTokens: 7, outputTokens: 2, cost: 0.5), latencyMs: 12)
        let replayed = try await perform(told)
        #expect(replayed.usage.inputTokens == 7 && replayed.usage.replayedTokens == 9)
        #expect(replayed.usage.cost == nil && replayed.latencyMs == nil)
        // Models that are real have real figures.
        let live = try await perform(told, boundary: .tools, id: "live")
        #expect(live == told)
    }

    @Test func `calls that the agent tells of are compared where the suite asks for it`() async throws {
        let calls = [ToolExchange(name: "lookup", arguments: ["order": "7"], result: "open")]
        let transcript = Transcript(events: [
            .toolCall(ToolCall(id: "x", name: "lookup", arguments: ["order": "7"])), Self.result("x", 0, "shut"),
        ])
        let compared = try await perform(transcript, tools: calls, drift: .report)
        #expect(compared.drift?.findings.map(\.message) == [#"lookup answered otherwise at /: recorded "open", received "shut""#])
        #expect(try await perform(transcript, tools: calls, id: "without").drift == nil)
    }

    @Test func `secrets that a tool answers with are compared as they are recorded`() async throws {
        let key = "sk-proj-" + String(repeating: "aB3dE5fG", count: 6)
        let calls = [ToolExchange(name: "lookup", arguments: .null, result: ["note": "[redacted:openai-key]", "n": 1])]
        let transcript = Transcript(events: [
            .toolCall(ToolCall(id: nil, name: "lookup", arguments: .null)), Self.result(nil, 0, ["note": .string(key), "n": 1]),
        ])
        #expect(try await perform(transcript, tools: calls, drift: .fail).drift == ToolDrift(compared: 1))
    }
}
