import RungCore
public import RungCrypto
import RungHTTP
public import RungRedaction
public import RungText
import Synchronization

/// Collects what crosses the wire while an agent runs, and makes a cassette of it.
///
/// Every exchange is redacted as soon as it is complete; nothing is written anywhere before `cassette` is asked for. A final class
/// because connections share it; all that changes lies behind one lock.
public final class Recorder: Sendable {
    /// What a recording is made under.
    public struct Settings: Sendable {
        public var scenario: String
        /// Program and version, such as `rung 0.1.0`.
        public var recorder: String
        public var promptVersion: Digest?
        public var normalizers: [Normalizer]
        /// Address by name, see `ReplayEnvironment.upstreams`.
        public var upstreams: [String: String]
        public var redactor: Redactor
        /// Keys that the agent has: they are taken out wherever they stand.
        public var keys: [String]
        /// The clock.
        public var now: @Sendable () -> Timestamp

        public init(
            scenario: String, recorder: String, promptVersion: Digest? = nil, normalizers: [Normalizer] = Normalizer.standard,
            upstreams: [String: String], redactor: Redactor = .standard, keys: [String] = [], now: @escaping @Sendable () -> Timestamp
        ) {
            self.scenario = scenario
            self.recorder = recorder
            self.promptVersion = promptVersion
            self.normalizers = normalizers
            self.upstreams = upstreams
            self.redactor = redactor
            self.keys = keys
            self.now = now
        }
    }

    private struct State {
        /// In the order in which requests were begun; nil for those that are under way or were given up.
        var exchanges: [Exchange?] = []
        var providers: Set<String> = []
        var models: Set<String> = []
        var counts: [String: Int] = [:]
        /// Exchanges that have begun and not ended.
        var underWay = 0
    }

    public let settings: Settings
    let client: StreamClient
    private let state = Mutex(State())

    /// - Parameter proxy: host and port of a proxy on the way to the upstreams; nil for none.
    public init(_ settings: Settings, proxy: (host: String, port: Int)? = nil) {
        self.settings = settings
        client = StreamClient(proxy: proxy)
    }

    /// Closes the connections to upstreams; the recording stays.
    public func stop() async { await client.stop() }

    /// How many exchanges are complete.
    public var count: Int { state.withLock { $0.exchanges.count { $0 != nil } } }

    /// The recording as it stands.
    public var cassette: Cassette {
        let state = state.withLock { $0 }
        let cassette = Cassette(
            provenance: .init(
                scenario: settings.scenario, providers: state.providers.sorted(), models: state.models.sorted(),
                promptVersion: settings.promptVersion, recordedAt: settings.now(), recorder: settings.recorder),
            normalizers: settings.normalizers, redactions: state.counts, exchanges: state.exchanges.compactMap { $0 })
        return MCPRecording.extracted(cassette)
    }

    /// How many exchanges have begun and not ended.
    var underWay: Int { state.withLock { $0.underWay } }

    /// Waits until every exchange has ended, or the time is up.
    func settle(within limit: Duration) async {
        let end = ContinuousClock.now + limit
        while underWay > 0, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(5)) }
    }

    /// Counts an exchange for as long as it is under way.
    func count(_ change: Int) { state.withLock { $0.underWay += change } }

    // MARK: - Exchanges

    /// Takes a place for an exchange that begins now.
    func begin() -> Int {
        state.withLock { state in
            state.exchanges.append(nil)
            return state.exchanges.count - 1
        }
    }

    /// Redacts an exchange and puts it into its place.
    ///
    /// - Throws: `BodyRedaction.Refusal` when it cannot be recorded.
    func finish(_ place: Int, _ draft: Draft) throws {
        let secrets = SecretTexts(
            settings.redactor, words: settings.keys + RecordedHeaders.secretWords(draft.request.headers, query: draft.query))
        var redaction = BodyRedaction(secrets)
        let request = Exchange.Request(
            method: draft.request.method, url: redaction.url(RequestURL(draft.recordedURL)?.text ?? draft.recordedURL),
            headers: RecordedHeaders.ofRequest(draft.request.headers).map { redaction.header($0) },
            body: try redaction.request(draft.request.body))
        let contentType = draft.headers.first { $0.isNamed("content-type") }?.value
        let response = Exchange.Response(
            status: draft.status, headers: RecordedHeaders.ofResponse(draft.headers).map { redaction.header($0) },
            body: try redaction.response(draft.pieces, contentType: contentType))
        let exchange = Exchange(request: request, response: response, recordedAt: draft.startedAt)
        let model = Self.model(of: request)
        let (counts, provider) = (redaction.counts, draft.provider)
        state.withLock { state in
            state.exchanges[place] = exchange
            state.providers.insert(provider)
            if let model { state.models.insert(model) }
            state.counts.merge(counts, uniquingKeysWith: +)
        }
    }

    /// An exchange before redaction; it is never stored.
    struct Draft {
        var request: StreamRequest
        /// Where it went; with keys, if its query has any.
        var url: String
        /// Where a replayed agent will ask: at the upstream's host, with the agent's own path.
        var recordedURL: String
        var query: String?
        var provider: String
        var startedAt: Timestamp
        var status: Int
        var headers: [HTTPHeader]
        var pieces: [Exchange.Piece]
    }

    /// The model as the body or the path names it.
    private static func model(of request: Exchange.Request) -> String? {
        if let model = (try? JSONReader.read(request.body))?["model"]?.string { return model }
        guard let path = RequestURL(request.url)?.path else { return nil }
        for mark in ["/models/", "/deployments/", "/model/"] {
            guard let place = path.firstRange(of: mark) else { continue }
            let name = path[place.upperBound...].prefix { $0 != "/" && $0 != ":" }
            if !name.isEmpty { return String(name) }
        }
        return nil
    }
}

extension BodyRedaction {
    /// A text without secrets.
    mutating func text(_ text: String) -> String { secrets.redacted(text, &counts) ?? text }

    /// An address without secrets.
    mutating func url(_ url: String) -> String { AddressRedaction.url(url) { text($0) } }

    /// A header whose value has no secrets.
    mutating func header(_ header: Exchange.Header) -> Exchange.Header { Exchange.Header(header.name, text(header.value)) }
}
