public import RungCore

/// A kind of transport: what it is called and which agents it serves.
public struct TransportDescriptor: Sendable {
    /// The word in agent files, under `transport`.
    public var kind: String
    /// One sentence for the reference pages.
    public var summary: String
    /// Makes the transport for an agent that is declared with it; nil for any other agent.
    public var make: @Sendable (_ agent: Agent, _ workspace: String, _ stderr: @escaping AgentLogSink) -> (any AgentTransport)?
}

/// All transports, in alphabetical order. A new one is a file in Transports/ and an entry here.
public enum TransportCatalog {
    /// The registered transports.
    public static let all = [
        TransportDescriptor(
            kind: "command", summary: "Runs a program and exchanges JSON Lines with it over its standard input and output."
        ) { agent, workspace, stderr in
            guard case .command(let settings) = agent.transport else { return nil }
            return CommandTransport(agent: agent, settings: settings, workspace: workspace, log: stderr)
        },
        TransportDescriptor(
            kind: "transcript", summary: "Runs nothing; answers with what the scenario recorded."
        ) { agent, _, _ in
            guard case .transcript = agent.transport else { return nil }
            return TranscriptTransport()
        },
    ]

    /// The transport for an agent's trials. The `transcript` boundary never runs anything, whatever the agent declares.
    ///
    /// - Parameters:
    ///   - workspace: folder where relative paths of the agent's settings start.
    ///   - stderr: gets what the agent says outside its transcripts.
    public static func make(
        agent: Agent, boundary: Suite.Boundary, workspace: String, stderr: @escaping AgentLogSink
    ) -> any AgentTransport {
        if boundary == .transcript { return TranscriptTransport() }
        for descriptor in all {
            if let transport = descriptor.make(agent, workspace, stderr) { return transport }
        }
        preconditionFailure("every case of Agent.Transport has an entry in the catalog")
    }
}
