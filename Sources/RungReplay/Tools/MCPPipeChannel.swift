import RungCore
import RungText
import Synchronization

/// Standard input and output of a program: a line a message.
final class MCPPipeChannel: MCPChannel {
    private struct State {
        var waiting: [Int: CheckedContinuation<Node?, Never>] = [:]
        /// Answers that came before anybody waited for them.
        var early: [Int: Node] = [:]
        var isOver = false
    }

    private let shared: Shared
    private let process: LineProcess
    private let name: String

    /// Shared with the process, which outlives neither.
    private final class Shared: Sendable {
        let state = Mutex(State())
        let process = Mutex<LineProcess?>(nil)
    }

    /// Starts the server.
    ///
    /// - Parameter talk: gets its standard error.
    init(_ launch: AgentLaunch, limits: AgentLimits, talk: @escaping @Sendable (String) -> Void) {
        let shared = Shared()
        self.shared = shared
        name = launch.command.first ?? ""
        process = LineProcess(launch, limits: limits, talk: talk) { line in
            Self.take(line, shared)
        } ended: {
            let waiting = shared.state.withLock { state in
                state.isOver = true
                defer { state.waiting = [:] }
                return state.waiting
            }
            for (_, continuation) in waiting { continuation.resume(returning: nil) }
        }
        shared.process.withLock { $0 = process }
        process.start()
    }

    func ask(_ message: JSONValue, id: Int, _ time: inout TrialTime) async throws(TrialFault) -> Node {
        process.send(Array((JSONText.compact(message) + "\n").utf8))
        let answer: Node?
        do {
            answer = try await time.within { [self] in await self.answer(to: id) }
        } catch {
            throw (error as? TrialFault) ?? .cancelled
        }
        if let answer { return answer }
        if Task.isCancelled { throw .cancelled }
        if process.wroteTooMuch { throw TrialFault(.outputLimit, "MCP server \(name) wrote more than allowed") }
        if case .notStarted(let reason)? = process.end { throw TrialFault(.unavailable, "MCP server \(name): \(reason)") }
        throw TrialFault(.crashed, "MCP server \(name) ended before it answered \(message["method"]?.stringValue ?? "")")
    }

    func tell(_ message: JSONValue, _ time: inout TrialTime) async throws(TrialFault) {
        process.send(Array((JSONText.compact(message) + "\n").utf8))
    }

    func agree(on version: String) {}

    /// Closes its input, as the protocol asks, gives it a moment, and ends it.
    func close() async {
        process.closeInput()
        await process.stop(after: .milliseconds(500))
        shared.process.withLock { $0 = nil }
    }

    /// Waits for the answer with this id; nil when the server is gone or nobody waits any more.
    private func answer(to id: Int) async -> Node? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Node?? = shared.state.withLock { state in
                    if let early = state.early.removeValue(forKey: id) { return .some(early) }
                    if state.isOver || Task.isCancelled { return .some(nil) }
                    state.waiting[id] = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            shared.state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: nil)
        }
    }

    /// A line of the server: an answer, something it asks of its client, or talk that is no message.
    private static func take(_ line: [UInt8], _ shared: Shared) {
        guard let message = try? JSONReader.read(line), message.members != nil else { return }
        if let method = message["method"]?.string {
            guard let id = message["id"]?.json else { return }
            let answer: JSONValue =
                method == "ping"
                ? ["jsonrpc": "2.0", "id": id, "result": .object([])]
                : ["jsonrpc": "2.0", "id": id, "error": ["code": -32_601, "message": "this client has nothing on offer"]]
            shared.process.withLock { $0 }?.send(Array((JSONText.compact(answer) + "\n").utf8))
            return
        }
        guard let id = message["id"]?.int else { return }
        let waiting = shared.state.withLock { state in
            if let waiting = state.waiting.removeValue(forKey: id) { return waiting as CheckedContinuation<Node?, Never>? }
            state.early[id] = message
            return nil
        }
        waiting?.resume(returning: message)
    }
}
