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

/// A small HTTP/1.1 server: whole requests in, whole answers out, with a limit on everything a client may take.
///
/// Bodies may be packed with gzip or deflate. What is not HTTP is answered with 400 and closed. A final class because it
/// owns the sockets and threads; `stop` must be called before it is let go.
public final class HTTPServer: Sendable {
    /// The port that it listens on, also when any free one was asked for.
    public let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let load: ServerLoad

    private init(port: Int, group: MultiThreadedEventLoopGroup, listener: any Channel, load: ServerLoad) {
        self.port = port
        self.group = group
        self.listener = listener
        self.load = load
    }

    /// Listens and answers from now on.
    ///
    /// - Throws: `HTTPServerError` when the address cannot be had.
    public static func start(
        _ configuration: HTTPServerConfiguration, handler: @escaping HTTPHandler
    ) async throws -> HTTPServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let load = ServerLoad(configuration)
        do {
            let listener = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1_024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.equip(channel, configuration, load, handler)
                    }
                }
                .bind(host: configuration.host, port: configuration.port).get()
            let port = listener.localAddress?.port ?? configuration.port
            return HTTPServer(port: port, group: group, listener: listener, load: load)
        } catch {
            try? await group.shutdownGracefully()
            throw Self.explained(error, configuration)
        }
    }

    /// Stops listening, answers the requests that have begun to arrive, and closes everything.
    ///
    /// - Parameter limit: after it the connections that are left are cut off; a handler that works on even then is left
    ///   behind with the threads of the server.
    public func stop(within limit: Duration) async {
        try? await listener.close().get()
        for connection in load.stop() { connection.triggerUserOutboundEvent(ConnectionHandler.Stop(), promise: nil) }
        let end = ContinuousClock.now + limit
        while !load.connections.isEmpty || !load.isQuiet, ContinuousClock.now < end {
            // Not Task.sleep: a cancelled caller still gets the time that it granted.
            try? await group.next().scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
        }
        for connection in load.connections { try? await connection.close().get() }
        guard load.isQuiet else { return }
        try? await group.shutdownGracefully()
    }

    // MARK: - Connections

    private static func equip(
        _ channel: any Channel, _ configuration: HTTPServerConfiguration, _ load: ServerLoad, _ handler: @escaping HTTPHandler
    ) throws {
        try channel.pipeline.syncOperations.addHandlers([
            HTTPResponseEncoder(), ByteToMessageHandler(decoder()), NIOHTTPResponseHeadersValidator(),
            NIOHTTPRequestDecompressor(limit: .ratio(configuration.inflationLimit)),
            ConnectionHandler(configuration, load, handler),
        ])
    }

    /// Reads requests with a limit on their headers.
    static func decoder() -> HTTPRequestDecoder {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 << 10
        limits.maxHeaderListSize = 64 << 10
        limits.maxHeaderFieldCount = 128
        return HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop, limitConfiguration: limits)
    }

    /// Why an address cannot be had, and what to do about it.
    static func explained(_ error: any Error, _ configuration: HTTPServerConfiguration) -> HTTPServerError {
        let place = "\(configuration.host):\(configuration.port)"
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE?:
            return HTTPServerError(
                "cannot listen on \(place): another program does", suggestion: "end it, or listen on another port; 0 takes any free one")
        case EACCES?:
            return HTTPServerError("cannot listen on \(place): not permitted", suggestion: "choose a port from 1024 on")
        case EADDRNOTAVAIL?:
            return HTTPServerError(
                "cannot listen on \(place): this machine does not have the address", suggestion: "try 127.0.0.1, or 0.0.0.0 for all")
        default:
            return HTTPServerError("cannot listen on \(place): \(error)", suggestion: "give an address of this machine and a port")
        }
    }
}
