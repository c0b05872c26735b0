internal import RungCore
public import RungText

extension ScenarioReading {
    /// One scenario: a line of a `.jsonl` file, or an entry under `scenarios` in a YAML file.
    public static func shape(graders: Shape) -> ObjectShape {
        ObjectShape(
            "Scenario", "A recorded conversation or task with what must hold.",
            [
                .optional("format", .integer(1...1), "Version of the file format; 1."),
                .required("id", .identifier, "Stable name, unique in the suite; reports and baselines use it."),
                .required("input", .any, "What the agent is asked: text, or any structure that it understands."),
                .optional("agent", .identifier, "Only this agent of the suite plays it."),
                .optional("title", .text, "One line for reports."),
                .optional("messages", .array(.object(message), atLeast: 0), "Conversation so far."),
                .optional("context", .any, "Facts given to the agent with the request."),
                .optional("variables", .map(.any), "Values for the variables of the prompt template."),
                .optional("graders", .array(graders, atLeast: 0), "What must hold, besides the graders of the suite."),
                .optional(
                    "recorded", .array(.object(recorded), atLeast: 0), "Recorded trials, in order; graded at the transcript boundary."),
                .optional("intent", .identifier, "The declared intent of the agent that it exercises."),
                .optional("slices", .map(.text), "Named groups that it belongs to, such as topic: refunds."),
                .optional("critical", .bool, "Must pass, whatever the pass rate; default false."),
                .optional("skip", .text, "Why it is not run at present."),
                .optional("provenance", .object(provenance), "Where it comes from."),
            ])
    }

    /// A scenario file in YAML.
    public static func fileShape(graders: Shape) -> ObjectShape {
        ObjectShape(
            "ScenarioFile", "Scenarios in YAML; large sets are better kept as JSON Lines, one scenario a line.",
            [
                DocumentFile.versionField,
                .required("scenarios", .array(.object(shape(graders: graders)), atLeast: 1), "The scenarios, in order."),
            ])
    }

    private static let message = ObjectShape(
        "Message", "Something said.",
        [
            .required("role", .oneOf(Message.Role.allCases.map(\.rawValue)), "Who says it."),
            .required("content", .freeText, "The text."),
        ])

    private static let recorded = ObjectShape(
        "Recording", "What an agent said and did in one trial.",
        [
            .optional("events", .array(.tagged(by: "type", events), atLeast: 0), "Messages, tool calls and results, in order."),
            .optional("output", .any, "The final answer."),
            .optional("explanation", .text, "Why the agent answered so."),
            .optional("usage", .object(usage), "What the trial used up."),
            .optional("latency-ms", .number(0...1e12), "Milliseconds from request to answer, as recorded."),
            .optional("outcome", .object(outcome), "What the recording says about its success."),
        ])

    private static let events = [
        ObjectShape(
            "message", "Something said.",
            [
                .required("role", .oneOf(Message.Role.allCases.map(\.rawValue)), "Who says it."),
                .required("content", .freeText, "The text."),
            ]),
        ObjectShape(
            "tool-call", "A tool that was called.",
            [
                .optional("id", .text, "Pairs the call with its result."),
                .required("name", .text, "Name of the tool."),
                .optional("arguments", .any, "Arguments; an empty object by default."),
            ]),
        ObjectShape(
            "tool-result", "What the tool answered; belongs to the latest unanswered call of its id.",
            [
                .optional("id", .text, "The id of the call."),
                .required("content", .any, "The answer."),
                .optional("error", .bool, "Whether the call failed; default false."),
            ]),
    ]

    private static let usage = ObjectShape(
        "Usage", "What a trial used up.",
        [
            .optional("input-tokens", .count, "Tokens read."),
            .optional("output-tokens", .count, "Tokens written."),
            .optional("cost", .number(0...1e9), "US dollars."),
        ])

    private static let outcome = ObjectShape(
        "Outcome", "What a recording says about its own success.",
        [
            .optional("reward", .number(-1e12...1e12), "On the source's own scale; success is usually 1."),
            .optional("label", .text, "Such as resolved or escalated."),
        ])

    private static let provenance = ObjectShape(
        "Provenance", "Where a scenario comes from.",
        [
            .required("origin", .oneOf(Scenario.Provenance.Origin.allCases.map(\.rawValue)), "How it came about."),
            .optional("recorded-at", .timestamp, "When the original happened."),
            .optional("source", .text, "File, ticket or trace that it was made from."),
        ])
}
