import RungCore
import RungText
import Testing

@testable import RungImport

/// Every way in which a run can be wrong, with the exact message.
@Suite struct TauBenchReaderTests {
    private typealias Fixture = TauBenchFixture

    struct Mistake: Sendable, CustomTestStringConvertible {
        var name: String
        var lines: [String]
        /// Without the file name, one entry for each problem.
        var problems: [String]

        var testDescription: String { name }
    }

    static let mistakes: [Mistake] = [
        Mistake(name: "empty file", lines: ["", "  "], problems: ["1:1: error: the file is empty\n  expected a JSON array or JSON Lines"]),
        Mistake(
            name: "empty array", lines: ["[]"], problems: ["1:1: error: the file holds no runs\n  expected at least one run"]),
        Mistake(
            name: "malformed lines", lines: [Fixture.run(), #"{"task_id":"#, #"{"trial" 1}"#],
            problems: [
                "2:12: error: expected a value, found the end of the text", #"3:10: error: expected ":" after the key, found "1""#,
            ]),
        Mistake(
            name: "malformed array", lines: ["[", Fixture.run(), "}"], problems: [#"3:1: error: expected "," or "]", found "}""#]),
        Mistake(name: "not an object", lines: ["5"], problems: ["1:1: error: a run must be an object, found a number"]),
        Mistake(
            name: "missing keys", lines: ["{}"],
            problems: [
                "1:1: error: the run has no \"task_id\"\n  expected a whole number from 0",
                "1:1: error: the run has no \"trial\"\n  expected a whole number from 0",
                "1:1: error: the run has no \"reward\"\n  expected a number",
                "1:1: error: the run has no \"info\"\n  expected an object with the task",
                "1:1: error: the run has no \"traj\"\n  expected a list of messages",
            ]),
        Mistake(
            name: "missing task keys", lines: [#"{"task_id":1,"trial":0,"reward":1,"info":{"task":{}},"traj":[]}"#],
            problems: [
                "1:50: error: \"info.task\" has no \"user_id\"\n  expected text",
                "1:50: error: \"info.task\" has no \"instruction\"\n  expected text",
                "1:50: error: \"info.task\" has no \"actions\"\n  expected a list of calls",
            ]),
        Mistake(
            name: "no task", lines: [#"{"task_id":1,"trial":0,"reward":1,"info":{},"traj":[]}"#],
            problems: ["1:42: error: \"info\" has no \"task\"\n  expected an object with the instruction"]),
        Mistake(
            name: "reward is text", lines: [Fixture.run(reward: #""high""#)],
            problems: [#"1:33: error: "reward" must be a number, found a string"#]),
        Mistake(
            name: "reward is null", lines: [Fixture.run(reward: "null")],
            problems: [#"1:33: error: "reward" must be a number, found null"#]),
        Mistake(
            name: "negative task and fractional trial", lines: [Fixture.run(task: "-1", trial: "0.5")],
            problems: [
                #"1:12: error: "task_id" must be a whole number from 0, found a number"#,
                #"1:23: error: "trial" must be a whole number from 0, found a number"#,
            ]),
        Mistake(
            name: "action without arguments", lines: [Fixture.run(actions: #"{"name":"renew_loan"},7"#)],
            problems: [
                "1:113: error: \"info.task.actions[]\" has no \"kwargs\"\n  expected an object",
                #"1:135: error: "info.task.actions[]" must be an object, found a number"#,
            ]),
        Mistake(
            name: "duplicate trial", lines: [Fixture.run(), Fixture.run()],
            problems: ["2:22: error: task 3 has a second trial 0\n  the first one is at 1:1; remove one of them"]),
        Mistake(
            name: "a task that changes", lines: [Fixture.run(), Fixture.run(trial: "1", instruction: "Return it.")],
            problems: [
                "2:1: error: task 3 differs from the task 3 at 1:1\n  user_id, instruction and actions are the same in all runs of a task"
            ]),
        Mistake(
            name: "a trial too few",
            lines: [
                Fixture.run(task: "1"), Fixture.run(task: "1", trial: "1"), Fixture.run(task: "2", trial: "1"),
            ],
            problems: ["3:1: error: task 2 has 1 trial, other tasks have 2\n  missing: trial 0"]),
        Mistake(
            name: "a trial too many",
            lines: [
                Fixture.run(task: "1"), Fixture.run(task: "2"), Fixture.run(task: "4", trial: "1"), Fixture.run(task: "4"),
            ],
            problems: ["3:1: error: task 4 has 2 trials, other tasks have 1\n  remove the trials that the others do not have"]),
        Mistake(
            name: "all problems at once", lines: [Fixture.run(task: "1", reward: "[]"), "nonsense", Fixture.run(task: "2", reward: "{}")],
            problems: [
                #"1:33: error: "reward" must be a number, found an array"#,
                "2:1: error: expected null, found something else",
                #"3:33: error: "reward" must be a number, found an object"#,
            ]),
    ]

    @Test(arguments: mistakes) func `names every problem with its place`(_ mistake: Mistake) throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("runs.json", mistake.lines.joined(separator: "\n"))
        var sink: any ScenarioSink = DiscardingSink()
        let error = #expect(throws: InvalidInput.self) { try TauBenchImporter.convert(file: file, into: &sink) }
        #expect(error?.diagnostics.map { $0.text.replacing(file + ":", with: "") } == mistake.problems)
    }

    @Test func `unreadable lines silence the count of trials, which would only repeat them`() throws {
        var reader = TauBenchReader(file: "runs.jsonl")
        var diagnostics = Diagnostics()
        for line in [Fixture.run(task: "1"), Fixture.run(task: "1", trial: "1"), Fixture.run(task: "2"), "{}"] {
            reader.read(try JSONReader.read(line), into: &diagnostics)
        }
        let error = #expect(throws: InvalidInput.self) { try reader.tasks(after: diagnostics) }
        #expect(error?.diagnostics.contains { $0.message.contains("other tasks") } == false)
    }

    @Test func `what a task holds besides is listed only when it holds something`() throws {
        var reader = TauBenchReader(file: "runs.jsonl")
        var diagnostics = Diagnostics()
        let line = Fixture.run().replacing(
            #""outputs":[]}}"#, with: #""outputs":["4"],"annotator":null},"source":"user","user_cost":0.5,"reward_info":null}"#)
        reader.read(try JSONReader.read(line), into: &diagnostics)
        #expect(reader.findings.all.map(\.key) == ["info.source", "info.task.outputs", "info.user_cost"])
        #expect(reader.findings.all.allSatisfy { $0.reason == "not carried over" && $0.count == 1 })
    }
}
