import RungCore
import RungText
import Testing

@testable import RungImport

@Suite struct TauBenchTrajectoryTests {
    private typealias Fixture = TauBenchFixture

    private struct Reading {
        var trajectory: TauBenchTrajectory?
        var findings: [ImportFinding]
        var problems: [String]
    }

    private func read(_ messages: String...) throws -> Reading {
        let nodes = try JSONReader.read("[" + messages.joined(separator: ",\n") + "]").array ?? []
        var findings = ImportFindings()
        var diagnostics = Diagnostics()
        let trajectory = TauBenchTrajectory(nodes, file: "f", findings: &findings, into: &diagnostics)
        return Reading(trajectory: trajectory, findings: findings.all, problems: diagnostics.all.map(\.text))
    }

    @Test func `a result answers the latest unanswered call of its id`() throws {
        let reading = try read(
            Fixture.call("a"), Fixture.call("a"), Fixture.result("a", "second"), Fixture.result("a", "first"), Fixture.call("b"),
            Fixture.result("b", "third"))
        let results = reading.trajectory?.events.compactMap { if case .toolResult(let result) = $0 { result.call } else { nil } }
        #expect(results == [1, 0, 2])
        #expect(reading.trajectory?.callCount == 3)
        #expect(reading.trajectory?.reusesIDs == true)
        #expect(reading.findings.isEmpty)
    }

    @Test func `distinct ids are no reuse`() throws {
        let reading = try read(Fixture.call("a"), Fixture.result("a", ""), Fixture.call("b"), Fixture.result("b", ""))
        #expect(reading.trajectory?.reusesIDs == false)
    }

    @Test func `what is said comes before the calls of the same message`() throws {
        let message = Fixture.call("a").replacing(#""content":null"#, with: #""content":"One moment.""#)
        let reading = try read(message, Fixture.result("a", "Error: closed"))
        let call = ToolCall(id: "a", name: "renew_loan", arguments: ["loan": "L-7"])
        #expect(
            reading.trajectory?.events == [
                .message(Message(role: .assistant, content: "One moment.")), .toolCall(call),
                .toolResult(ToolResult(id: "a", call: 0, content: "Error: closed", isError: true)),
            ])
    }

    @Test func `arguments that are not JSON stay text and are a finding`() throws {
        let reading = try read(Fixture.call("a", arguments: "loan L-7"), Fixture.result("a", "done"))
        guard case .toolCall(let call)? = reading.trajectory?.events.first else {
            Issue.record("expected a tool call first")
            return
        }
        #expect(call.arguments == "loan L-7")
        let key = "traj[].tool_calls[].function.arguments"
        #expect(reading.findings == [ImportFinding(key: key, reason: "not JSON, kept as text", count: 1, line: 1)])
    }

    @Test func `oddities are findings with their line`() throws {
        let reading = try read(
            Fixture.result("z", "stray"), Fixture.call("a"), Fixture.result("a", "done", name: "close_loan"), Fixture.call("b"),
            #"{"role":"assistant","content":null,"refusal":"no"}"#)
        #expect(
            reading.findings == [
                ImportFinding(
                    key: "traj[].content", reason: "an assistant message has neither content nor calls", count: 1, line: 5),
                ImportFinding(
                    key: "traj[].name", reason: "a result names another tool than the call it answers", count: 1, line: 3),
                ImportFinding(key: "traj[].refusal", reason: "not carried over", count: 1, line: 5),
                ImportFinding(key: "traj[].tool_call_id", reason: "a result answers no call", count: 1, line: 1),
                ImportFinding(key: "traj[].tool_calls", reason: "a run has calls without a result", count: 1, line: 5),
            ])
        #expect(reading.trajectory?.events.last == .message(Message(role: .assistant, content: "")))
    }

    @Test(arguments: [
        (#"{"role":"asistant","content":"hi"}"#, "f:1:10: error: unknown role \"asistant\"\n  did you mean \"assistant\"?"),
        (#"{"content":"hi"}"#, "f:1:2: error: \"traj[]\" has no \"role\"\n  expected text"),
        (#"{"role":"user","content":null}"#, #"f:1:27: error: "traj[].content" must be text, found null"#),
        (#"{"role":"system"}"#, "f:1:2: error: \"traj[]\" has no \"content\"\n  expected text"),
        (#"{"role":"assistant","content":[]}"#, #"f:1:32: error: "traj[].content" must be text or null, found an array"#),
        (#"{"role":"assistant","tool_calls":{}}"#, #"f:1:35: error: "traj[].tool_calls" must be a list or null, found an object"#),
        (
            #"{"role":"assistant","tool_calls":[{}]}"#,
            "f:1:36: error: \"traj[].tool_calls[]\" has no \"function\"\n  expected an object"
        ),
        (
            #"{"role":"assistant","tool_calls":[{"function":{"name":"x","arguments":null}}]}"#,
            #"f:1:72: error: "traj[].tool_calls[].function.arguments" must be JSON text, found null"#
        ),
        (#"{"role":"tool","content":7}"#, #"f:1:27: error: "traj[].content" must be text, found a number"#),
        (#""hello""#, #"f:1:2: error: "traj[]" must be an object, found a string"#),
    ])
    func `a wrong message is a problem with its place`(_ message: String, _ problem: String) throws {
        let reading = try read(message)
        #expect(reading.problems == [problem])
        #expect(reading.trajectory == nil)
    }
}
