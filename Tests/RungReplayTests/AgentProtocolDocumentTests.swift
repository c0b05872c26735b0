import Foundation
import RungCore
import RungText
import Testing

@testable import RungReplay

@Suite struct AgentProtocolDocumentTests {
    private static func document() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/agent-protocol.md"), encoding: .utf8)
    }

    /// The first code block of a language.
    private static func example(_ language: String) throws -> String {
        let start = try #require(document().range(of: "```\(language)\n")?.upperBound)
        let rest = try document()[start...]
        return String(rest[..<(try #require(rest.range(of: "```")).lowerBound)])
    }

    @Test(arguments: CommandTransportSettings.Mode.allCases)
    func `the Python agent answers in both modes`(mode: CommandTransportSettings.Mode) async throws {
        let agent = try ScriptedAgent(.python, try Self.example("python"), mode: mode)
        for id in ["one", "two"] {
            let input: JSONValue = ["q": .string(id)]
            let outcome = await agent.outcome(.sample(id, input: input))
            #expect(outcome.fault == nil)
            #expect(outcome.output == input)
            #expect(outcome.transcript?.usage == Usage(inputTokens: 12, outputTokens: 3, cost: 0.0004))
            #expect(outcome.transcript?.events == [.message(Message(role: .assistant, content: "One moment."))])
        }
        await agent.transport.close()
    }

    @Test func `the Python agent has at most 15 lines`() throws {
        #expect(try Self.example("python").split(separator: "\n").count <= 15)
    }

    @Test(arguments: [("where is my refund", "Refunds take five days."), ("hello", "I do not know.")])
    func `the shell agent answers`(question: String, answer: String) async throws {
        let agent = try ScriptedAgent(.shell, try Self.example("sh"))
        #expect(await agent.outcome(.sample("greet@tester#0", input: .string(question))).output == .string(answer))
    }

    @Test func `every key of both directions is in the document`() throws {
        let text = try Self.document()
        for shape in AgentProtocol.requestShapes + AgentProtocol.eventShapes {
            for key in [shape.name] + shape.keys { #expect(text.contains("`\(key)`"), "\(shape.name).\(key)") }
        }
    }

    @Test func `every fault but the recording's is in the document`() throws {
        let text = try Self.document()
        for kind in TrialFault.Kind.allCases where kind != .notRecorded { #expect(text.contains("| `\(kind.rawValue)` |")) }
    }
}
