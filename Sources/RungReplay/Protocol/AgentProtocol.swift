public import RungText

/// The words of the agent protocol, version 1: JSON Lines that Rung and an agent exchange over the agent's pipes.
///
/// One declaration per line serves both the reader and the JSON Schemas. docs/agent-protocol.md explains the rules.
public enum AgentProtocol {
    /// The version that every `trial` and `hello` line names.
    public static let version = 1

    /// JSON Schema (draft 2020-12) of one line that Rung writes: `trial` or `cancel`.
    public static let requestSchema = schema(
        "agent-protocol-request", "AgentRequest", "One line that Rung writes to an agent's standard input.", requestShapes)

    /// JSON Schema (draft 2020-12) of one line that an agent writes.
    public static let eventSchema = schema(
        "agent-protocol-event", "AgentEvent", "One line that an agent writes to its standard output.", eventShapes)

    /// The lines that Rung writes; the name of each is its `type`.
    public static let requestShapes = [
        ObjectShape(
            "cancel", "The trial is over for Rung: its time is up or the run was cancelled.",
            [.required("trial", .text, "The id of the trial to end; its place is free once its result line is written.")]),
        ObjectShape(
            "tool-result", "What a recorded tool answers to a tool-call line; only where the trial says that tools are replayed.",
            [
                .required("trial", .text, "The trial that called."),
                .optional("id", .text, "The id of the call; left out where the call has none."),
                .required("content", .any, "The answer."),
                .optional("error", .bool, "Whether the tool failed; false by default."),
            ]),
        ObjectShape(
            "trial", "One attempt at a case.",
            [
                .required("protocol", .integer(version...version), "Version of this protocol."),
                .required("trial", .text, "Unique id of the trial; every line about it carries it."),
                .required("agent", .text, "Id of the registered agent."),
                .required("case", .text, "Id of the case."),
                .required("index", .count, "Number of the trial within its case, from 0."),
                .required(
                    "seed", .integer(0...largestSeed),
                    "For the agent's randomness; below 2^53, so that every language reads it exactly."),
                .required("timeoutMs", .integer(0...Int.max), "Milliseconds until the trial counts as timed out."),
                .required("input", .any, "The input of the scenario."),
                .required("messages", .array(.object(messageShape), atLeast: 0), "The conversation so far, oldest first."),
                .required(
                    "prompts", .array(.object(promptShape), atLeast: 0), "The prompt versions under test, the deciding one first."),
                .optional("variables", .any, "Values for the variables that the prompts declare."),
                .optional("context", .any, "What else the scenario gives the agent to know."),
                .optional(
                    "toolsReplayed", .bool,
                    "Whether every tool-call line is answered by a tool-result line from a recording; the agent then runs no tool itself."),
                .optional(
                    "environment", .map(.freeText),
                    "Variables for this trial, such as where its models answer; set already where the trial has a process of its own."),
            ]),
    ]

    /// The lines that an agent writes, in alphabetical order; the name of each is its `type`.
    public static let eventShapes = [
        ObjectShape(
            "explanation", "Why the agent answers as it does; several are joined, one a line.",
            [trial, .required("text", .freeText, "The explanation.")]),
        ObjectShape(
            "hello", "The first line of a persistent agent.",
            [
                .required("protocol", .integer(version...version), "Version of this protocol."),
                .required("concurrency", .integer(1...10_000), "Trials that the agent takes at once."),
            ]),
        ObjectShape(
            "log", "Talk for people; no part of the transcript.",
            [trial, .required("text", .freeText, "One or more lines.")]),
        ObjectShape(
            "message", "Something said.",
            [
                trial,
                .required("role", .oneOf(Self.roles), "Who said it."),
                .required("content", .freeText, "What was said."),
            ]),
        ObjectShape(
            "result", "The end of a trial; nothing follows it.",
            [
                trial,
                .optional("output", .any, "The final answer; null and left out both mean that there is none."),
                .optional("explanation", .freeText, "Joined to those of earlier lines."),
                .optional("usage", .object(usageShape), "Added to that of earlier lines."),
                .optional("error", .freeText, "The agent could not do the trial; goes to the log, into no report."),
                .optional("code", .identifier, "Short name of the error, for reports."),
            ]),
        ObjectShape(
            "tool-call", "A tool that the agent called.",
            [
                trial,
                .optional("id", .text, "Pairs the call with its result."),
                .required("name", .text, "Name of the tool."),
                .required("arguments", .any, "Usually an object."),
            ]),
        ObjectShape(
            "tool-result", "What a tool answered.",
            [
                trial,
                .optional("id", .text, "The id of the call; the latest unanswered call with it is meant."),
                .required("content", .any, "The answer."),
                .optional("error", .bool, "Whether the tool failed; false by default."),
            ]),
        ObjectShape("usage", "What was used up since the last usage line; adds up.", [trial] + usageShape.fields),
    ]

    /// What every line of an agent must look like.
    static let eventShape = Shape.tagged(by: "type", eventShapes)

    private static let roles = ["system", "user", "assistant", "tool"]
    private static let trial = ObjectShape.Field.required("trial", .text, "The id from the trial line.")

    private static let messageShape = ObjectShape(
        "Message", "Something said.",
        [.required("role", .oneOf(roles), "Who said it."), .required("content", .freeText, "What was said.")])

    private static let promptShape = ObjectShape(
        "Prompt", "A prompt version.",
        [
            .required("id", .text, "Name of the prompt."),
            .required("label", .text, "Label of the version, such as v2."),
            .required("version", .digest, "Digest of text and declared variables."),
            .required("text", .freeText, "The template as it stands, variables not filled in."),
            .required("variables", .texts, "Names of the declared variables."),
        ])

    private static let usageShape = ObjectShape(
        "Usage", "Tokens and money.",
        [
            .optional("inputTokens", .count, "Tokens read by models."),
            .optional("outputTokens", .count, "Tokens written by models."),
            .optional("cost", .number(0...1_000_000_000), "US dollars."),
        ])

    private static func schema(_ file: String, _ title: String, _ summary: String, _ cases: [ObjectShape]) -> JSONValue {
        Shape.tagged(by: "type", cases).jsonSchema(
            identifier: "https://rung.dev/schemas/\(file).schema.json", title: title, summary: summary)
    }
}
