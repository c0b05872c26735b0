import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix

/// An HTTP/1.1 server for answers that lie ready or come in pieces: it asks a handler on the reading thread and sends bytes as they are.
///
/// Fast where `HTTPServer` is convenient: no task and no copy for an answer that is known. Requests may be packed with gzip or
/// deflate and may be pipelined; what is not HTTP is answered with 400 and closed. A final class because it owns the
/// sockets and threads; `stop` must be called before it is let go.
public final class StreamServer: Sendable {
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
    public static func start(_ configuration: HTTPServerConfiguration, handler: @escaping StreamHandler) async throws -> StreamServer {
        OpenFiles.allow(configuration.connectionLimit + 128)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let load = ServerLoad(configuration)
        do {
            let listener = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1_024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandlers([
                            ByteToMessageHandler(HTTPServer.decoder()),
                            NIOHTTPRequestDecompressor(limit: .ratio(configuration.inflationLimit)),
                            StreamConnection(configuration, load, handler),
                        ])
                    }
                }
                .bind(host: configuration.host, port: configuration.port).get()
            let port = listener.localAddress?.port ?? configuration.port
            return StreamServer(port: port, group: group, listener: listener, load: load)
        } catch {
            try? await group.shutdownGracefully()
            throw HTTPServer.explained(error, configuration)
        }
    }

    /// Stops listening, lets the answers that have begun come to their end, and closes everything.
    ///
    /// - Parameter limit: after it the connections that are left are cut off.
    public func stop(within limit: Duration) async {
        try? await listener.close().get()
        for connection in load.stop() { connection.triggerUserOutboundEvent(StreamConnection.Stop(), promise: nil) }
        let end = ContinuousClock.now + limit
        while !load.connections.isEmpty || !load.isQuiet, ContinuousClock.now < end {
            // Not Task.sleep: a cancelled caller still gets the time that it granted.
            try? await group.next().scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
        }
        for connection in load.connections { try? await connection.close().get() }
        // Closing cancels the tasks of live answers; they get a moment to see it.
        let last = ContinuousClock.now + .seconds(5)
        while !load.isQuiet, ContinuousClock.now < last {
            try? await group.next().scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
        }
        guard load.isQuiet else { return }
        try? await group.shutdownGracefully()
    }
}
