import Foundation
import Testing

/// Models from cassettes, tools for real: what the tools answer otherwise than recorded is found, and the model is found all the same.
@Suite struct ReplayDriftTests {
    /// A recorded workspace whose world can be changed; the provider is gone.
    private static func with(
        _ shape: String, drift: String, tells: Bool = true, tools: String? = nil, graders: String = "",
        _ body: (Folder) async throws -> Void
    ) async throws {
        try await Folder.withBench(
            .init(cases: 1, suite: "boundary: model\n\(drift)\(graders)", command: "[python3, agent.py]")
        ) { folder in
            try folder.write(DriftScripts.agent, to: "agent.py")
            try folder.write(#"{"id":"c01","input":"x","graders":[{"kind":"equals","value":"done"}]}"# + "\n", to: "scenarios/s.jsonl")
            try folder.write(#"{"status":"open","at":1}"#, to: "world.json")
            let card = try folder.read("agents/a.yaml")
            let server = tools.map { "\n    RUNG_MCP_URL: http://127.0.0.1:\($0)/mcp" } ?? ""
            try folder.write(card + "  environment:\n    SHAPE: \(shape)\n    TELLS: \"\(tells ? 1 : 0)\"\(server)\n", to: "agents/a.yaml")
            let provider = try await ReplayScripts.startProvider(DriftScripts.provider, in: folder)
            defer { provider.program.send(SIGKILL) }
            let url = "http://127.0.0.1:\(provider.port)"
            let recorded = try await Program.run(
                [Rung.path, "record", "--suite", "s", "--upstream", "openai=\(url)", "--upstream", "anthropic=\(url)"], in: folder.path,
                environment: ["OPENAI_API_KEY": "a-key-of-no-one", "ANTHROPIC_API_KEY": "a-key-of-no-one"], deadline: 300)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            provider.program.send(SIGKILL)
            _ = try await provider.program.wait()
            try await body(folder)
        }
    }

    private static let finding = #"lookup answered otherwise at /status: recorded "open", received "shut""#

    @Test(arguments: ["chat", "responses", "messages"], [true, false])
    func `a tool that answers otherwise is told, and the model is found all the same`(shape: String, tells: Bool) async throws {
        try await Self.with(shape, drift: "drift: report", tells: tells) { folder in
            let same = try await Rung.run("test", "s", "--json", "same.json", in: folder)
            #expect(same.status == 0 && !same.stderr.contains("drifted"), "\(same.stderr)")
            let note = tells ? "1 call of a tool is answered as recorded" : "0 calls of tools are answered as recorded"
            #expect(try folder.read("same.json").contains(note))

            try folder.write(#"{"status":"shut","at":1}"#, to: "world.json")
            let run = try await Rung.run("test", "s", "--json", "r.json", "--junit", "r.xml", in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(run.stderr.contains("drifted c01 (passed): \(Self.finding)\n"), "\(run.stderr)")
            #expect(
                try folder.read("r.json").contains(
                    #""name":"tool-drift","kind":"tool-drift","version":"1","role":"report","verdict":"failed""#))
            let report = try folder.read("r.xml")
            #expect(report.contains("<system-out>s.a.c01: tool-drift: lookup answered otherwise at /status"), "\(report)")
            // Two answers of a model, of which Anthropic counts cached input beside the rest.
            #expect(run.stderr.contains("30 tokens (replayed)"), "\(run.stderr)")
            #expect(try folder.read("r.json").contains(#""usage":{"inputTokens":20,"outputTokens":10,"cost":null,"replayedTokens":30}"#))
        }
    }

    @Test func `a suite may fail where a tool answers otherwise`() async throws {
        try await Self.with("chat", drift: "drift: fail") { folder in
            let same = try await Rung.run("test", "s", in: folder)
            #expect(same.status == 0, "\(same.stderr)")
            try folder.write(#"{"status":"shut","at":1}"#, to: "world.json")
            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 1)
            #expect(run.stderr.contains("tool-drift (1): \(Self.finding)"), "\(run.stderr)")
            // What does not count is a normalizer of the cassette.
            try folder.edit("cassettes/s/a/c01.jsonl", #""normalizers":["#, #""normalizers":[{"drop":"/status"},"#)
            let dropped = try await Rung.run("test", "s", in: folder)
            #expect(dropped.status == 0, "\(dropped.stderr)")
        }
    }

    @Test func `without drift mode a tool that answers otherwise is a miss`() async throws {
        try await Self.with("chat", drift: "") { folder in
            try folder.write(#"{"status":"shut","at":1}"#, to: "world.json")
            let run = try await Rung.run("test", "s", in: folder)
            #expect(run.status == 4 && run.stderr.contains("replay-miss"), "\(run.stderr)")
        }
    }

    @Test func `a call with other arguments and one that is not made are found too`() async throws {
        try await Self.with("chat", drift: "drift: report") { folder in
            try folder.edit("agent.py", #"name="lookup", arguments=arguments)"#, #"name="lookup", arguments={"order": "8"})"#)
            let run = try await Rung.run("test", "s", "--json", "r.json", in: folder)
            #expect(run.status == 0, "\(run.stderr)")
            let results = try folder.read("r.json")
            #expect(
                results.contains(
                    "lookup was called without a recording: no recording of this CALL lookup; the nearest, call 1 differs at /order"))
            #expect(results.contains("lookup was not called: recorded call 1"))
        }
    }

    @Test func `calls over MCP pass to the real server and are compared`() async throws {
        try await Folder.with { place in
            try place.write(#"{"status":"open","at":1}"#, to: "world.json")
            let tools = try await ReplayScripts.startProvider(DriftScripts.tools, in: place)
            defer { tools.program.send(SIGKILL) }
            try await Self.with("chat", drift: "drift: fail", tells: false, tools: tools.port) { folder in
                #expect(try folder.read("cassettes/s/a/c01.jsonl").contains(#""kind":"tool""#))
                let same = try await Rung.run("test", "s", "--json", "same.json", in: folder)
                #expect(same.status == 0, "\(same.stderr)")
                #expect(try folder.read("same.json").contains("1 call of a tool is answered as recorded"))
                try place.write(#"{"status":"shut","at":1}"#, to: "world.json")
                let run = try await Rung.run("test", "s", in: folder)
                #expect(run.status == 1)
                #expect(run.stderr.contains("tool-drift (1): lookup answered otherwise at /content/0/text"), "\(run.stderr)")
            }
        }
    }

    @Test func `tokens of replayed answers can be held to a limit`() async throws {
        for (most, status) in [("15", Int32(1)), ("30", 0)] {
            try await Self.with("messages", drift: "", graders: "graders: [{kind: budget, max-total-tokens: \(most)}]") { folder in
                let run = try await Rung.run("test", "s", in: folder)
                #expect(run.status == status, "\(run.stderr)")
                if status == 1 { #expect(run.stderr.contains("over budget: total tokens 30, more than 15"), "\(run.stderr)") }
            }
        }
    }

    @Test func `drift needs tools that are live and models that are not`() async throws {
        try await Folder.withBench(.init(cases: 1, suite: "boundary: both\ndrift: fail")) { folder in
            let run = try await Rung.run("validate", in: folder)
            #expect(run.status == 3)
            #expect(
                run.stderr.contains(
                    "drift compares live tools with recorded ones; at boundary both there is nothing to compare\n"
                        + "  give the suite boundary: model, or leave drift out"), "\(run.stderr)")
        }
    }
}
