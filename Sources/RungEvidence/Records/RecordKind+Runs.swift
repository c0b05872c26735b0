import RungCrypto
import RungText

/// Test runs: those that the program makes itself, and results of other tools.
extension RecordKind {
    /// What is known of a run before its first trial.
    static let runStart = RecordKind(
        "runStart", "A run that has started, or goes on after an interruption.",
        fields: [
            .own("baseline", .text, "The run or file that it is compared with."),
            .own("cases", .integer, "Cases of the plan."),
            .own("filter", .text, "The selection as the user gave it."),
            .own("id", .coded, "Identifies the run."),
            .own("planDigest", .digest, "Digest of everything that decides."),
            .own("resumedTrials", .integer, "Trials that an earlier process has finished."),
            .own("seed", .integer, "The bits of the seed, as a signed number."),
            .own("startedAt", .time, "When it started."),
            .own("suites", .json, "The suites with their gates and subjects."),
            .own("trials", .integer, "Trials of the plan."),
        ])

    /// What the cases of a run are tried with; cases name it, so that it is said once.
    static let runSubject = RecordKind(
        "runSubject", "A suite, agent, prompt version and configuration of a run.",
        fields: [
            .own("agentId", .coded, "The agent."),
            .own("configDigest", .coded, "Digest of model configuration and tools."),
            .own("promptVersionId", .coded, "Version of the deciding prompt."),
            .own("run", .reference, "Record number of the run's first start."),
            .own("suiteId", .coded, "The suite."),
        ])

    /// Grades that many trials share word for word; trials name it.
    static let gradeList = RecordKind(
        "gradeList", "Grades that many trials share word for word.",
        fields: [.own("grades", .json, "What the graders found.")])

    /// One attempt at a case. Positions of the fields are used by the recorder.
    static let trial = RecordKind(
        "trial", "One attempt at a case, judged.",
        fields: [
            .own("caseIndex", .integer, "Index of the case in the plan."),
            .own("fault", .json, "Why there is no transcript."),
            .own("gradeList", .reference, "Record number of the grades, in place of the grades."),
            .own("grades", .json, "What the graders found."),
            .own("index", .integer, "Index of the trial in its case."),
            .own("retried", .json, "Faults of earlier attempts."),
            .own("run", .reference, "Record number of the run's first start."),
            .own("seed", .integer, "The bits of the seed, as a signed number."),
            .own("transcript", .digest, "Digest of the canonical transcript."),
            .own("usage", .json, "Tokens, US dollars and milliseconds, as far as they were counted."),
            .own("verdict", .coded, "What became of it."),
        ])

    /// A case of a run with its verdict. Positions of the fields are used by the recorder.
    static let caseResult = RecordKind(
        "caseResult", "A case of a run with its verdict.",
        fields: [
            .own("caseIndex", .integer, "Index in the plan."),
            .own("critical", .flag, "The gate needs it passed; left out when it does not."),
            .own("digest", .digest, "Digest of the scenario."),
            .own("id", .text, "Identifies the case in its suite."),
            .own("intent", .coded, "The intent that it exercises."),
            .own("note", .text, "Why it was skipped or is in quarantine."),
            .own("subject", .reference, "Record number of suite, agent, prompt version and configuration."),
            .own("trials", .integer, "Trials made."),
            .own("unstable", .flag, "Its trials did not all end alike; left out when they did."),
            .own("verdict", .coded, "What became of it."),
        ])

    /// What a run came to as a whole.
    static let runEnd = RecordKind(
        "runEnd", "What a run came to as a whole.",
        fields: [
            .own("durationMs", .real, "Milliseconds of wall time of the last process."),
            .own("finishedAt", .time, "When it ended."),
            .own("gate", .json, "The decision with its reasons."),
            .own("reason", .text, "Why it is incomplete."),
            .own("run", .coded, "The run."),
            .own("status", .coded, "Complete or incomplete."),
            .own("suites", .json, "Tallies and decisions by suite."),
            .own("total", .json, "The tally over all suites."),
        ])

    /// What a run came to for one suite, agent and prompt version; other tools' runs are imported as this.
    static let run = RecordKind(
        "run", "What a run came to for one suite, agent and prompt version.",
        identity: ["id", "suiteId", "agentId", "promptVersionId"],
        fields: [
            .optional("agentId", .coded, .text, "The agent tested."),
            .optional("configDigest", .coded, .digest, "Digest of model configuration and tools."),
            .optional("experimentId", .coded, .text, "Experiment that it belongs to."),
            .required("finishedAt", .time, .timestamp, "When it ended."),
            .required("id", .coded, .text, "Identifies the run."),
            .optional("intents", .json, .texts, "Distinct intents of the scenarios that ran."),
            .required("passed", .flag, .bool, "Whether it passed."),
            .optional("promptVersionId", .coded, .digest, "Version of the prompt tested."),
            .optional("repeated", .integer, .count, "Cases tried more than once; 0 when left out."),
            .optional("seconds", .real, .number(0...1e12), "Reaction time of drills."),
            .own("suiteDigest", .digest, "Digest of the suite and its scenarios."),
            .optional("suiteId", .coded, .text, "The suite."),
            .required("trials", .integer, .count, "Trials made; 0 proves nothing."),
            .required("type", .coded, .oneOf(runTypes), "What was run."),
            .optional("unstable", .integer, .count, "Cases whose verdict differed over repeats; 0 when left out."),
        ],
        problems: { draft in
            let counts = ["trials", "repeated", "unstable"].map { (key: $0, count: draft[$0].integer ?? 0) }
            return zip(counts, counts.dropFirst()).filter { $0.count < $1.count }.map { more, fewer in
                Problem(
                    key: fewer.key, message: "\"\(fewer.key)\" is \(fewer.count), more than \"\(more.key)\" (\(more.count))",
                    suggestion: "each unstable case was repeated, and each repeated case was tried")
            }
        })

    /// A suite of another tool.
    static let suite = RecordKind(
        "suite", "A test suite of an agent that another tool runs.",
        identity: ["id", "agentId"], change: .state,
        computed: ["intentsDeclared", "intentsCovered", "judgeKappa", "judgeLabels", "judgeCheckedAt"],
        fields: [
            .optional("agentId", .coded, .text, "The agent that it tests."),
            .optional("at", .time, .timestamp, claimedTime),
            .optional("flowId", .text, .text, "For suites of a whole flow."),
            .required("id", .coded, .text, "Identifies the suite."),
            .optional("judged", .flag, .bool, "Verdicts come from a model; false when left out."),
        ])

    /// Where a scenario of a suite comes from.
    static let scenario = RecordKind(
        "scenario", "A scenario of a suite and where it comes from.",
        identity: ["id", "suiteId"], computed: ["origin", "textDigest"],
        fields: [
            .required("agentId", .coded, .text, "The agent that it is for."),
            .optional("caseId", .text, .text, "The case that led to it, such as an incident."),
            .required("id", .text, .text, "Identifies it in its suite, as in runs."),
            .optional("interactionId", .text, .text, "The interaction that it was recorded from."),
            .required("recordedAt", .time, .timestamp, "When it was added; that of the interaction counts when there is one."),
            .required("suiteId", .coded, .text, "The suite."),
            .optional("text", .text, .freeText, "What the user says, all turns; only the digest of its normal form is kept."),
            .own("textDigest", .digest, "Digest of its letters alone; scenarios that share it count once."),
        ],
        derive: { draft in
            guard let text = draft["text"].text else { return }
            draft["textDigest"] = .digest(ScenarioText.digest(of: text))
            draft["text"] = .null
        },
        problems: { draft in
            guard draft["textDigest"].isNull else { return [] }
            return [
                Problem(
                    key: "id", message: "without \"text\" nobody can tell whether the scenario is another one over again",
                    suggestion: "give what the user says; only a digest of it is kept")
            ]
        })

    /// A person's own verdict on a case that a model judged.
    static let judgeLabel = RecordKind(
        "judgeLabel", "A person's own verdict on a case of a run that a model judged.",
        identity: ["runId", "suiteId", "agentId", "promptVersionId", "caseId", "principalId"],
        fields: [
            .required("agentId", .coded, .text, "The agent tested."),
            .required("at", .time, .timestamp, "When."),
            .required("caseId", .text, .text, "The case."),
            .required("passed", .flag, .bool, "What the person says."),
            .required("principalId", .coded, .text, "Who."),
            .optional("promptVersionId", .coded, .digest, "Version of the prompt, when the run tested several."),
            .required("runId", .coded, .text, "The run."),
            .required("sawVerdict", .flag, .bool, "Whether the person knew the judge's verdict; such labels do not count."),
            .required("suiteId", .coded, .text, "The suite."),
        ])

    /// The verdict of a judge in a run of another tool.
    static let judgeVerdict = RecordKind(
        "judgeVerdict", "The verdict of a model judge on a case of another tool's run.",
        identity: ["runId", "suiteId", "agentId", "caseId"],
        fields: [
            .required("agentId", .coded, .text, "The agent tested."),
            .required("at", .time, .timestamp, "When."),
            .required("caseId", .text, .text, "The case."),
            .required("passed", .flag, .bool, "What the judge says."),
            .required("runId", .coded, .text, "The run."),
            .required("suiteId", .coded, .text, "The suite."),
        ])

    /// An intent that users had.
    static let trafficIntent = RecordKind(
        "trafficIntent", "An intent that the users of an agent had, as found in its traffic; suites are held against it.",
        identity: ["agentId", "intent"],
        fields: [
            .required("agentId", .coded, .text, "The agent."),
            .required("at", .time, .timestamp, "When it was first seen."),
            .required("intent", .coded, .text, "The intent."),
        ])

    private static let runTypes = [
        "regression", "efficacy", "adversarial", "lint", "disclosure", "flow", "fault", "policy_probe", "canary",
        "stop_drill", "rollback_drill", "alert_drill", "halt_drill",
    ]
}
