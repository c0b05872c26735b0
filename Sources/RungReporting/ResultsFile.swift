import RungCore
public import RungText

/// The results file that `rung test --json` writes: its shape, and how it is read back as a baseline.
public enum ResultsFile {
    /// The version that is written and read.
    public static let formatVersion = 1

    /// The whole file, for the schema and for tests.
    public static let shape = ObjectShape(
        "Results", "What a run came to: the stable contract for scripts and for later runs that compare with it.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("run", .object(run), "The run as a whole."),
            .required("gate", .object(gate), "The decision over all suites."),
            .optional("suites", .array(.object(suite), atLeast: 2), "Each suite with its gate, when there are several."),
            .required("cases", .array(.object(caseShape), atLeast: 0), "Every case in the order of the plan, one a line."),
        ])

    /// One entry of `cases`.
    static let caseShape = ObjectShape(
        "CaseResult", "One case × agent × prompt version.",
        [
            .required("id", .text, "The case; unique within suite, agent and prompt version."),
            .required("suite", .text, "The suite it belongs to."),
            .required("agent", .text, "The agent that was tried."),
            .optional("promptVersion", .digest, "The version of the deciding prompt; null without a prompt."),
            .optional("configuration", .digest, "Digest of the agent's model, parameters and tools."),
            .required("verdict", .oneOf(Verdict.allCases.map(\.rawValue)), "What the trials add up to."),
            .optional("title", .freeText, "The scenario's title."),
            .optional("note", .freeText, "Why it was skipped or is in quarantine."),
            .required("critical", .bool, "Whether the gate fails when it does not pass."),
            .optional("slices", .map(.freeText), "Named groups that it belongs to."),
            .optional("intent", .freeText, "The intent that it exercises."),
            .required("digest", .digest, "Digest of the scenario."),
            .required("file", .freeText, "The file that declares it."),
            .required("line", .count, "The line in that file."),
            .required("trials", .array(.object(trial), atLeast: 0), "By index."),
        ])

    private static let run = ObjectShape(
        "RunResult", "The run as a whole; rates and verdicts are over all suites.",
        [
            .required("id", .text, "The run; `--resume` and `--baseline` take it."),
            .required("suite", .freeText, "The suite, or several joined by \"+\"."),
            .required("digest", .digest, "Digest of the suite; of the plan when there are several suites."),
            .required("seed", .number(0...0x1p64), "The seed that every trial's seed comes from; 64 bits."),
            .required("status", .oneOf(["complete", "incomplete"]), "Whether every planned trial was made."),
            .optional("statusReason", .freeText, "Why the run is incomplete."),
        ] + tally + [
            .required("plannedCases", .count, "Cases of the plan; more than `cases` when the run is incomplete."),
            .required("plannedTrials", .count, "Trials of the plan."),
            .required("resumedTrials", .count, "Trials that an earlier, interrupted process had finished."),
            .required("planDigest", .digest, "Digest of everything that decides: suites, agents, prompts, seed, selection."),
            .required("startedAt", .timestamp, "When the run started, in UTC."),
            .required("finishedAt", .timestamp, "When it ended."),
            .required("durationMs", .number(0...1e15), "Wall time of this process in milliseconds."),
            .optional("cassettes", .object(cassettes), "The cassettes that answered for the world; left out where nothing was replayed."),
            .optional("shard", .object(shard), "The part of a larger run that this is; left out for a whole one."),
            .optional("filter", .freeText, "The selection; null for everything."),
            .optional("baseline", .freeText, "The run or file that it was compared with."),
        ])

    private static let shard = ObjectShape(
        "RunShard", "Which part of a larger run it is; the gate is decided when the parts are merged.",
        [
            .required("index", .integer(1...ShardSlice.countLimit), "Which part, from 1."),
            .required("count", .integer(1...ShardSlice.countLimit), "Parts that there are."),
            .required("runKey", .freeText, "What the parts of one run share."),
        ])

    private static let suite = ObjectShape(
        "SuiteResult", "One suite of the run.",
        [
            .required("suite", .text, "The suite."), .required("digest", .digest, "Digest of the suite and its scenarios."),
        ] + tally + [
            .optional("cassettes", .object(cassettes), "Its cassettes; left out where nothing was replayed."),
            .required("gate", .object(gate), "The suite's own decision."),
        ])

    private static let cassettes = ObjectShape(
        "SuiteCassettes", "The cassettes that answered for the world, and whether they still stand for it.",
        [
            .required("count", .count, "One for each agent and case."),
            .optional("oldestAt", .timestamp, "When the oldest that says it was recorded; null where none does."),
            .required("stale", .count, "Older than \(SuiteCassettes.staleAfterDays) days, or without a time."),
            .required("otherPrompt", .count, "Recorded under another version of the prompt than the one under test."),
        ])

    private static let tally: [ObjectShape.Field] = [
        .required("cases", .count, "Cases in this file; the sum of `verdicts`."),
        .required("trials", .count, "Trials made."),
        .required("verdicts", .object(verdicts), "Cases by verdict."),
        .required("counted", .count, "Cases that the rates count."),
        .required("denominator", .text, "Which cases the rates count, in words."),
        .optional("passRate", .object(passRate), "Null when no case counts."),
        .required("passAtK", .array(.share, atLeast: 0), "Entry k−1 is pass@k: at least one of k trials passes."),
        .required("passHatK", .array(.share, atLeast: 0), "Entry k−1 is pass^k: all of k trials pass."),
        .required("usage", .object(usage), "Summed over all trials."),
        .required("unstable", .count, "Cases whose trials did not all end alike."),
        .required("retries", .count, "Retries after infrastructure faults."),
        .required("erroredTrials", .count, "Trials that errored."),
    ]

    private static let verdicts = ObjectShape(
        "VerdictCounts", "How many cases ended with each verdict.",
        Verdict.allCases.map { .required($0.rawValue, .count, "Cases with this verdict.") })

    private static let passRate = ObjectShape(
        "PassRate", "The pass rate with its 95 % interval.",
        [
            .required("estimate", .share, "Proportion 0…1."), .required("low", .share, "Lower end of the interval."),
            .required("high", .share, "Upper end of the interval."), .required("method", .text, "How the interval was made."),
            .required("n", .count, "Cases."),
            .optional("effectiveN", .number(0...1e15), "Independent trials that would give the same error."),
        ])

    private static let gate = ObjectShape(
        "GateDecision", "What a gate decided, and why.",
        [
            .required("decision", .oneOf(GateDecision.Decision.allCases.map(\.rawValue)), "Only `pass` lets a release through."),
            .required("reasons", .array(.freeText, atLeast: 0), "Sentences, the deciding ones first."),
            .required("newlyFailing", .array(.object(key), atLeast: 0), "Passed in the baseline and do not now."),
            .required("newlyPassing", .array(.object(key), atLeast: 0), "Did not pass in the baseline and do now."),
            .optional("comparison", .object(ComparisonJSON.shape), "The numbers behind the decision of an efficacy suite."),
        ])

    private static let key = ObjectShape(
        "CaseKey", "A case across runs.",
        [
            .required("suite", .text, "The suite."), .required("id", .text, "The case."),
            .required("agent", .text, "The agent."),
        ])

    private static let trial = ObjectShape(
        "TrialResult", "One attempt at a case, judged.",
        [
            .required("index", .count, "From 0."),
            .required("verdict", .oneOf(Verdict.allCases.map(\.rawValue)), "What the grades add up to."),
            .required("grades", .array(.object(grade), atLeast: 0), "In the order of the graders."),
            .required("usage", .object(usage), "What the trial used up."),
            .optional("latencyMs", .number(0...1e15), "Milliseconds from request to result; null when not measured."),
            .optional("error", .object(fault), "Why there is no transcript; null when there is one."),
            .required("seed", .text, "The trial's seed in decimal digits; text, because it has 64 bits."),
            .optional("transcriptDigest", .digest, "Digest of the canonical transcript."),
            .required("retried", .array(.object(fault), atLeast: 0), "Faults of earlier attempts that were tried again."),
            .required("resumed", .bool, "Whether an earlier process of the same run made it."),
        ])

    private static let grade = ObjectShape(
        "Grade", "A judgement and who made it.",
        [
            .required("name", .text, "Unique within a case."), .required("kind", .text, "The kind of grader."),
            .required("version", .text, "The grader's version."),
            .required("role", .oneOf(GradeRole.allCases.map(\.rawValue)), "Whether it decides or only informs."),
            .optional("verdict", .oneOf(["passed", "failed", "errored"]), "Null when it says nothing that could decide."),
            .optional(
                "value", .either([.number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude), .freeText]),
                "The score or label; null for assertions."),
            .required("reason", .freeText, "One sentence."), .optional("expected", .freeText, "What should have been."),
            .optional("actual", .freeText, "What was."), .optional("diff", .freeText, "How they differ."),
        ])

    private static let fault = ObjectShape(
        "TrialFault", "Why a trial has no transcript.",
        [
            .required("kind", .oneOf(TrialFault.Kind.allCases.map(\.rawValue)), "The kind of fault."),
            .required("reason", .freeText, "A lower-case fragment; never what the agent said."),
        ])

    private static let usage = ObjectShape(
        "Usage", "What was used up; null where nobody counted.",
        [
            .optional("inputTokens", .integer(0...Int(Int64.max)), "Tokens sent to models."),
            .optional("outputTokens", .integer(0...Int(Int64.max)), "Tokens received from models."),
            .optional("cost", .number(0...1e15), "US dollars."),
            .optional(
                "replayedTokens", .integer(0...Int(Int64.max)),
                "How many of the tokens were counted in recorded answers and not spent; left out for none."),
        ])
}
