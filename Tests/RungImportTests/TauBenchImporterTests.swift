import RungCore
import RungImport
import RungText
import Testing

@Suite struct TauBenchImporterTests {
    private typealias Fixture = TauBenchFixture

    private func lines(_ runs: [String]) -> String { runs.map { $0 + "\n" }.joined() }

    /// Two tasks out of order, two trials each, the second trial of task 3 with a reused id.
    private var desk: [String] {
        let talk = [
            #"{"role":"system","content":"You run a library desk."}"#, #"{"role":"user","content":"Please renew L-7."}"#,
            Fixture.call("c1"), Fixture.result("c1", "Error: no such loan"), Fixture.call("c1"), Fixture.result("c1", "done"),
            #"{"role":"assistant","content":"Renewed."}"#,
        ].joined(separator: ",")
        return [
            Fixture.run(task: "10"), Fixture.run(trial: "1", reward: "0.0", trajectory: talk), Fixture.run(),
            Fixture.run(task: "10", trial: "1", reward: "0", more: #","seed":5"#),
        ]
    }

    @Test func `writes one scenario a task and one recorded trial a run, both sorted`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk-bot.public.jsonl", lines(desk))
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        _ = try importer.run(file: file, into: .folder(folder.path + "/out", overwrite: false))
        let written = try folder.text("out/scenarios.jsonl").split(separator: "\n").map(String.init)
        let start =
            #""input":{"user_id":"ada","instruction":"Renew your loan."},"graders":[{"kind":"tool-calls","role":"report","#
            + #""relation":"actual-contains-expected","arguments":"exact","expected":"#
            + #"[{"name":"renew_loan","arguments":{"loan":"L-7","days":14}}]}],"recorded":[{"events":["#
        let plea = #"{"type":"message","role":"user","content":"Please renew L-7."}"#
        let call = #"{"type":"tool-call","id":"c1","name":"renew_loan","arguments":{"loan":"L-7"}}"#
        #expect(
            written == [
                #"{"id":"task-3","title":"Task 3, user ada","# + start + plea + #"],"outcome":{"reward":1}},{"events":["#
                    + #"{"type":"message","role":"system","content":"You run a library desk."},"# + plea + "," + call
                    + #",{"type":"tool-result","id":"c1","content":"Error: no such loan","error":true},"# + call
                    + #",{"type":"tool-result","id":"c1","content":"done"},"#
                    + #"{"type":"message","role":"assistant","content":"Renewed."}],"outcome":{"reward":0}}],"#
                    + #""provenance":{"origin":"recorded","source":"desk-bot.public.jsonl, task 3"}}"#,
                #"{"id":"task-10","title":"Task 10, user ada","# + start + plea + #"],"outcome":{"reward":1}},{"events":["# + plea
                    + #"],"outcome":{"reward":0}}],"provenance":{"origin":"recorded","source":"desk-bot.public.jsonl, task 10"}}"#,
            ])
    }

    @Test func `writes a suite that names agent, trials and the outcome grader`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk-bot.public.jsonl", lines(desk))
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        _ = try importer.run(file: file, into: .folder(folder.path + "/out", overwrite: false))
        #expect(
            try folder.text("out/suite.yaml") == """
                # Made by `rung import`. The recordings are graded as they are; no agent runs.
                format: 1
                id: tau-bench-desk-bot
                title: "tau-bench runs of desk-bot: 2 tasks, 2 trials each"
                kind: regression
                boundary: transcript
                agents: [desk-bot]
                scenarios: [scenarios.jsonl]
                trials: 2
                require: all
                graders:
                  - {kind: outcome, role: verdict, reward-at-least: 1}
                gate:
                  # Recorded runs, no bar set yet: raise this to the pass rate that must hold.
                  minimum-pass-rate: 0

                """)
        #expect(folder.names == ["desk-bot.public.jsonl", "out", "out/scenarios.jsonl", "out/suite.yaml"])
    }

    @Test func `the report counts cases, trials, calls and reused ids, and lists what stays behind`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk-bot.jsonl", lines(desk))
        var sink: any ScenarioSink = DiscardingSink()
        let report = try TauBenchImporter.convert(file: file, into: &sink)
        #expect(
            report
                == ImportReport(
                    importer: "tau-bench", file: file, suite: "tau-bench-desk-bot", agents: ["desk-bot"], cases: 2, trials: 4,
                    toolCalls: 2, reusedIDs: 1,
                    findings: [ImportFinding(key: "seed", reason: "not carried over", count: 1, line: 4)]))
    }

    @Test func `one JSON array holds the same as JSON Lines`() throws {
        let folder = try TemporaryFolder()
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        let array = try folder.file("desk.json", "[\n" + desk.joined(separator: ",\n") + "\n]\n")
        let plain = try folder.file("desk.jsonl", lines(desk))
        _ = try importer.run(file: array, into: .folder(folder.path + "/a", overwrite: false))
        _ = try importer.run(file: plain, into: .folder(folder.path + "/b", overwrite: false))
        let fromArray = try folder.text("a/scenarios.jsonl").replacing("desk.json,", with: "desk.jsonl,")
        #expect(try fromArray == folder.text("b/scenarios.jsonl"))
        #expect(try folder.text("a/suite.yaml") == folder.text("b/suite.yaml"))
    }

    @Test func `the agent can be named`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk.jsonl", Fixture.run())
        var sink: any ScenarioSink = DiscardingSink()
        let report = try TauBenchImporter.convert(file: file, options: ImportOptions(agent: "librarian"), into: &sink)
        #expect(report.agents == ["librarian"])
        #expect(report.suite == "tau-bench-desk")
    }

    @Test func `a task without expected calls is reported, because its report grade says nothing`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk.jsonl", Fixture.run(actions: ""))
        var sink: any ScenarioSink = DiscardingSink()
        let report = try TauBenchImporter.convert(file: file, into: &sink)
        let reason = "no calls are expected, so the tool-calls grade always holds"
        #expect(report.findings == [ImportFinding(key: "info.task.actions", reason: reason, count: 1, line: 1)])
    }

    @Test func `wrong input leaves the destination untouched`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("desk.jsonl", lines(desk + ["{"]))
        let importer = try #require(ImporterCatalog.importer(named: "tau-bench"))
        #expect(throws: InvalidInput.self) {
            try importer.run(file: file, into: .folder(folder.path + "/out", overwrite: false))
        }
        #expect(folder.names == ["desk.jsonl"])
    }
}
