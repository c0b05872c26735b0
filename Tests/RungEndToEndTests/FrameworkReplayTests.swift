import Foundation
import Testing

/// Agents of real frameworks, recorded once and replayed unchanged with the model gone.
@Suite struct FrameworkReplayTests {
    /// The variables that keep frameworks from telling others what they do.
    private static let quiet = ["OPENAI_AGENTS_DISABLE_TRACING": "1"]

    /// Runs `rung` with `words` beside the model, which has ended when this returns.
    private func record(_ words: [String], in folder: Folder) async throws -> Output {
        let (model, port) = try await ReplayScripts.startProvider(FrameworkScripts.model, in: folder)
        defer { model.send(SIGKILL) }
        let upstream = ["--upstream", "openai=http://127.0.0.1:\(port)"]
        let variables = Self.quiet.merging(["OPENAI_API_KEY": ReplayScripts.ownKey]) { $1 }
        let command = words.firstIndex(of: "--") ?? words.endIndex
        let output = try await Program.run(
            [Rung.path, "record"] + words[..<command] + upstream + words[command...], in: folder.path, environment: variables,
            deadline: 300)
        model.send(SIGKILL)
        _ = try await model.wait()
        return output
    }

    /// Records the framework's agent into `orders.jsonl`.
    private func record(_ framework: Framework, in folder: Folder, _ options: String...) async throws -> Output {
        try folder.write(framework.program, to: "agent.py")
        return try await record(options + ["--cassette", "orders.jsonl", "--", "/usr/bin/env", "python3", "agent.py"], in: folder)
    }

    private func agent(in folder: Folder, environment: [String: String]) async throws -> Output {
        try await Program.run(["/usr/bin/env", "python3", "agent.py"], in: folder.path, environment: environment, deadline: 300)
    }

    /// Expects an answer in one piece and one in parts from each interface, with what the model says of both orders.
    private func expect(_ output: String, from framework: Framework) {
        let lines = output.split(separator: "\n").map(String.init)
        let answer = "The state of your order: A-7 was shipped on Monday, B-12 was shipped on Monday"
        guard lines.count == 2 * framework.interfaces.count else {
            Issue.record("\(framework.package) gave \(lines.count) answers: \(output)")
            return
        }
        for (number, name) in framework.interfaces.enumerated() {
            #expect(lines[2 * number] == "\(name) \(answer)")
            let streamed = lines[2 * number + 1]
            #expect(streamed.hasPrefix("\(name) stream "))
            #expect(streamed.split(separator: "|").count > 4, "it came in parts: \(streamed)")
            #expect(streamed.replacingOccurrences(of: "|", with: "").contains(answer))
        }
    }

    private func expectNoKey(in folder: Folder) async throws {
        let leaks = try await Program.run(["grep", "-rl", ReplayScripts.ownKey, "."], in: folder.path)
        #expect(leaks.stdout == "")
    }

    /// Records the agent, stops the model, runs the agent again from the recording, and expects the same of it.
    private func recordAndReplay(_ framework: Framework) async throws {
        try await Folder.with { folder in
            let recorded = try await record(framework, in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            expect(recorded.stdout, from: framework)
            // Question and results of the tool, to each interface, plain and streamed.
            let exchanges = 4 * framework.interfaces.count
            #expect(recorded.stderr.contains("recorded \(exchanges) exchanges"), "\(recorded.stderr)")

            let replay = try await Replay.start("orders.jsonl", in: folder)
            let again = try await agent(in: folder, environment: replay.environment.merging(Self.quiet) { $1 })
            let stop = try await replay.stop()
            #expect(again.status == 0, "\(again.stderr)")
            #expect(again.stdout == recorded.stdout)
            #expect(stop.status == 0)
            #expect((stop.report["findings"] as? [Any])?.isEmpty == true, "\(stop.report)")
            #expect((stop.report["unused"] as? [Any])?.isEmpty == true, "\(stop.report)")
            try await expectNoKey(in: folder)
        }
    }

    @Test(.enabled(if: Framework.langGraph.isThere, "the Python packages langgraph and langchain-openai are not installed"))
    func `an agent of LangGraph gets from the recording what it got from the model`() async throws {
        try await recordAndReplay(.langGraph)
    }

    @Test(.enabled(if: Framework.openAIAgents.isThere, "the Python package openai-agents is not installed"))
    func `an agent of the OpenAI Agents SDK gets from the recording what it got from the model`() async throws {
        try await recordAndReplay(.openAIAgents)
    }

    @Test(.enabled(if: Framework.pydanticAI.isThere, "the Python package pydantic-ai-slim is not installed"))
    func `an agent of Pydantic AI gets from the recording what it got from the model`() async throws {
        try await recordAndReplay(.pydanticAI)
    }

    @Test(.enabled(if: Framework.smolagents.isThere, "the Python package smolagents is not installed"))
    func `an agent of smolagents gets from the recording what it got from the model`() async throws {
        try await recordAndReplay(.smolagents)
    }

    @Test(.enabled(if: !Framework.installed.isEmpty, "no agent framework is installed"), arguments: Framework.installed)
    func `a suite replays an agent of a framework case by case`(framework: Framework) async throws {
        let orders = ["A-7", "B-12", "C-3"]
        let bench = Folder.Bench(cases: orders.count, suite: "boundary: model", command: "[python3, agent.py]")
        try await Folder.withBench(bench) { folder in
            try folder.write(framework.suiteAgent, to: "agent.py")
            let lines = orders.enumerated().map { number, order in
                #"{"id":"\#(Folder.name(number + 1))","input":"Where is order \#(order)?","#
                    + #""graders":[{"kind":"contains","value":"chat The state of your order: \#(order) was shipped on Monday"}]}"#
            }
            try folder.write(lines.joined(separator: "\n") + "\n", to: "scenarios/s.jsonl")
            let recorded = try await record(["--suite", "s"], in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            #expect(recorded.stderr.hasSuffix("3 recorded, 0 failed\n"), "\(recorded.stderr)")
            try await expectNoKey(in: folder)

            let run = try await Rung.run("test", "s", in: folder, environment: Self.quiet, deadline: 600)
            #expect(run.status == 0, "\(run.stderr)")
            #expect(run.stderr.contains("gate: pass"), "\(run.stderr)")
        }
    }

    @Test(.enabled(if: Framework.openAIAgents.isThere, "the Python package openai-agents is not installed"))
    func `a new recording of the same has the same requests, though the model gave other ids`() async throws {
        try await Folder.with { folder in
            let first = try await record(.openAIAgents, in: folder)
            try folder.write(try folder.read("orders.jsonl"), to: "before.jsonl")
            let second = try await record(.openAIAgents, in: folder, "--refresh")
            #expect(first.status == 0 && second.status == 0, "\(second.stderr)")
            let difference = try await Rung.run("cassette", "diff", "before.jsonl", "orders.jsonl", in: folder)
            #expect(difference.stdout.hasSuffix("0 removed, 0 added, 8 changed, 0 the same\n"), "\(difference.stdout)")
        }
    }

    @Test(.enabled(if: Framework.openAIAgents.isThere, "the Python package openai-agents is not installed"))
    func `a framework that tells its maker what it does is found out`() async throws {
        try await Folder.with { folder in
            let recorded = try await record(.openAIAgents, in: folder)
            #expect(recorded.status == 0, "\(recorded.stderr)")
            let replay = try await Replay.start("orders.jsonl", in: folder)
            // The same without the variable that turns tracing off.
            let again = try await agent(in: folder, environment: replay.environment)
            let stop = try await replay.stop()
            #expect(again.stdout == recorded.stdout)
            #expect(stop.status == 1)
            let findings = stop.report["findings"] as? [[String: Any]] ?? []
            #expect(!findings.isEmpty)
            #expect(
                findings.allSatisfy { $0["kind"] as? String == "escape" && $0["host"] as? String == "api.openai.com:443" }, "\(findings)")
        }
    }
}
