import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungFormats

@Suite("Reading a suite")
struct SuiteFileTests {
    private func load(
        _ folder: TemporaryFolder, overrides: SuiteOverrides = SuiteOverrides(),
        selection: @escaping (ScenarioOutline, SuiteID, AgentID) -> Bool = { _, _, _ in true }
    ) throws -> LoadedSuite {
        var diagnostics = Diagnostics()
        let registry = Workspace.bare(at: folder.path).registry(into: &diagnostics)
        let reader = SuiteFile(registry: registry, graders: FormatsFixture.graders, overrides: overrides, selection: selection)
        let loaded = reader.read(folder.path + "/suites/greet.yaml", into: &diagnostics)
        try diagnostics.throwIfAny()
        return try #require(loaded)
    }

    @Test("defaults are those of the documentation")
    func defaults() throws {
        let loaded = try load(FormatsFixture.workspace())
        let suite = loaded.suite
        #expect(suite.kind == .regression && suite.boundary == .live && suite.requirement == .all)
        #expect(suite.retries == 0 && suite.timeoutMs == 30_000 && suite.concurrency == 4 && suite.seed == 1)
        #expect(suite.gate == GatePolicy(minimumPassRate: 1, critical: [], newlyFailing: .forbid, excluded: []))
        #expect(loaded.cases == [PlannedCase(scenario: 0, agent: 0, trials: 1), PlannedCase(scenario: 1, agent: 0, trials: 1)])
    }

    @Test("scenarios are read again piece by piece, with the graders of the suite first")
    func scenarios() throws {
        let folder = FormatsFixture.workspace()
        let loaded = try load(folder)
        let all = try loaded.scenarios.scenarios(in: 0..<2)
        #expect(all.map(\.id) == ["one", "two"])
        #expect(all.map { $0.location.line } == [1, 3])
        #expect(all[0].graders.map(\.name) == ["says-0", "says-1"])
        #expect(all[1].graders.map(\.name) == ["says-0"])
        #expect(all[1].intent == "hello" && all[1].slices == ["tone": "warm"] && all[1].isCritical)
        #expect(all[1].recorded == [Transcript(output: "hi")])
        #expect(try loaded.scenarios.scenarios(in: 1..<2).map(\.id) == ["two"])
        folder.write("scenarios/greet.jsonl", "{}\n")
        #expect(throws: InvalidInput.self) { try loaded.scenarios.scenarios(in: 0..<1) }
    }

    @Test("a scenario's digest follows its content, not its layout")
    func digests() throws {
        let folder = FormatsFixture.workspace()
        let before = try load(folder).scenarios.scenarios(in: 0..<1)[0].digest
        folder.write(
            "scenarios/greet.jsonl", "{ \"graders\": [{\"text\":\"hi\",\"kind\":\"says\"}], \"input\":\"Ada\", \"id\": \"one\" }\n")
        let moved = try load(folder)
        #expect(try moved.scenarios.scenarios(in: 0..<1)[0].digest == before)
        folder.write("scenarios/greet.jsonl", "{\"id\":\"one\",\"input\":\"Eve\"}\n")
        let changed = try load(folder)
        #expect(try changed.scenarios.scenarios(in: 0..<1)[0].digest != before)
        #expect(changed.suite.digest != moved.suite.digest)
    }

    @Test("a hundred thousand lines are indexed and found again at any place")
    func manyLines() throws {
        let folder = FormatsFixture.workspace()
        var text = ""
        for index in 0..<20_000 { text += "{\"id\":\"c-\(index)\",\"input\":\"\(String(repeating: "x", count: index % 97))é\"}\r\n" }
        folder.write("scenarios/greet.jsonl", text)
        let loaded = try load(folder)
        #expect(loaded.cases.count == 20_000)
        for start in [0, 1, 63, 4_999, 19_936] {
            let block = try loaded.scenarios.scenarios(in: start..<start + 64)
            #expect(block.map(\.id.rawValue) == (start..<start + 64).map { "c-\($0)" })
            #expect(block[5].input == .string(String(repeating: "x", count: (start + 5) % 97) + "é"))
        }
    }

    @Test("a selection leaves cases out and counts them")
    func selection() throws {
        let loaded = try load(FormatsFixture.workspace(), selection: { scenario, _, _ in scenario.id == "two" })
        #expect(loaded.cases == [PlannedCase(scenario: 1, agent: 0, trials: 1)])
        #expect(loaded.deselected == 1)
    }

    @Test("the command line's trials and prompts take the place of the file's")
    func overrides() throws {
        let override = SuiteOverrides(trials: 3, prompts: [PromptReference(id: "greet", label: "v2")])
        let loaded = try load(FormatsFixture.workspace(), overrides: override)
        #expect(loaded.cases.map(\.trials) == [3, 3])
        #expect(loaded.suite.prompts == [PromptReference(id: "greet", label: "v2")])
    }

    @Test(
        "a wrong suite gives every problem with its place",
        arguments: [
            (
                "format: 1\nid: greet\nagent: greeter\nscenarios: [../scenarios/gret.jsonl]\n",
                [
                    "suites/greet.yaml:3:1: error: unknown key \"agent\" in the document\n  did you mean \"agents\"?",
                    "suites/greet.yaml:1:1: error: the document has no \"agents\"\n  add agents: Agents that play every scenario.",
                ]
            ),
            (
                "format: 1\nid: greet\nagents: [greter]\nscenarios: [../scenarios/gret.jsonl]\n",
                [
                    "suites/greet.yaml:3:10: error: agent \"greter\" is not registered\n  did you mean \"greeter\"?",
                    "suites/greet.yaml:4:13: error: no file scenarios/gret.jsonl\n  did you mean \"greet.jsonl\"?",
                ]
            ),
            (
                "format: 1\nid: greet\nagents: [greeter]\nscenarios: [../scenarios/greet.jsonl]\nprompts: {greet: v7}\nretries: 99\ntimeout: 5 minutes\n",
                [
                    "suites/greet.yaml:6:10: error: \"retries\" must be a whole number from 0 to 10, found number 99",
                    "suites/greet.yaml:7:10: error: \"timeout\" must be a duration such as 500ms, 30s, 5m, 2h or 7d, found string 5 minutes",
                ]
            ),
            (
                "format: 1\nid: greet\nagents: [greeter]\nscenarios: [../scenarios/greet.jsonl]\ngraders: [{kind: says, text: x}]\ngate: {critical: [twoo]}\nquarantine: [{case: on, reason: r, until: 2026-12-31}]\n",
                [
                    "suites/greet.yaml:6:19: error: no scenario \"twoo\" in this suite\n  did you mean \"two\"?",
                    "suites/greet.yaml:7:21: error: no scenario \"on\" in this suite\n  did you mean \"one\"?",
                ]
            ),
            (
                "format: 1\nid: greet\nagents: [greeter]\nboundary: transcript\ntrials: 2\nscenarios: [../scenarios/greet.jsonl]\ngraders: [{kind: says, text: x}]\n",
                [
                    "scenarios/greet.jsonl:1:1: error: scenario \"one\" has 0 recorded trials, the suite asks for 2\n  record more trials, or lower trials in the suite",
                    "scenarios/greet.jsonl:3:1: error: scenario \"two\" has 1 recorded trials, the suite asks for 2\n  record more trials, or lower trials in the suite",
                ]
            ),
            (
                "format: 1\nid: greet\nagents: [greeter]\nscenarios: [../scenarios/greet.jsonl]\nrequire: {at-least: 2}\n",
                [
                    "scenarios/greet.jsonl:1:1: error: scenario \"one\" has 1 trials, the suite requires 2 to pass\n  raise trials, or lower at-least in the suite",
                    "scenarios/greet.jsonl:3:1: error: scenario \"two\" has no graders\n  add graders to it, or to the suite",
                    "scenarios/greet.jsonl:3:1: error: scenario \"two\" has 1 trials, the suite requires 2 to pass\n  raise trials, or lower at-least in the suite",
                ]
            ),
        ])
    func wrongSuite(_ text: String, _ expected: [String]) {
        let folder = FormatsFixture.workspace()
        folder.write("suites/greet.yaml", text)
        let problems = FormatsFixture.problems(folder)
        #expect(problems == expected)
    }

    @Test(
        "a wrong line gives its line and column",
        arguments: [
            (
                "{\"id\":\"one\",\"input\":1}\n{\"id\":\"one\",\"input\":2}\n",
                "scenarios/greet.jsonl:2:7: error: scenario \"one\" is defined twice\n  first defined at scenarios/greet.jsonl:1"
            ),
            ("{\"id\":\"one\",\"input\":1,}\n", "scenarios/greet.jsonl:1:23: error: expected a key in double quotes, found \"}\""),
            (
                "{\"id\":\"one\"}\n",
                "scenarios/greet.jsonl:1:1: error: the scenario has no \"input\"\n  add input: What the agent is asked: text, or any structure that it understands."
            ),
            (
                "{\"id\":\"one\",\"input\":1,\"critcal\":true}",
                "scenarios/greet.jsonl:1:23: error: unknown key \"critcal\" in the scenario\n  did you mean \"critical\"?"
            ),
            (
                "{\"id\":\"one\",\"input\":1,\"agent\":\"other\"}",
                "scenarios/greet.jsonl:1:1: error: scenario \"one\" is for agent \"other\", which suite \"greet\" does not list\n  known here: greeter"
            ),
            (
                "{\"id\":\"one\",\"input\":1,\"graders\":[{\"kind\":\"say\"}]}",
                "scenarios/greet.jsonl:1:42: error: unknown kind \"say\"\n  did you mean \"says\"?"
            ),
        ])
    func wrongLine(_ text: String, _ expected: String) {
        let folder = FormatsFixture.workspace()
        folder.write("scenarios/greet.jsonl", text)
        #expect(FormatsFixture.problems(folder) == [expected])
    }

    @Test("scenarios may be kept in YAML, with the same rules")
    func yamlScenarios() throws {
        let folder = FormatsFixture.workspace()
        folder.write("suites/greet.yaml", "format: 1\nid: greet\nagents: greeter\nscenarios: [../scenarios/greet.yaml]\n")
        folder.write(
            "scenarios/greet.yaml",
            "format: 1\nscenarios:\n  - id: one\n    input: {name: Ada}\n    graders: [{kind: says, text: hi}]\n  - id: two\n    input: 2\n    skip: later\n"
        )
        let loaded = try load(folder)
        #expect(loaded.cases.map(\.trials) == [1, 0])
        let scenarios = try loaded.scenarios.scenarios(in: 0..<2)
        #expect(scenarios[0].input == ["name": "Ada"])
        #expect(scenarios[1].skipReason == "later")
        #expect(scenarios[1].location.line == 6)
    }
}
