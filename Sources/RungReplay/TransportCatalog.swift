public import RungCore

/// A kind of transport: what it is called and which agents it serves.
public struct TransportDescriptor: Sendable {
    /// The word in agent files, under `transport`.
    public var kind: String
    /// One sentence for the reference pages.
    public var summary: String
    /// Makes the transport for an agent that is declared with it; nil for any other agent.
    public var make: @Sendable (_ agent: Agent, _ surroundings: TransportSurroundings) -> (any AgentTransport)?
}

/// All transports, in alphabetical order. A new one is a file in Transports/ and an entry here.
public enum TransportCatalog {
    /// The registered transports.
    public static let all = [
        TransportDescriptor(kind: "a2a", summary: "Sends a message to an agent that speaks the Agent2Agent protocol.") {
            agent, surroundings in
            guard case .a2a(let settings) = agent.transport else { return nil }
            return A2ATransport(settings: settings, surroundings: surroundings)
        },
        model(.anthropicMessages, "Renders the prompt and calls a model over Anthropic's Messages API."),
        TransportDescriptor(
            kind: "command", summary: "Runs a program and exchanges JSON Lines with it over its standard input and output."
        ) { agent, surroundings in
            guard case .command(let settings) = agent.transport else { return nil }
            return CommandTransport(agent: agent, settings: settings, workspace: surroundings.workspace, log: surroundings.log)
        },
        TransportDescriptor(kind: "http", summary: "Asks an agent behind an address of its own, JSON for JSON.") { agent, surroundings in
            guard case .http(let settings) = agent.transport else { return nil }
            return HTTPTransport(settings: settings, surroundings: surroundings)
        },
        TransportDescriptor(
            kind: "mcp", summary: "Calls an agent that is offered as a tool of a server of the Model Context Protocol."
        ) { agent, surroundings in
            guard case .mcp(let settings) = agent.transport else { return nil }
            return MCPTransport(settings: settings, surroundings: surroundings)
        },
        model(.openAIChat, "Renders the prompt and calls a model over OpenAI's Chat Completions API."),
        model(.openAIResponses, "Renders the prompt and calls a model over OpenAI's Responses API."),
        TransportDescriptor(kind: "transcript", summary: "Runs nothing; answers with what the scenario recorded.") { agent, _ in
            guard case .transcript = agent.transport else { return nil }
            return TranscriptTransport()
        },
    ]

    private static func model(_ dialect: ModelTransportSettings.Dialect, _ summary: String) -> TransportDescriptor {
        TransportDescriptor(kind: dialect.rawValue, summary: summary) { agent, surroundings in
            guard case .model(let settings) = agent.transport, settings.dialect == dialect else { return nil }
            return ModelTransport(agent: agent, settings: settings, surroundings: surroundings)
        }
    }

    /// The transport for an agent's trials. The `transcript` boundary never runs anything, whatever the agent declares.
    public static func make(agent: Agent, boundary: Suite.Boundary, surroundings: TransportSurroundings) -> any AgentTransport {
        if boundary == .transcript { return TranscriptTransport() }
        for descriptor in all {
            if let transport = descriptor.make(agent, surroundings) { return transport }
        }
        preconditionFailure("every case of Agent.Transport has an entry in the catalog")
    }
}
