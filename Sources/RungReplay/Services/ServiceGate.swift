import RungText
import Synchronization

/// The door to one server: requests of all trials pass through it, about in the order in which they came.
///
/// A class, because trials share it; all its state is in one lock.
final class ServiceGate: Sendable {
    private struct State {
        var limit: AdaptiveLimit
        var waiting: [(id: Int, wake: CheckedContinuation<Void, Never>)] = []
        var nextID = 0
    }

    private let state: Mutex<State>

    init(ceiling: Int) { state = Mutex(State(limit: AdaptiveLimit(ceiling: ceiling))) }

    /// What is known of the server at present.
    var limit: AdaptiveLimit { state.withLock { $0.limit } }

    func lower(to ceiling: Int) { state.withLock { $0.limit.lower(to: ceiling) } }

    /// Waits for a place.
    ///
    /// - Throws: `Deadline.Passed` when there is none by `deadline`; `CancellationError`.
    func enter(by deadline: ContinuousClock.Instant) async throws {
        do {
            while true {
                try Task.checkCancellation()
                guard ContinuousClock.now < deadline else { throw Deadline.Passed() }
                switch state.withLock({ $0.limit.admit(.now) }) {
                case .begins: return
                case .paused(let until) where until > deadline: throw Deadline.Passed()
                case .paused(let until): try await Task.sleep(until: min(until, deadline), clock: .continuous)
                case .full: try await Deadline.by(deadline) { await self.place() }
                }
            }
        } catch {
            // Somebody may have been told of a place who does not want it any more.
            wake { _ in }
            throw error
        }
    }

    /// Gives the place back after an answer, or after none.
    func leave() { wake { $0.end() } }

    /// Gives the place back after the server has said that it was too much.
    func leave(rejectedSince begun: ContinuousClock.Instant, pause: Duration?, jitter: Double) {
        wake { $0.reject(begun: begun, now: .now, pause: pause, jitter: jitter) }
    }

    private func wake(after change: (inout AdaptiveLimit) -> Void) {
        let woken = state.withLock { state in
            change(&state.limit)
            let woken = state.waiting.prefix(max(1, state.limit.free))
            state.waiting.removeFirst(woken.count)
            return woken
        }
        for waiter in woken { waiter.wake.resume() }
    }

    /// Waits until a place may be free; returns at once when the task is cancelled.
    private func place() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isFull = state.withLock { state in
                    // Between asking and waiting, somebody may have left, and the task may have been cancelled.
                    guard state.limit.free == 0, !Task.isCancelled else { return false }
                    state.waiting.append((id, continuation))
                    return true
                }
                if !isFull { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            waiter?.wake.resume()
        }
    }
}

/// The gates of all servers that agents of this process ask, by scheme, host and port.
public final class ServiceGates: Sendable {
    private let gates = Mutex<[String: ServiceGate]>([:])

    public init() {}

    /// The gate to the server of an address; the lowest concurrency that any agent declares for it counts.
    func gate(to url: RequestURL, ceiling: Int) -> ServiceGate {
        gates.withLock { gates in
            let origin = "\(url.scheme)://\(url.authority)"
            if let gate = gates[origin] {
                gate.lower(to: ceiling)
                return gate
            }
            let gate = ServiceGate(ceiling: ceiling)
            gates[origin] = gate
            return gate
        }
    }
}
