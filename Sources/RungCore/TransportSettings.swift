public import RungText

extension Agent.Transport {
    /// Whether variables of a trial, such as where its models answer, reach the agent.
    public var takesVariables: Bool {
        func isAddress(_ variable: String) -> Bool {
            ["_API_BASE", "_BASE_URL", "_ENDPOINT"].contains { variable.hasSuffix($0) }
                || ["RUNG_MCP_URL", "RUNG_REPLAY_URL", "RUNG_TOOLS_URL"].contains(variable)
        }
        func names(_ template: JSONTemplate?) -> Bool {
            template?.places.contains { $0.steps.first == "environment" && ($0.steps.count == 1 || isAddress($0.steps[1])) } ?? false
        }
        func names(_ service: ServiceSettings) -> Bool {
            service.headers.values.contains { VariableText.names(in: $0).contains(where: isAddress) }
        }
        switch self {
        case .command, .model, .transcript: return true
        case .a2a(let settings): return names(settings.service)
        case .http(let settings): return names(settings.body) || names(settings.service)
        case .mcp(let settings):
            guard case .service(let service) = settings.server.place else { return true }
            return names(settings.arguments) || names(service)
        }
    }
}

/// A program that speaks JSON Lines on its standard input and output.
public struct CommandTransportSettings: Sendable, Equatable {
    /// Program and arguments; a relative program path is looked up from the workspace folder.
    public var command: [String]
    public var mode: Mode
    /// Folder to start in, relative to the workspace; the workspace itself by default.
    public var directory: String?
    /// Set in addition to the inherited PATH, HOME, LANG and TMPDIR.
    public var environment: [String: String]

    public enum Mode: String, Sendable, CaseIterable {
        /// One process per trial.
        case perTrial = "per-trial"
        /// One process for the whole run, which says how many trials it takes at once.
        case persistent
    }

    public init(command: [String], mode: Mode = .perTrial, directory: String? = nil, environment: [String: String] = [:]) {
        self.command = command
        self.mode = mode
        self.directory = directory
        self.environment = environment
    }
}

/// A service that is asked over HTTP: where it is, what is sent along, how much at once.
public struct ServiceSettings: Sendable, Equatable {
    /// Absolute, `http` or `https`.
    public var url: String
    /// Sent with each request; `${NAME}` in a value is the variable of that name, which is how keys come in.
    public var headers: [String: String]
    /// Requests that are under way at once, for all agents that ask the same server together.
    public var concurrency: Int

    /// What a server is asked at once where nobody says otherwise.
    public static let usualConcurrency = 8

    public init(url: String, headers: [String: String] = [:], concurrency: Int = usualConcurrency) {
        self.url = url
        self.headers = headers
        self.concurrency = concurrency
    }
}

/// An agent behind an address of its own, asked with any JSON and answering with any JSON.
public struct HTTPTransportSettings: Sendable, Equatable {
    public var service: ServiceSettings
    /// Upper case.
    public var method: String
    /// What is sent, with parts of the trial; nil for a request without a body.
    public var body: JSONTemplate?
    public var answer: AnswerPlaces

    public init(service: ServiceSettings, method: String = "POST", body: JSONTemplate?, answer: AnswerPlaces = AnswerPlaces()) {
        self.service = service
        self.method = method
        self.body = body
        self.answer = answer
    }

    /// Where in an answer what is.
    public struct AnswerPlaces: Sendable, Equatable {
        /// Nil for the whole answer, which then need not be JSON.
        public var output: ValuePath?
        public var explanation: ValuePath?
        public var inputTokens: ValuePath?
        public var outputTokens: ValuePath?
        /// US dollars.
        public var cost: ValuePath?
        public var toolCalls: ToolCallPlaces?

        public init(output: ValuePath? = nil) { self.output = output }
    }

    /// Where the calls of tools are: a list, and places in each of its items.
    public struct ToolCallPlaces: Sendable, Equatable {
        public var list: ValuePath
        public var name: ValuePath
        public var arguments: ValuePath
        public var result: ValuePath?

        public init(
            list: ValuePath, name: ValuePath = ValuePath(key: "name"), arguments: ValuePath = ValuePath(key: "arguments"),
            result: ValuePath? = nil
        ) {
            self.list = list
            self.name = name
            self.arguments = arguments
            self.result = result
        }
    }
}

/// A server of the Model Context Protocol: reached at an address, or started as a program.
public struct MCPServerSettings: Sendable, Equatable {
    public var place: Place
    /// Only these of its tools; nil for all.
    public var tools: [String]?

    /// Where the server is.
    public enum Place: Sendable, Equatable {
        /// Streamable HTTP.
        case service(ServiceSettings)
        /// Standard input and output, a process for each trial.
        case program(CommandTransportSettings)
    }

    public init(_ place: Place, tools: [String]? = nil) {
        self.place = place
        self.tools = tools
    }
}

/// An agent that is offered as a tool of a server of the Model Context Protocol.
public struct MCPTransportSettings: Sendable, Equatable {
    public var server: MCPServerSettings
    /// The tool that is the agent.
    public var tool: String
    /// What it is called with, with parts of the trial.
    public var arguments: JSONTemplate
    /// Place in the structured content of its answer; nil for the text.
    public var output: ValuePath?

    public init(server: MCPServerSettings, tool: String, arguments: JSONTemplate, output: ValuePath? = nil) {
        self.server = server
        self.tool = tool
        self.arguments = arguments
        self.output = output
    }
}

/// An agent that speaks the Agent2Agent protocol.
public struct A2ATransportSettings: Sendable, Equatable {
    public var service: ServiceSettings
    public var version: Version

    /// Versions whose messages differ.
    public enum Version: String, Sendable, CaseIterable {
        case v0_3 = "0.3"
        case v1_0 = "1.0"
    }

    public init(service: ServiceSettings, version: Version = .v1_0) {
        self.service = service
        self.version = version
    }
}

/// A prompt and a model without a program around them: the harness renders the prompt and calls the model itself.
///
/// Model and parameters are the agent's `configuration`, so that its digest covers them.
public struct ModelTransportSettings: Sendable, Equatable {
    public var dialect: Dialect
    /// The address, as the SDK of the provider takes it; nil for the provider's own.
    public var url: String?
    /// The variable that holds the key; nil for the usual one of the provider.
    public var key: String?
    /// Sent with each request, beside the key; `${NAME}` in a value is the variable of that name.
    public var headers: [String: String]
    public var concurrency: Int
    /// Answers of the model in one trial at most.
    public var rounds: Int
    public var tools: [ToolProgram]
    public var servers: [MCPServerSettings]

    /// The protocol that the model is asked in.
    public enum Dialect: String, Sendable, CaseIterable {
        case anthropicMessages = "anthropic-messages"
        case openAIChat = "openai-chat"
        case openAIResponses = "openai-responses"
    }

    /// A tool that is a program: its arguments are JSON on standard input, its answer is what it writes.
    public struct ToolProgram: Sendable, Equatable {
        public var name: String
        public var description: String?
        /// JSON Schema of the arguments.
        public var parameters: JSONValue
        /// Nil for a tool that only recordings answer.
        public var program: CommandTransportSettings?

        public init(name: String, description: String? = nil, parameters: JSONValue, program: CommandTransportSettings? = nil) {
            self.name = name
            self.description = description
            self.parameters = parameters
            self.program = program
        }
    }

    public init(dialect: Dialect) {
        self.dialect = dialect
        headers = [:]
        concurrency = ServiceSettings.usualConcurrency
        rounds = 10
        tools = []
        servers = []
    }
}
