import RungCore

/// The time of one trial: what the agent takes counts, what it waits for a busy server does not.
struct TrialTime: Sendable {
    let begun: ContinuousClock.Instant
    let timeoutMs: Int
    /// Waiting so far.
    private(set) var waited = Duration.zero

    /// What a trial waits for busy servers at most.
    static let longestWait = Duration.seconds(600)

    init(timeoutMs: Int, begun: ContinuousClock.Instant = .now) {
        self.timeoutMs = timeoutMs
        self.begun = begun
    }

    /// When the trial is over, as far as is known.
    var deadline: ContinuousClock.Instant { begun + .milliseconds(timeoutMs) + waited }

    /// Milliseconds that the agent has taken.
    var takenMs: Double { (ContinuousClock.now - begun - waited).milliseconds }

    /// Waits for a place at a server.
    mutating func enter(_ gate: ServiceGate, to place: String) async throws(TrialFault) {
        let start = ContinuousClock.now
        defer { waited += ContinuousClock.now - start }
        do {
            try await gate.enter(by: start + (Self.longestWait - waited))
        } catch is Deadline.Passed {
            throw TrialFault(.unavailable, "\(place) had no place for more than \(Int(Self.longestWait / .seconds(60))) minutes")
        } catch {
            throw .cancelled
        }
    }

    /// Performs `body` within the time of the trial.
    func within<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        do {
            return try await Deadline.by(deadline, body)
        } catch is Deadline.Passed {
            throw TrialFault.timedOut(after: timeoutMs)
        }
    }
}

/// Waits that end.
enum Deadline {
    /// The time was over before there was an answer.
    struct Passed: Error {}

    /// Performs `body`; cancels it, and throws `Passed`, when it has not returned by `instant`.
    static func by<Value: Sendable>(
        _ instant: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(until: instant, clock: .continuous)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw Passed() }
            return value
        }
    }
}
