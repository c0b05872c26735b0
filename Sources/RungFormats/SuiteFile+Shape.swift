internal import RungCore
public import RungText

extension SuiteFile {
    /// A suite file.
    public static func shape(graders: Shape) -> ObjectShape {
        ObjectShape(
            "Suite", "Cases run together under one gate.",
            [
                DocumentFile.versionField,
                .required("id", .identifier, "Stable name; reports, baselines and evidence use it."),
                .optional("title", .text, "One line for reports."),
                .optional("kind", .oneOf(Suite.Kind.allCases.map(\.rawValue)), "What the suite is for; default regression."),
                .optional("compare", .object(EfficacyReading.shape), "What a suite of kind efficacy compares."),
                .required("agents", .either([.array(.identifier, atLeast: 1), .identifier]), "Agents that play every scenario."),
                .optional("prompts", .map(.identifier), "Prompt versions to use in place of those on the agents' cards, by prompt id."),
                .optional(
                    "boundary", .oneOf(Suite.Boundary.allCases.map(\.rawValue)),
                    "live runs the agents (default); model, tools and both run them with these parts of the world from cassettes; transcript "
                        + "runs nothing and grades what was recorded."),
                .optional(
                    "cassettes", .text,
                    "Folder of the cassettes AGENT/CASE.jsonl, relative to this file; default cassettes/SUITE in the workspace."),
                .optional(
                    "drift", .oneOf(Suite.Drift.allCases.map(\.rawValue)),
                    "With boundary model: compares what live tools answer with what the cassette has for the same calls, and tolerates it in "
                        + "requests to the model; report tells differences, fail fails the trial. Nobody compares without it."),
                .required("scenarios", .array(.text, atLeast: 1), "Scenario files (.jsonl, .yaml), relative to this file."),
                .optional("graders", .array(graders, atLeast: 0), "What must hold for every scenario."),
                .optional("trials", .integer(1...1_000), "Trials per case; default 1, or all recorded ones at the transcript boundary."),
                .optional(
                    "require", .either([.oneOf(["all", "any"]), .object(atLeast)]), "How many trials of a case must pass; default all."),
                .optional("retries", .integer(0...10), "How often a trial is tried again after an infrastructure fault; default 0."),
                .optional("timeout", .duration, "For one trial; default 30s."),
                .optional("concurrency", .integer(1...10_000), "Trials at once; default 4."),
                .optional("seed", .integer(0...9_007_199_254_740_991), "Seeds of all trials derive from it; default 1."),
                .optional("gate", .object(gate), "What the run must show to pass."),
                .optional(
                    "quarantine", .array(.object(quarantine), atLeast: 0), "Cases that run and are reported, and do not count until a date."
                ),
            ])
    }

    private static let atLeast = ObjectShape(
        "AtLeast", "n-of-k.", [.required("at-least", .integer(1...1_000), "Trials of a case that must pass.")])

    private static let gate = ObjectShape(
        "Gate", "The policy of the gate.",
        [
            .optional("minimum-pass-rate", .share, "Proportion 0…1 of the cases that count; default 1."),
            .optional("critical", .array(.identifier, atLeast: 0), "Cases that must pass, besides those whose scenario says so."),
            .optional(
                "newly-failing", .oneOf(GatePolicy.NewlyFailing.allCases.map(\.rawValue)),
                "Whether a case that passed in the baseline may fail; default forbid."),
            .optional(
                "exclude", .array(.oneOf(["errored", "unscored", "skipped"]), atLeast: 0),
                "Verdicts left out of the pass rate; none by default, and printed."),
        ])

    private static let quarantine = ObjectShape(
        "Quarantine", "A case that is known to be unreliable.",
        [
            .required("case", .identifier, "The scenario."),
            .required("reason", .text, "Why, and where it is being mended."),
            .required("until", .timestamp, "From this day on it counts again."),
        ])
}
