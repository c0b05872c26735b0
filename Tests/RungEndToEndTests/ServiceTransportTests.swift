import Foundation
import Testing

/// Agents that run elsewhere: behind plain HTTP, as a tool of an MCP server, and over the Agent2Agent protocol.
@Suite struct ServiceTransportTests {
    /// A workspace with one agent and these scenarios.
    private static func with(
        _ transport: String, _ scenarios: [String], suite: String = "boundary: live", _ body: (Folder) async throws -> Void
    ) async throws {
        try await Folder.with { folder in
            try folder.write("format: 1\norganization: Desk\n", to: "rung.yaml")
            try folder.write("format: 1\nid: a\nstate: pilot\ntransport:\n\(transport)\n", to: "agents/a.yaml")
            try folder.write(
                "format: 1\nid: s\nagents: [a]\nscenarios: [../scenarios/s.jsonl]\ntimeout: 10m\n\(suite)\n", to: "suites/s.yaml")
            try folder.write(scenarios.joined(separator: "\n") + "\n", to: "scenarios/s.jsonl")
            try await body(folder)
        }
    }

    private static func test(_ folder: Folder, environment: [String: String] = [:]) async throws -> Output {
        try await Rung.run("test", "s", "--json", "results.json", in: folder, environment: environment, deadline: 300)
    }

    // MARK: - HTTP

    private static let http = """
          kind: http
          url: http://127.0.0.1:PORT/ask
          headers: { x-key: "${DESK_KEY}" }
          body: { ask: "{{ input.question }}", tone: "{{ variables.tone }}" }
          answer:
            output: data.text
            input-tokens: usage.in
            output-tokens: usage.out
            cost: usage.usd
            tool-calls: { list: steps, result: out }
        """

    private static func scenario(_ id: String, _ question: String, _ grader: String) -> String {
        #"{"id":"\#(id)","input":{"question":"\#(question)"},"variables":{"tone":"dry"},"graders":[\#(grader)]}"#
    }

    @Test func `an agent behind an address is asked with a template and read by places`() async throws {
        let scenarios = [
            Self.scenario(
                "q", "why?",
                #"{"kind":"equals","value":"dry: why?"},{"kind":"tool-calls","expected":[{"name":"look","arguments":{"at":1}}]},"#
                    + #"{"kind":"budget","max-cost":0.6,"max-total-tokens":9}"#),
            Self.scenario("t", "teapot", #"{"kind":"contains","value":"x"}"#),
        ]
        try await Self.with(Self.http, scenarios) { folder in
            let (desk, port) = try await ReplayScripts.startProvider(TransportScripts.plain, in: folder)
            defer { desk.send(SIGKILL) }
            try folder.edit("agents/a.yaml", "PORT", port)
            let unset = try await Self.test(folder)
            #expect(unset.status == 4)
            #expect(try folder.results().cases[0].trials[0].error?.reason == "variable DESK_KEY is not set, which header \"x-key\" needs")

            let run = try await Self.test(folder, environment: ["DESK_KEY": "a-key-of-mine"])
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == ["passed", "errored"], "\(run.stderr)")
            #expect(results.cases[1].trials[0].error?.kind == "refused")
            #expect(results.cases[1].trials[0].error?.reason.hasSuffix("answered with status 418") == true)
            let told = try folder.read("results.json") + run.stdout + run.stderr
            #expect(!told.contains("a-key-of-mine") && !told.contains("secret trouble"))
        }
    }

    @Test func `an agent that nobody can reach is told by its host, and no recording can answer for it`() async throws {
        try await Self.with(Self.http, [Self.scenario("q", "why?", #"{"kind":"contains","value":"x"}"#)]) { folder in
            try folder.edit("agents/a.yaml", "PORT", "1")
            let run = try await Self.test(folder, environment: ["DESK_KEY": "k"])
            #expect(run.status == 4)
            #expect(
                try folder.results().cases[0].trials[0].error?.reason.contains("http://127.0.0.1:1 cannot be reached") == true,
                "\(run.stderr)")
            try folder.edit("suites/s.yaml", "boundary: live", "boundary: model")
            let refused = try await Self.test(folder)
            #expect(refused.status == 3)
            #expect(
                refused.stderr.contains(
                    "suites/s.yaml:3:10: error: agent \"a\" is reached at an address and keeps its own models and tools"),
                "\(refused.stderr)")
        }
    }

    // MARK: - MCP

    private static let questions = [
        #"{"id":"q","input":"why?","variables":{"tone":"dry"},"graders":[{"kind":"equals","value":"dry: why?"}]}"#,
        #"{"id":"f","input":"fail","variables":{"tone":"dry"},"graders":[{"kind":"contains","value":"x"}]}"#,
    ]

    private static let call = """
          tool: ask
          arguments: { question: "{{ input }}", tone: "{{ variables.tone }}" }
          answer: text
        """

    @Test(.enabled(if: Python.has("mcp", "uvicorn"), "the Python packages mcp and uvicorn are not installed"), arguments: [false, true])
    func `an agent that is a tool of an MCP server is called over pipes and over HTTP`(overHTTP: Bool) async throws {
        let place = overHTTP ? "  url: http://127.0.0.1:PORT/mcp" : "  command: [python3, tools.py]"
        try await Self.with("  kind: mcp\n\(place)\n\(Self.call)", Self.questions) { folder in
            try folder.write(TransportScripts.tools, to: "tools.py")
            var server: Program?
            if overHTTP {
                let started = try await ReplayScripts.startProvider(
                    "import sys; sys.argv[1:] = ['http']; exec(open('tools.py').read())", in: folder)
                server = started.program
                try folder.edit("agents/a.yaml", "PORT", started.port)
            }
            defer { server?.send(SIGKILL) }
            let run = try await Self.test(folder)
            let results = try folder.results()
            #expect(results.cases.map(\.verdict) == ["passed", "errored"], "\(run.stderr)")
            #expect(results.cases[1].trials[0].error?.kind == "reported")
            #expect(!(try folder.read("results.json") + run.stderr).contains("secret trouble"))
        }
    }

    @Test func `a server that is none is told by name`() async throws {
        try await Self.with("  kind: mcp\n  command: [sh, -c, 'echo nonsense; exit 3']\n\(Self.call)", [Self.questions[0]]) { folder in
            let run = try await Self.test(folder)
            #expect(run.status == 4, "\(run.stderr)")
            #expect(try folder.results().cases[0].trials[0].error?.reason == "MCP server sh ended before it answered initialize")
        }
    }

    // MARK: - Agent2Agent

    @Test(.enabled(if: Python.has("a2a.server.routes", "starlette", "uvicorn"), "the Python package a2a-sdk is not installed"))
    func `an agent is registered by its card and asked over both versions of its protocol`() async throws {
        let scenarios = [
            #"{"id":"now","input":"now","graders":[{"kind":"equals","value":"at once: now"}]}"#,
            #"{"id":"later","input":"later","graders":[{"kind":"equals","value":"done: later"}]}"#,
            #"{"id":"back","input":"ask","messages":[{"role":"user","content":"hi"}],"graders":[{"kind":"equals","value":"which order?"}]}"#,
            #"{"id":"failed","input":"fail","graders":[{"kind":"contains","value":"x"}]}"#,
        ]
        try await Self.with("  kind: transcript", scenarios) { folder in
            let (desk, port) = try await ReplayScripts.startProvider(TransportScripts.desk, in: folder)
            defer { desk.send(SIGKILL) }
            let card = try await Rung.run("import", "agent-card", "http://127.0.0.1:\(port)", "--id", "b", in: folder, deadline: 120)
            #expect(card.status == 0, "\(card.stderr)")
            #expect(card.stderr.hasSuffix("in agents/b.yaml\n"), "\(card.stderr)")
            #expect(try folder.read("agents/b.yaml").contains("purpose: \"Tells where orders are.\""))
            let again = try await Rung.run("import", "agent-card", "http://127.0.0.1:\(port)", "--id", "b", in: folder, deadline: 120)
            #expect(again.status == 3 && again.stderr.contains("registered already"), "\(again.stderr)")
            try folder.edit("suites/s.yaml", "agents: [a]", "agents: [b]")
            for version in ["1.0", "0.3"] {
                if version == "0.3" { try folder.edit("agents/b.yaml", "version: \"1.0\"", "version: \"0.3\"") }
                let run = try await Self.test(folder)
                let results = try folder.results()
                #expect(results.cases.map(\.verdict) == ["passed", "passed", "passed", "errored"], "\(version): \(run.stderr)")
                #expect(results.cases[3].trials[0].error?.reason == "the agent reported an error (code failed)")
                #expect(!(try folder.read("results.json") + run.stderr).contains("secret reason"))
            }
        }
    }

    @Test func `what is no card is refused, whether file or address`() async throws {
        try await Self.with("  kind: transcript", [Self.questions[0]]) { folder in
            try folder.write("{}", to: "card.json")
            let none = try await Rung.run("import", "agent-card", "card.json", in: folder)
            #expect(none.status == 3 && none.stderr.contains("card.json:1:1: error: no agent card"), "\(none.stderr)")
            let gone = try await Rung.run("import", "agent-card", "http://127.0.0.1:1", in: folder, deadline: 120)
            #expect(gone.status == 3 && gone.stderr.contains("http://127.0.0.1:1 cannot be reached"), "\(gone.stderr)")
        }
    }
}
