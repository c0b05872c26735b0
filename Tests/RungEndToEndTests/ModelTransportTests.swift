import Foundation
import Testing

/// Agents that are a prompt and a model: called live, recorded and replayed, over three APIs, with tools of both kinds.
@Suite(
    .enabled(
        if: Python.has("anthropic", "openai", "pydantic"), "the Python packages anthropic, openai and pydantic are not installed"),
    .serialized)
struct ModelTransportTests {
    /// Where the tool of an agent is.
    enum Tool: String, CaseIterable, Sendable {
        case program
        case server

        var lines: String {
            switch self {
            case .program:
                """
                  tools:
                    - name: order_state
                      description: Looks up an order.
                      parameters: { type: object, properties: { order: { type: string } }, required: [order] }
                      command: [python3, -c, "import json,sys; print(json.load(sys.stdin)['order'] + ' was shipped on Monday', end='')"]
                """
            case .server: "  servers:\n    - command: [python3, tools.py]"
            }
        }
    }

    private static let scenarios = [
        #"{"id":"plain","input":"Where is A-7?","variables":{"tone":"brief"},"graders":["#
            + #"{"kind":"equals","value":"It says: A-7 was shipped on Monday"},"#
            + #"{"kind":"tool-calls","expected":[{"name":"order_state","arguments":{"order":"A-7"}}]}]}"#,
        #"{"id":"talk","input":"And now?","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"}],"#
            + #""context":{"day":"Monday"},"variables":{"tone":"kind"},"graders":[{"kind":"contains","value":"shipped"}]}"#,
    ]

    /// A workspace with one agent of this kind.
    private static func with(
        _ kind: String, tool: Tool, suite: String = "boundary: live", agent: String = "", _ body: (Folder) async throws -> Void
    ) async throws {
        try await Folder.with { folder in
            let model = kind == "anthropic-messages" ? "claude-sonnet-4-5-20250929" : "gpt-4o-2024-08-06"
            try folder.write("format: 1\norganization: Desk\n", to: "rung.yaml")
            try folder.write("---\nformat: 1\nvariables: [tone]\n---\nYou find orders. Be {{ tone }}.\n", to: "prompts/p/v1.md")
            try folder.write(
                """
                format: 1
                id: a
                state: pilot
                prompts: [{ id: p, version: v1 }]
                tools: [order_state]
                configuration: { model: \(model), temperature: 0 }
                transport:
                  kind: \(kind)
                \(tool.lines)
                \(agent)
                """, to: "agents/a.yaml")
            try folder.write(
                "format: 1\nid: s\nagents: [a]\nscenarios: [../scenarios/s.jsonl]\ntimeout: 10m\n\(suite)\n", to: "suites/s.yaml")
            try folder.write(scenarios.joined(separator: "\n") + "\n", to: "scenarios/s.jsonl")
            if tool == .server { try folder.write(TransportScripts.tools, to: "tools.py") }
            try await body(folder)
        }
    }

    /// Runs Rung beside the model, which has ended when this returns.
    private static func beside(_ words: [String], in folder: Folder) async throws -> Output {
        let (model, port) = try await ReplayScripts.startProvider(TransportScripts.model, in: folder)
        defer { model.send(SIGKILL) }
        let output = try await Program.run(
            [Rung.path] + words, in: folder.path,
            environment: [
                "OPENAI_BASE_URL": "http://127.0.0.1:\(port)/v1", "OPENAI_API_KEY": ReplayScripts.ownKey,
                "ANTHROPIC_BASE_URL": "http://127.0.0.1:\(port)", "ANTHROPIC_API_KEY": ReplayScripts.ownKey,
            ], deadline: 300)
        model.send(SIGKILL)
        _ = try await model.wait()
        return output
    }

    @Test(arguments: ["openai-chat", "openai-responses", "anthropic-messages"])
    func `a model that is busy at first is asked again, its tools are called, and tokens and cost are counted`(_ kind: String) async throws
    {
        try await Self.with(kind, tool: .program) { folder in
            try folder.write("3", to: "busy")
            let run = try await Self.beside(["test", "s", "--json", "results.json"], in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(!folder.has("invalid.log"), "the types of the SDK refuse a request: \((try? folder.read("invalid.log")) ?? "")")
            let text = try folder.read("results.json")
            // Twice 130 tokens read, of which 100 from the cache (and 20 into it, of Anthropic), and 5 written: at the published prices.
            #expect(text.contains(#""inputTokens":260"#), "\(text)")
            #expect(text.contains(kind == "anthropic-messages" ? #""cost":0.00042"# : #""cost":0.0005"#), "\(text)")
            let asked = folder.lines("asked.jsonl")
            #expect(asked.count == 3 + 4, "three were turned away")
            let body = asked.last ?? ""
            #expect(body.contains("You find orders. Be ") && body.contains("A-7 was shipped on Monday"))
            #expect(!body.contains("{{"))
        }
    }

    @Test(arguments: ["openai-chat", "openai-responses", "anthropic-messages"], Tool.allCases)
    func `recorded once, a prompt and its tools are replayed with model and tools gone`(_ kind: String, _ tool: Tool) async throws {
        guard tool == .program || Python.has("mcp") else { return }
        try await Self.with(kind, tool: tool, suite: "boundary: both") { folder in
            let recorded = try await Self.beside(["record", "--suite", "s"], in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(recorded.stderr.hasSuffix("2 recorded, 0 failed\n"), "\(recorded.stderr)")
            let leaks = try await Program.run(["grep", "-rl", ReplayScripts.ownKey, "cassettes"], in: folder.path)
            #expect(leaks.stdout == "")
            // The tools are gone: a program that fails, a server that is not there.
            if tool == .server {
                try folder.write("raise SystemExit(1)", to: "tools.py")
            } else {
                try folder.edit("agents/a.yaml", "import json,sys; print", "import sys; sys.exit")
            }
            let run = try await Rung.run("test", "s", "--json", "results.json", in: folder, deadline: 300)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(try folder.read("results.json").contains(#""cost":0"#) == false, "what was replayed cost nothing that can be told")
            // Another prompt asks something that nobody recorded.
            try folder.edit("prompts/p/v1.md", "You find orders.", "You lose orders.")
            let other = try await Rung.run("test", "s", in: folder, deadline: 300)
            #expect(other.status == 4, "\(other.stderr)")
            #expect(other.stderr.contains("replay-miss"), "\(other.stderr)")
        }
    }

    @Test func `a key that is missing is named, a request that is refused is not asked twice`() async throws {
        try await Self.with("openai-chat", tool: .program, suite: "boundary: live\nretries: 2") { folder in
            try folder.edit("agents/a.yaml", "temperature: 0", "temperature: hot")
            let run = try await Self.beside(["test", "s", "--json", "results.json"], in: folder)
            #expect(run.status == 4, "\(run.stderr)")
            let fault = try #require(try folder.results().cases.first?.trials.first?.error)
            #expect(fault.kind == "refused")
            #expect(fault.reason.contains("answered with status 400 (invalid)"), "\(fault.reason)")
            #expect(folder.lines("asked.jsonl").count == 2, "each case once")
        }
    }

    @Test func `a model that goes on calling tools is stopped`() async throws {
        try await Self.with("openai-chat", tool: .program, agent: "  rounds: 1") { folder in
            let run = try await Self.beside(["test", "s", "--json", "results.json"], in: folder)
            #expect(run.status == 4, "\(run.stderr)")
            #expect(try folder.results().cases.first?.trials.first?.error?.reason.contains("rounds allows no more") == true)
        }
    }

    @Test func `a tool that fails is told to the model, and a tool that is not allowed is not offered`() async throws {
        guard Python.has("mcp") else { return }
        try await Self.with("openai-chat", tool: .program) { folder in
            try folder.edit(
                "agents/a.yaml", "import json,sys; print(json.load(sys.stdin)['order'] + ' was shipped on Monday', end='')",
                "import sys; print('out of order'); sys.exit(3)")
            try folder.write(
                #"{"id":"f","input":"Where?","variables":{"tone":"x"},"graders":[{"kind":"contains","value":"It says: out of order"}]}"#
                    + "\n",
                to: "scenarios/s.jsonl")
            let run = try await Self.beside(["test", "s"], in: folder)
            #expect(run.status == 0, "\(run.stderr)")
        }
        try await Self.with("openai-chat", tool: .server) { folder in
            let run = try await Self.beside(["test", "s"], in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            let asked = try folder.read("asked.jsonl")
            #expect(asked.contains("Looks up the state of an order.") && !asked.contains("delete_order"))
        }
    }
}
