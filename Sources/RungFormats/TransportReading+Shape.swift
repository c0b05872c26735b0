internal import RungCore
internal import RungText

extension TransportReading {
    /// What may stand under `transport`, by its `kind`.
    static let shapes = [
        ObjectShape(
            "a2a", "An agent that speaks the Agent2Agent protocol (JSON-RPC).",
            service("Address of its JSON-RPC interface, as its agent card names it.") + [
                .optional(
                    "version", .oneOf(A2ATransportSettings.Version.allCases.map(\.rawValue)),
                    "Version of the protocol that it speaks; default 1.0.")
            ]),
        model(.anthropicMessages, "Anthropic's Messages API", "https://api.anthropic.com", key: "ANTHROPIC_API_KEY"),
        ObjectShape(
            "command", "A program that speaks JSON Lines on its standard input and output.", [commandField] + program + [modeField]),
        ObjectShape(
            "http", "An agent behind an address of its own that answers JSON with JSON.",
            service("Where it is asked.") + [
                .optional("method", .oneOf(["GET", "PATCH", "POST", "PUT"]), "Default POST."),
                .optional(
                    "body", .any,
                    "What is sent as JSON; {{ input }}, {{ prompt }}, {{ messages }} or {{ variables.NAME }} stand for parts of the trial."),
                .optional(
                    "answer", .either([.text, .object(answer)]), "Where in its answer the output is, or a map of places; default all of it."
                ),
            ]),
        ObjectShape(
            "mcp", "An agent that is offered as a tool of a server of the Model Context Protocol.",
            server + [
                .required("tool", .text, "The tool that is the agent."),
                .required("arguments", .map(.any), "What it is called with; {{ input }} and the like stand for parts of the trial."),
                .optional("answer", .text, "Place of the output in the structured content of its answer; default its text."),
            ]),
        model(.openAIChat, "OpenAI's Chat Completions API, which many providers speak", "https://api.openai.com/v1", key: "OPENAI_API_KEY"),
        model(.openAIResponses, "OpenAI's Responses API", "https://api.openai.com/v1", key: "OPENAI_API_KEY"),
        ObjectShape("transcript", "Nothing is run: suites grade what was recorded.", []),
    ]

    private static let commandField = ObjectShape.Field.required("command", .array(.text, atLeast: 1), "Program and arguments.")

    private static let modeField = ObjectShape.Field.optional(
        "mode", .oneOf(CommandTransportSettings.Mode.allCases.map(\.rawValue)), "One process per trial (default), or one for the run.")

    private static let program: [ObjectShape.Field] = [
        .optional("directory", .text, "Folder to start in, relative to the workspace; default the workspace."),
        .optional(
            "environment", .map(.freeText), "Variables set for the program; it inherits only PATH, HOME, LANG, LC_ALL, TMPDIR and TZ."),
    ]

    private static let around: [ObjectShape.Field] = [
        .optional("headers", .map(.freeText), "Sent with each request; ${NAME} in a value is the variable of that name."),
        .optional(
            "concurrency", .integer(1...10_000),
            "Requests under way at once, over all agents that ask the same server; default \(ServiceSettings.usualConcurrency)."),
    ]

    private static func service(_ url: String) -> [ObjectShape.Field] { [.required("url", .text, url)] + around }

    private static let server: [ObjectShape.Field] =
        [
            .optional("url", .text, "Address of the server (streamable HTTP); or give command."),
            .optional("command", .array(.text, atLeast: 1), "Program and arguments of a server on standard input and output."),
        ] + around + program

    private static let answer = ObjectShape(
        "Answer", "Places in an answer: JSON pointers such as /data/text, or dots as in data.text.",
        [
            .optional("output", .text, "The final answer; default all of it."),
            .optional("explanation", .text, "Why it answers so."),
            .optional("input-tokens", .text, "Tokens that it read."),
            .optional("output-tokens", .text, "Tokens that it wrote."),
            .optional("cost", .text, "What it cost, in US dollars."),
            .optional("tool-calls", .object(toolCalls), "The tools that it called."),
        ])

    private static let toolCalls = ObjectShape(
        "AnswerToolCalls", "Where calls of tools are.",
        [
            .required("list", .text, "Place of the list of calls."),
            .optional("name", .text, "Place of the name in a call; default name."),
            .optional("arguments", .text, "Place of the arguments in a call, JSON or text with JSON; default arguments."),
            .optional("result", .text, "Place of what the tool answered; default none."),
        ])

    private static func model(
        _ dialect: ModelTransportSettings.Dialect, _ name: String, _ url: String, key: String
    ) -> ObjectShape {
        ObjectShape(
            dialect.rawValue, "A prompt and a model: Rung renders the prompt and calls the model over \(name).",
            [
                .optional("url", .text, "Address as the provider's SDK takes it; default \(url)."),
                .optional("key", .text, "The variable that holds the key; default \(key)."),
            ] + around + [
                .optional("rounds", .integer(1...1_000), "Answers of the model in one trial at most; default 10."),
                .optional("tools", .array(.object(tool), atLeast: 0), "Tools that are programs."),
                .optional(
                    "servers", .array(.object(toolServer), atLeast: 0), "Servers of the Model Context Protocol whose tools it may call."),
            ])
    }

    private static let tool = ObjectShape(
        "ToolProgram", "A tool of the model: JSON arguments on standard input, the answer on standard output.",
        [
            .required("name", .text, "What the model calls it."),
            .optional("description", .text, "What the model is told about it."),
            .required("parameters", .map(.any), "JSON Schema of the arguments."),
            .optional("command", .array(.text, atLeast: 1), "Program and arguments; left out for a tool that only recordings answer."),
        ] + program)

    private static let toolServer = ObjectShape(
        "ToolServer", "A server of the Model Context Protocol.",
        server + [.optional("tools", .array(.text, atLeast: 1), "Only these of its tools; default all.")])
}
