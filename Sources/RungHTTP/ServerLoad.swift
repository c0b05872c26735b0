import NIOCore
import Synchronization

/// What a server has in hand: open connections and requests that are read or answered.
///
/// A final class because every connection shares it; all of it lies behind one lock.
final class ServerLoad: Sendable {
    private let requestLimit: Int
    private let connectionLimit: Int
    private let memoryLimit: Int
    private let state = Mutex(State())

    private struct State {
        var requests = 0
        var answering = 0
        var bytes = 0
        var connections: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
    }

    init(_ configuration: HTTPServerConfiguration) {
        requestLimit = configuration.requestLimit
        connectionLimit = configuration.connectionLimit
        memoryLimit = configuration.memoryLimit
    }

    /// Counts a request in; false when there are as many as there may be.
    func admitRequest() -> Bool {
        state.withLock { state in
            guard state.requests < requestLimit else { return false }
            state.requests += 1
            return true
        }
    }

    /// Counts bytes of a body in; false when the bodies in hand have as many as they may have.
    func admitBytes(_ count: Int) -> Bool {
        state.withLock { state in
            guard state.bytes + count <= memoryLimit else { return false }
            state.bytes += count
            return true
        }
    }

    /// Counts an admitted request and the bytes of its body out.
    func releaseRequest(bytes: Int) {
        state.withLock { state in
            state.requests -= 1
            state.bytes -= bytes
        }
    }

    /// Counts bytes out that were counted in.
    func releaseBytes(_ count: Int) { state.withLock { $0.bytes -= count } }

    /// A handler works from here to `endAnswer`, whether or not its client still waits.
    func beginAnswer() { state.withLock { $0.answering += 1 } }
    func endAnswer() { state.withLock { $0.answering -= 1 } }

    /// Whether no handler works.
    var isQuiet: Bool { state.withLock { $0.answering == 0 } }

    /// Counts a connection in; false when there are too many, or the server stops.
    func admit(_ channel: any Channel) -> Bool {
        state.withLock { state in
            guard state.connections.count < connectionLimit, !state.isStopping else { return false }
            state.connections[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    /// Counts a connection out.
    func release(_ channel: any Channel) { state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(channel)) } }

    /// Connections that are open now.
    var connections: [any Channel] { state.withLock { Array($0.connections.values) } }

    /// Lets no more connections in; returns those that are open.
    func stop() -> [any Channel] {
        state.withLock { state in
            state.isStopping = true
            return Array(state.connections.values)
        }
    }
}
