public import RungCore
import RungText

/// An agent that is offered as a tool of a server of the Model Context Protocol: one conversation and one call a trial.
public struct MCPTransport: AgentTransport {
    private let settings: MCPTransportSettings
    private let surroundings: TransportSurroundings
    private let client: ServiceClient

    public init(settings: MCPTransportSettings, surroundings: TransportSurroundings) {
        self.settings = settings
        self.surroundings = surroundings
        client = surroundings.client()
    }

    /// Calls the tool that is the agent.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        guard !Task.isCancelled else { throw .cancelled }
        var time = TrialTime(timeoutMs: request.timeoutMs)
        let arguments = try request.filled(settings.arguments)
        var server = try await MCPServer.open(settings.server, request, surroundings.tools(client), &time)
        let outcome: Result<MCPResult, TrialFault>
        do throws(TrialFault) {
            outcome = .success(try await server.call(settings.tool, arguments, &time))
        } catch {
            outcome = .failure(error)
        }
        let takenMs = time.takenMs
        await server.close()
        let result = try outcome.get()
        if result.isError {
            let text = AgentLogLine(agent: request.agent, trialID: request.trialID, source: .error, text: result.content.plainText)
            surroundings.log(text)
            throw .reported(code: nil)
        }
        var transcript = Transcript()
        transcript.latencyMs = takenMs
        if let place = settings.output {
            guard let output = result.structured.flatMap({ place.value(in: $0) }) else {
                throw TrialFault(.protocolViolation, "the structured content of the agent's answer has nothing at \(place.source)")
            }
            transcript.output = output
        } else {
            transcript.output = result.content
        }
        return transcript
    }

    /// Closes the connections.
    public func close() async { await client.stop() }
}
