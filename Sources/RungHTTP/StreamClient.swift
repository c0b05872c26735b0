import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks servers elsewhere and hands answers on piece by piece as they arrive.
///
/// Nothing is asked twice, no redirect is followed, every wait has a deadline; bodies are unpacked. A final class because it owns
/// connections; `stop` must be called before it is let go.
public final class StreamClient: Sendable {
    private let client: HTTPClient
    /// For what is on this machine, where a proxy is in the way of everything else.
    private let direct: HTTPClient?
    private let limits: Limits

    /// How long a server is waited for.
    public struct Limits: Sendable, Equatable {
        /// Seconds until a connection stands.
        public var connectSeconds: Int
        /// Seconds without a byte of the answer.
        public var idleSeconds: Int
        /// Seconds from the request to the end of the answer.
        public var totalSeconds: Int
        /// Bytes of an answer, unpacked.
        public var bodyLimit: Int

        public init(connectSeconds: Int = 10, idleSeconds: Int = 120, totalSeconds: Int = 900, bodyLimit: Int = 64 << 20) {
            self.connectSeconds = connectSeconds
            self.idleSeconds = idleSeconds
            self.totalSeconds = totalSeconds
            self.bodyLimit = bodyLimit
        }
    }

    /// A request to a server elsewhere.
    public struct Request: Sendable {
        /// Upper case.
        public var method: String
        /// Absolute.
        public var url: String
        /// Without those about length, connection and encodings, which the client sets.
        public var headers: [HTTPHeader]
        public var body: [UInt8]

        public init(method: String, url: String, headers: [HTTPHeader], body: [UInt8]) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }
    }

    /// - Parameter proxy: host and port of a proxy that requests go through, but for those to this machine; nil for none.
    public init(_ limits: Limits = Limits(), proxy: (host: String, port: Int)? = nil) {
        self.limits = limits
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(limits.connectSeconds)), read: .seconds(Int64(limits.idleSeconds))),
            connectionPool: .init(idleTimeout: .seconds(30)),
            proxy: proxy.map { .server(host: $0.host, port: $0.port) },
            decompression: .enabled(limit: .size(limits.bodyLimit)))
        // HTTP/2 frames would hide where the chunks of an answer end.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        // Whoever asks says how much at once; a queue in here would count as the server's time.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 10_000
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        configuration.proxy = nil
        direct = proxy == nil ? nil : HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Whether an address is on this machine.
    static func isLocal(_ url: String) -> Bool {
        let place = place(url)
        guard let mark = place.firstRange(of: "://") else { return false }
        let authority = place[mark.upperBound...].lowercased()
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        return host == "localhost" || host == "::1" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
    }

    /// Asks once. `head` is called first, then `piece` for each chunk with the milliseconds since the one before it.
    ///
    /// - Throws: `StreamClientError` for trouble with the server; what `head` and `piece` throw; `CancellationError`.
    public func send(
        _ request: Request, head: (_ status: Int, _ headers: [HTTPHeader]) async throws -> Void,
        piece: (_ bytes: [UInt8], _ afterMs: Double) async throws -> Void
    ) async throws {
        var asked = HTTPClientRequest(url: request.url)
        asked.method = HTTPMethod(rawValue: request.method)
        asked.headers = HTTPHeaders(request.headers.filter { Self.isForwarded($0) }.map { ($0.name, $0.value) })
        // Packed answers would hide their chunks.
        asked.headers.replaceOrAdd(name: "accept-encoding", value: "identity")
        if !request.body.isEmpty { asked.body = .bytes(ByteBuffer(bytes: request.body)) }
        var last = ContinuousClock.now
        let response = try await explained(request) {
            try await (Self.isLocal(request.url) ? self.direct ?? self.client : self.client).execute(
                asked, deadline: .now() + .seconds(Int64(self.limits.totalSeconds)))
        }
        let headers = response.headers.map { HTTPHeader($0.name, $0.value) }
        try await head(Int(response.status.code), headers.filter { Self.isForwarded($0) && !$0.isNamed("content-encoding") })
        var chunks = response.body.makeAsyncIterator()
        var total = 0
        while let chunk = try await explained(request, { try await chunks.next() }) {
            let now = ContinuousClock.now
            guard chunk.readableBytes > 0 else { continue }
            total += chunk.readableBytes
            guard total <= limits.bodyLimit else {
                throw StreamClientError("the answer of \(Self.place(request.url)) has more than \(limits.bodyLimit) bytes")
            }
            let waited = last.duration(to: now).components
            try await piece(Array(chunk.readableBytesView), Double(waited.seconds) * 1_000 + Double(waited.attoseconds) / 1e15)
            last = now
        }
    }

    /// Closes all connections.
    public func stop() async {
        try? await client.shutdown()
        try? await direct?.shutdown()
    }

    // MARK: - Parts

    /// Not those that belong to one connection (RFC 9110, section 7.6.1), nor those that the client sets itself.
    private static func isForwarded(_ header: HTTPHeader) -> Bool {
        let own = [
            "accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization",
            "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        ]
        return !own.contains { header.isNamed($0) }
    }

    private func explained<Value>(_ request: Request, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch let error as HTTPClientError where error == .cancelled {
            throw CancellationError()
        } catch {
            throw StreamClientError("\(Self.place(request.url)) \(Self.reason(error, limits))")
        }
    }

    private static func reason(_ error: any Error, _ limits: Limits) -> String {
        switch error as? HTTPClientError {
        case .connectTimeout?: return "cannot be reached within \(limits.connectSeconds) seconds"
        case .readTimeout?: return "sent nothing for \(limits.idleSeconds) seconds"
        case .deadlineExceeded?: return "did not answer within \(limits.totalSeconds) seconds"
        case .remoteConnectionClosed?: return "closed the connection before its answer was complete"
        case let error?: return "did not answer: \(error.shortDescription)"
        case nil: return "cannot be reached or broke off: \(Self.cause(of: error))"
        }
    }

    /// What the system says of a connection, such as `connection refused`; the kind of error where it says nothing.
    private static func cause(of error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError: error.connectionErrors.first.map { cause(of: $0.error) } ?? "no address answers"
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        default: String(describing: type(of: error))
        }
    }

    /// Scheme and host of an address, without what may be secret in it.
    private static func place(_ url: String) -> String {
        guard let mark = url.firstRange(of: "://") else { return "the server" }
        let rest = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
        let host = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
        return String(url[..<mark.upperBound] + host)
    }
}

/// Why a server elsewhere gave no whole answer. Never holds anything of the request but its host.
public struct StreamClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A sentence without a full stop that starts with the server.
    public var description: String

    init(_ description: String) { self.description = description }
}
