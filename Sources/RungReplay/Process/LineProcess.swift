import RungCore
import Synchronization

/// A program that is talked to in lines while a trial goes on, such as a tool or a server of tools.
///
/// A class, because the process reports to it from several tasks; all its state is in one lock. `stop` must be awaited before it is
/// let go.
final class LineProcess: AgentProcessClient {
    typealias Line = [UInt8]?

    private struct State {
        var bytes = 0
        var end: AgentProcess.End?
        var isOver = false
        var watchers: [AsyncStream<Void>.Continuation] = []
    }

    private let process: AgentProcess
    private let limits: AgentLimits
    private let take: @Sendable ([UInt8]) -> Void
    private let ended: @Sendable () -> Void
    private let state = Mutex(State())
    private let running: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// - Parameters:
    ///   - talk: gets each line of standard error.
    ///   - take: gets each line of standard output.
    ///   - ended: told once, when the process is gone.
    init(
        _ launch: AgentLaunch, limits: AgentLimits, talk: @escaping @Sendable (String) -> Void,
        take: @escaping @Sendable ([UInt8]) -> Void, ended: @escaping @Sendable () -> Void
    ) {
        process = AgentProcess(launch, limits: limits, talk: talk)
        self.limits = limits
        self.take = take
        self.ended = ended
    }

    /// Starts the program; returns at once.
    func start() {
        // A task of its own, which is never cancelled, so that the process group ends in order.
        running.withLock { running in
            running = Task {
                let end = await process.run(self)
                let watchers = state.withLock { state in
                    state.end = end
                    state.isOver = true
                    defer { state.watchers = [] }
                    return state.watchers
                }
                for watcher in watchers { watcher.finish() }
                ended()
            }
        }
    }

    /// Writes to its standard input.
    func send(_ bytes: [UInt8]) { process.send(bytes) }

    /// Closes its standard input once everything has been written.
    func closeInput() { process.closeInput() }

    /// How it ended; nil while it runs.
    var end: AgentProcess.End? { state.withLock { $0.end } }

    /// The end as a status; nil while it runs, and where it has none.
    var status: Int32? { if case .exited(let code, _)? = end { code } else { nil } }

    /// Whether it wrote more than it may.
    var wroteTooMuch: Bool { state.withLock { $0.bytes > limits.outputBytes } }

    /// Waits until it is gone, or until the task that waits is cancelled.
    func finished() async {
        let over = AsyncStream<Void> { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.watchers.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.finish() }
        }
        for await _ in over {}
    }

    /// Waits until it is gone, whatever happens.
    func wait() async { await running.withLock { $0 }?.value }

    /// Ends it and waits until it and its group are gone.
    func stop(after grace: Duration = .zero) async {
        process.stop(after: grace)
        await wait()
    }

    // MARK: - AgentProcessClient

    static func line(_ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> [UInt8]? { Array(bytes) }

    static func tooLong(number: Int) -> [UInt8]? { nil }

    func started(_ process: AgentProcess) {}

    func receive(_ lines: [[UInt8]?], from process: AgentProcess) -> Bool {
        for line in lines {
            let isWithin = state.withLock { state in
                state.bytes += line.map { $0.count + 1 } ?? limits.outputBytes + 1
                return state.bytes <= limits.outputBytes
            }
            guard isWithin, let line else {
                process.stop()
                return false
            }
            take(line)
        }
        return true
    }

    func receive(cut rest: [UInt8]) { take(rest) }

    func tick(_ now: ContinuousClock.Instant, for process: AgentProcess) -> ContinuousClock.Instant? { nil }
}
