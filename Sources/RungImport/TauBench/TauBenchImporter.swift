internal import RungCore
internal import RungText

/// Turns tau-bench trajectories into scenarios with recorded trials.
///
/// The file is what a tau-bench run leaves: one JSON array of runs, or the same runs as JSON Lines. Each run has `task_id`,
/// `trial`, `reward`, `info.task` (`user_id`, `instruction`, `actions`) and `traj`, the messages in OpenAI's form.
///
/// Every task becomes one scenario, sorted by task id; its runs become recorded trials, sorted by trial. A run passes when
/// its reward is at least 1, which is tau-bench's own rule. Beside it the task's actions are reported as tool calls under
/// the relation `actual-contains-expected` with exact arguments: tau-bench requires the effects of its actions and lets
/// the agent look up whatever else it likes, so every action must have been called and further calls are no fault. It only
/// informs, because tau-bench judges the database at the end: another path to the same state is a success as well, and an
/// extra call that changes the database is none.
///
/// Tool results answer the latest unanswered call of their id, because recordings reuse ids. A result that starts with
/// `Error` is marked as one, as the benchmark's tools write it. The system prompt stays the first event of each trial.
public enum TauBenchImporter {
    /// The line in the catalog.
    public static let descriptor = ImporterDescriptor(
        name: "tau-bench", summary: "Recorded tau-bench trajectories: one scenario per task, one recorded trial per run.",
        convert: { file, options, sink throws in try convert(file: file, options: options, into: &sink) })

    /// Reads the whole file, then hands its scenarios and their suite to the sink.
    ///
    /// - Throws: `InvalidInput` with all problems of the file, before the sink gets anything.
    public static func convert(
        file path: String, options: ImportOptions = ImportOptions(), into sink: inout any ScenarioSink
    ) throws -> ImportReport {
        let file = try SourceFile(path)
        var reader = TauBenchReader(file: path)
        var diagnostics = Diagnostics()
        file.forEachRecord(into: &diagnostics) { record, diagnostics in reader.read(record, into: &diagnostics) }
        let tasks = try reader.tasks(after: diagnostics)

        var findings = reader.findings
        for task in tasks where task.actions.isEmpty {
            findings.note("info.task.actions", "no calls are expected, so the tool-calls grade always holds", at: task.position)
        }
        for task in tasks { try sink.append(scenario(of: task, from: file.name)) }
        let suite = suite(of: tasks, from: file.name, agent: options.agent)
        try sink.finish(suite)

        let runs = tasks.flatMap(\.runs)
        return ImportReport(
            importer: descriptor.name, file: path, suite: suite.id.rawValue, agents: suite.agents.map(\.rawValue),
            cases: tasks.count, trials: runs.count, toolCalls: runs.reduce(0) { $0 + $1.trajectory.callCount },
            reusedIDs: runs.count { $0.trajectory.reusesIDs }, findings: findings.all)
    }

    private static func scenario(of task: TauBenchTask, from fileName: String) -> ScenarioDraft {
        ScenarioDraft(
            id: "task-\(task.id)", title: "Task \(task.id), user \(task.userID)",
            input: ["user_id": .string(task.userID), "instruction": .string(task.instruction)],
            graders: [
                [
                    "kind": "tool-calls", "role": "report", "relation": "actual-contains-expected", "arguments": "exact",
                    "expected": .array(task.actions),
                ]
            ],
            recorded: task.runs.map { run in
                Transcript(events: run.trajectory.events, outcome: RecordedOutcome(reward: run.reward))
            },
            provenance: Scenario.Provenance(origin: .recorded, source: "\(fileName), task \(task.id)"))
    }

    private static func suite(of tasks: [TauBenchTask], from fileName: String, agent: AgentID?) -> SuiteDraft {
        let name = FileIdentifier.of(fileName)
        let trials = tasks.first?.runs.count ?? 0
        return SuiteDraft(
            id: SuiteID("tau-bench-\(name)"),
            title: "tau-bench runs of \(name): \(ImportReport.counted(tasks.count, "task")), \(ImportReport.counted(trials, "trial")) each",
            agents: [agent ?? AgentID(name)], trials: trials,
            graders: [["kind": "outcome", "role": "verdict", "reward-at-least": 1]])
    }
}
