import RungCore
import RungHTTP
import RungText
import RungWire
import Synchronization

/// Streamable HTTP: each message is a POST, each answer JSON or a stream of events.
final class MCPHTTPChannel: MCPChannel {
    private let client: ServiceClient
    private let service: ServiceSettings
    private let headers: [HTTPHeader]
    private let jitter: Double
    /// What the server gave to be known by, and the version that is spoken.
    private let session = Mutex<(id: String?, version: String?)>((nil, nil))

    init(_ client: ServiceClient, _ service: ServiceSettings, headers: [HTTPHeader], jitter: Double) {
        self.client = client
        self.service = service
        self.headers = headers
        self.jitter = jitter
    }

    func ask(_ message: JSONValue, id: Int, _ time: inout TrialTime) async throws(TrialFault) -> Node {
        let answer = try await post(message, &time)
        if let id = answer.header("mcp-session-id") { session.withLock { $0.id = id } }
        for message in Self.messages(answer) where message["id"]?.int == id && message["method"] == nil { return message }
        throw TrialFault(.protocolViolation, "MCP server \(place): its answer to \(message["method"]?.stringValue ?? "") is missing")
    }

    func tell(_ message: JSONValue, _ time: inout TrialTime) async throws(TrialFault) { _ = try await post(message, &time) }

    func agree(on version: String) { session.withLock { $0.version = version } }

    /// Ends the session, if there is one; a server need not know how.
    func close() async {
        guard session.withLock({ $0.id }) != nil else { return }
        var time = TrialTime(timeoutMs: 2_000)
        let request = StreamClient.Request(method: "DELETE", url: service.url, headers: sent, body: [])
        _ = try? await client.ask(request, concurrency: nil, jitter: jitter, isPatient: false, &time)
    }

    private var place: String { RequestURL(service.url)?.authority ?? "" }

    private var sent: [HTTPHeader] {
        let (id, version) = session.withLock { $0 }
        var sent = headers
        if let id { sent.append(HTTPHeader("mcp-session-id", id)) }
        if let version { sent.append(HTTPHeader("mcp-protocol-version", version)) }
        return sent
    }

    private func post(_ message: JSONValue, _ time: inout TrialTime) async throws(TrialFault) -> ServiceClient.Answer {
        let request = StreamClient.Request(
            method: "POST", url: service.url,
            headers: [
                HTTPHeader("content-type", "application/json"), HTTPHeader("accept", "application/json, text/event-stream"),
            ] + sent, body: Array(JSONText.compact(message).utf8))
        let answer = try await client.ask(request, concurrency: service.concurrency, jitter: jitter, &time)
        if let fault = TrialFault.status(answer, of: service.url) { throw fault }
        return answer
    }

    /// The messages of an answer: the only one of a JSON body, those of all events of a stream.
    private static func messages(_ answer: ServiceClient.Answer) -> [Node] {
        let isStream = answer.header("content-type")?.lowercased().hasPrefix("text/event-stream") ?? false
        guard isStream else {
            guard let node = try? JSONReader.read(answer.body) else { return [] }
            return node.array ?? [node]
        }
        let blocks = (try? ServerSentEventParser.blocks(of: answer.body)) ?? []
        return blocks.compactMap { block in block.event.flatMap { try? JSONReader.read($0.data) } }
    }
}
