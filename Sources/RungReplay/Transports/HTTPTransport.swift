public import RungCore
import RungHTTP
import RungText
import RungWire

/// An agent behind an address of its own: one request a trial, built from a template, read by paths.
public struct HTTPTransport: AgentTransport {
    private let settings: HTTPTransportSettings
    private let surroundings: TransportSurroundings
    private let client: ServiceClient

    public init(settings: HTTPTransportSettings, surroundings: TransportSurroundings) {
        self.settings = settings
        self.surroundings = surroundings
        client = surroundings.client()
    }

    /// Asks the agent once.
    public func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        guard !Task.isCancelled else { throw .cancelled }
        var time = TrialTime(timeoutMs: request.timeoutMs)
        var headers = [HTTPHeader("accept", "application/json")]
        var body: [UInt8] = []
        if let template = settings.body {
            headers.append(HTTPHeader("content-type", "application/json"))
            body = Array(JSONText.compact(try request.filled(template)).utf8)
        }
        for (name, value) in try ServiceSettings.headers(settings.service.headers, request, surroundings.variable) {
            headers.removeAll { $0.isNamed(name) }
            headers.append(HTTPHeader(name, value))
        }
        let answer = try await client.ask(
            StreamClient.Request(method: settings.method, url: settings.service.url, headers: headers, body: body),
            concurrency: settings.service.concurrency, jitter: request.jitter, &time)
        if let fault = TrialFault.status(answer, of: settings.service.url) { throw fault }
        var transcript = try AnswerPlacesReading(settings.answer).transcript(of: answer.body)
        transcript.latencyMs = time.takenMs
        return transcript
    }

    /// Closes the connections.
    public func close() async { await client.stop() }
}

/// Finds what an answer holds, at the places that the agent file names.
struct AnswerPlacesReading {
    private let places: HTTPTransportSettings.AnswerPlaces

    init(_ places: HTTPTransportSettings.AnswerPlaces) { self.places = places }

    /// The transcript; a place of the output that is not there is a fault, any other only says nothing.
    func transcript(of body: [UInt8]) throws(TrialFault) -> Transcript {
        var transcript = Transcript()
        guard let answer = (try? JSONReader.read(body))?.json else {
            guard places == HTTPTransportSettings.AnswerPlaces() else {
                throw TrialFault(.protocolViolation, "the agent's answer is not JSON")
            }
            transcript.output = .string(String(decoding: body, as: UTF8.self))
            return transcript
        }
        if let place = places.output {
            guard let output = place.value(in: answer) else {
                throw TrialFault(.protocolViolation, "the agent's answer has nothing at \(place.source)")
            }
            transcript.output = output
        } else {
            transcript.output = answer
        }
        func number(_ place: ValuePath?) -> JSONValue? { place.flatMap { $0.value(in: answer) } }
        transcript.explanation = number(places.explanation).flatMap { $0.isNull ? nil : $0.plainText }
        transcript.usage = Usage(
            inputTokens: ModelTokens.plausible(number(places.inputTokens)?.intValue),
            outputTokens: ModelTokens.plausible(number(places.outputTokens)?.intValue),
            cost: number(places.cost)?.doubleValue.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil })
        if let calls = places.toolCalls { transcript.events = try Self.calls(calls, in: answer) }
        return transcript
    }

    private static func calls(
        _ places: HTTPTransportSettings.ToolCallPlaces, in answer: JSONValue
    ) throws(TrialFault) -> [TranscriptEvent] {
        guard let list = places.list.value(in: answer), !list.isNull else { return [] }
        guard let items = list.arrayValue else {
            throw TrialFault(.protocolViolation, "what stands at \(places.list.source) is no list of calls")
        }
        var events: [TranscriptEvent] = []
        for (index, item) in items.enumerated() {
            guard let name = places.name.value(in: item)?.stringValue else {
                throw TrialFault(.protocolViolation, "call \(index + 1) at \(places.list.source) has no name at \(places.name.source)")
            }
            var arguments = places.arguments.value(in: item) ?? .object([])
            if let text = arguments.stringValue, let read = try? JSONReader.read(text) { arguments = read.json }
            events.append(.toolCall(ToolCall(id: nil, name: name, arguments: arguments)))
            if let result = places.result?.value(in: item) {
                events.append(.toolResult(ToolResult(id: nil, call: index, content: result, isError: false)))
            }
        }
        return events
    }
}
