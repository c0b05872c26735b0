public import RungCore
import RungHTTP
import RungText

/// An agent that speaks the Agent2Agent protocol over JSON-RPC: one message a trial, and its task is asked for until it has ended.
/// https://a2a-protocol.org/latest/specification/
public struct A2ATransport: AgentTransport {
    private let settings: A2ATransportSettings
    private let surroundings: TransportSurroundings
    private let client: ServiceClient

    /// How long a task is left alone before it is asked for again: at first, and at most.
    static let pauses = (first: Duration.milliseconds(100), longest: Duration.seconds(5))

    public init(settings: A2ATransportSettings, surroundings: TransportSurroundings) {
        self.settings = settings
        self.surroundings = surroundings
        client = surroundings.client()
    }

    /// Sends the conversation so far and the input as one message.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        guard !Task.isCancelled else { throw .cancelled }
        var time = TrialTime(timeoutMs: request.timeoutMs)
        let headers = try headers(request)
        let talk = A2AMessage(settings.version)
        let suffix = surroundings.randomBytes(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let id = "\(request.trialID)-\(suffix)"
        var answer = try talk.read(try await ask(talk.send(request, id: id), headers, request, &time))
        var pause = Self.pauses.first
        while case .working(let task) = answer {
            let asleep = pause
            do {
                try await time.within { try await Task.sleep(for: asleep) }
            } catch {
                throw (error as? TrialFault) ?? .cancelled
            }
            pause = min(pause * 2, Self.pauses.longest)
            answer = try talk.read(try await ask(talk.get(task), headers, request, &time))
        }
        switch answer {
        case .answered(let output):
            var transcript = Transcript()
            transcript.output = output
            transcript.latencyMs = time.takenMs
            return transcript
        case .failed(let state, let words):
            surroundings.log(AgentLogLine(agent: request.agent, trialID: request.trialID, source: .error, text: words))
            throw .reported(code: state)
        case .working: throw .timedOut(after: request.timeoutMs)
        }
    }

    /// Closes the connections.
    public func close() async { await client.stop() }

    private func headers(_ request: TrialRequest) throws(TrialFault) -> [HTTPHeader] {
        var headers = [
            HTTPHeader("content-type", "application/json"), HTTPHeader("accept", "application/json"),
            HTTPHeader("a2a-version", settings.version.rawValue),
        ]
        for (name, value) in try ServiceSettings.headers(settings.service.headers, request, surroundings.variable) {
            headers.removeAll { $0.isNamed(name) }
            headers.append(HTTPHeader(name, value))
        }
        return headers
    }

    private func ask(
        _ message: JSONValue, _ headers: [HTTPHeader], _ request: TrialRequest, _ time: inout TrialTime
    ) async throws(TrialFault) -> JSONValue {
        let answer = try await client.ask(
            StreamClient.Request(
                method: "POST", url: settings.service.url, headers: headers, body: Array(JSONText.compact(message).utf8)),
            concurrency: settings.service.concurrency, jitter: request.jitter, &time)
        if let fault = TrialFault.status(answer, of: settings.service.url) { throw fault }
        guard let node = try? JSONReader.read(answer.body) else { throw TrialFault(.protocolViolation, "the agent's answer is not JSON") }
        return node.json
    }
}
