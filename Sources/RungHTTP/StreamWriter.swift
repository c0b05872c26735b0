import NIOCore

/// Writes one answer as it comes; each call returns when the client has taken what was written before.
///
/// A final class because it stands for one answer on one connection. Used by one task.
public final class StreamWriter: Sendable {
    private let loop: any EventLoop
    private let connection: NIOLoopBound<StreamConnection>
    /// Tells this answer from those before and after it on the connection.
    private let turn: Int

    init(_ connection: StreamConnection, turn: Int, loop: any EventLoop) {
        self.loop = loop
        self.turn = turn
        self.connection = NIOLoopBound(connection, eventLoop: loop)
    }

    /// Sends status and headers; the body follows in chunks.
    ///
    /// - Throws: when the client has gone away.
    public func begin(status: Int, headers: [HTTPHeader]) async throws {
        try await submit { connection, turn in connection.beginLive(status, headers, turn) }
    }

    /// Sends a piece of the body.
    ///
    /// - Throws: when the client has gone away.
    public func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        try await submit { connection, turn in connection.writeLive(bytes, turn) }
    }

    /// Ends the answer in order. Without it the connection is cut when the task ends, so that the client sees a broken answer.
    public func end() async throws {
        try await submit { connection, turn in connection.endLive(turn) }
    }

    /// Answers with a reply that is complete; in place of the three other calls.
    public func send(_ reply: StreamReply) async throws {
        try await submit { connection, turn in connection.sendLive(reply, turn) }
    }

    private func submit(_ body: @escaping @Sendable (StreamConnection, Int) -> EventLoopFuture<Void>?) async throws {
        let (connection, turn, loop) = (connection, turn, loop)
        try await loop.flatSubmit {
            body(connection.value, turn) ?? loop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }.get()
    }
}
