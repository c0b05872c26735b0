import RungCore
import RungHTTP
import RungText

/// The tools of one trial in which the harness calls the model itself: programs, servers, or a recording of them.
struct ToolBox: Sendable {
    /// What the model is offered: programs first, then each server's, in their order.
    private(set) var definitions: [ToolDefinition] = []
    private var places: [String: Place] = [:]
    private var clients: [MCPClient] = []
    private let surroundings: Surroundings

    private enum Place: Sendable {
        case program(CommandTransportSettings)
        case server(Int)
        /// Defined, and only ever answered by recordings.
        case nowhere
        case recording(@Sendable (ToolCall) -> ToolAnswer)
    }

    /// What a tool needs to be reached.
    struct Surroundings: Sendable {
        var workspace: String
        var inherited: [String: String]
        var variable: @Sendable (String) -> String?
        var client: ServiceClient
        var limits: AgentLimits
        var log: AgentLogSink
    }

    private init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Finds out what is on offer; starts the servers that are programs.
    ///
    /// - Parameter allowed: only these names; empty for all.
    static func open(
        _ settings: ModelTransportSettings, allowed: [String], _ request: TrialRequest, _ surroundings: Surroundings,
        _ time: inout TrialTime
    ) async throws(TrialFault) -> ToolBox {
        var box = ToolBox(surroundings)
        func isAllowed(_ name: String) -> Bool { allowed.isEmpty || allowed.contains(name) }
        for tool in settings.tools where isAllowed(tool.name) {
            box.offer(
                ToolDefinition(name: tool.name, description: tool.description, inputSchema: tool.parameters),
                request.replayedTools.map { .recording($0.answer) } ?? tool.program.map { .program($0) } ?? .nowhere)
        }
        if let replayed = request.replayedTools {
            // Without servers nothing else is on offer, whatever was recorded.
            for tool in replayed.definitions where !settings.servers.isEmpty && isAllowed(tool.name) {
                box.offer(tool, .recording(replayed.answer))
            }
            return box
        }
        do throws(TrialFault) {
            for server in settings.servers {
                var client = try await MCPServer.open(server, request, surroundings, &time)
                let index = box.clients.count
                box.clients.append(client)
                for tool in try await client.tools(&time)
                where isAllowed(tool.name) && server.tools?.contains(tool.name) ?? true {
                    box.offer(tool, .server(index))
                }
                box.clients[index] = client
            }
        } catch {
            await box.close()
            throw error
        }
        if !settings.servers.isEmpty { request.noteTools?(box.definitions) }
        return box
    }

    /// The first of two tools with one name counts.
    private mutating func offer(_ tool: ToolDefinition, _ place: Place) {
        guard places[tool.name] == nil else { return }
        definitions.append(tool)
        places[tool.name] = place
    }

    /// Performs a call. That a tool fails, or does not exist, is an answer: what the model makes of it is part of the trial.
    mutating func answer(_ call: ToolCall, _ request: TrialRequest, _ time: inout TrialTime) async throws(TrialFault) -> ToolAnswer {
        switch places[call.name] {
        case .recording(let answer)?: return MCPResult.unpacked(answer(call))
        case .program(let settings)?:
            let launch = AgentLaunch(
                settings, workspace: surroundings.workspace, inherited: surroundings.inherited, trialID: request.trialID,
                own: request.toolEnvironment)
            let log = surroundings.log
            return try await ToolProgramCall.answer(launch, arguments: call.arguments, limits: surroundings.limits, time) { text in
                log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .standardError, text: text))
            }
        case .server(let index)?:
            let result = try await clients[index].call(call.name, call.arguments, &time)
            return ToolAnswer(result.content, isError: result.isError)
        case .nowhere?:
            throw TrialFault(.unavailable, "tool \(PlainName.shown(call.name)) has no program; replay it with boundary: tools or both")
        case nil: return ToolAnswer(.string("there is no tool with this name"), isError: true)
        }
    }

    func close() async { for client in clients { await client.close() } }
}

/// Reaches servers of the Model Context Protocol.
enum MCPServer {
    /// Connects to a server, or starts it for this trial.
    static func open(
        _ settings: MCPServerSettings, _ request: TrialRequest, _ surroundings: ToolBox.Surroundings, _ time: inout TrialTime
    ) async throws(TrialFault) -> MCPClient {
        switch settings.place {
        case .service(let service):
            let headers = try ServiceSettings.headers(service.headers, request, surroundings.variable).map { HTTPHeader($0.name, $0.value) }
            let channel = MCPHTTPChannel(surroundings.client, service, headers: headers, jitter: request.jitter)
            return try await MCPClient.open(channel, name: RequestURL(service.url)?.authority ?? "", &time)
        case .program(let program):
            let launch = AgentLaunch(
                program, workspace: surroundings.workspace, inherited: surroundings.inherited, trialID: request.trialID,
                own: request.toolEnvironment)
            let log = surroundings.log
            let channel = MCPPipeChannel(launch, limits: surroundings.limits) { text in
                log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .standardError, text: text))
            }
            return try await MCPClient.open(channel, name: program.command.first ?? "", &time)
        }
    }
}
