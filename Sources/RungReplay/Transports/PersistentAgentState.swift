import RungCore

/// The state machine of a persistent agent: which trials wait, which are in flight, and what a line or a moment means.
///
/// Pure bookkeeping: it collects what has to be done in `effects`, and `PersistentAgent` does it.
struct PersistentAgentState {
    typealias Reply = CheckedContinuation<Result<Transcript, TrialFault>, Never>

    /// What has to be done after a change.
    struct Effects {
        var bytes: [UInt8] = []
        var replies: [(Reply, Result<Transcript, TrialFault>)] = []
        var talk: [AgentLogLine] = []
        var closesInput = false
        var stopsAfter: Duration?
        var wakes = false
        var starts = false
    }

    /// A trial that was accepted and not yet put to the agent.
    struct Waiting {
        var id: String
        var timeoutMs: Int
        var line: [UInt8]
        /// Answers its calls of tools from a recording; nil where its tools are its own.
        var tools: (@Sendable (ToolCall) -> ToolAnswer)?
        var reply: Reply
    }

    /// A trial that the agent works on.
    struct Open {
        var reply: Reply
        var timeoutMs: Int
        var putAt: ContinuousClock.Instant
        var deadline: ContinuousClock.Instant
        var assembly: TrialAssembly
    }

    /// A trial that is over for Rung while the agent may still work on it; it keeps its place until its result line.
    struct Abandoned {
        var since: ContinuousClock.Instant
        var bytes = 0
    }

    enum Phase {
        case idle
        /// Waiting for the hello line.
        case starting(helloBy: ContinuousClock.Instant, timeoutMs: Int)
        case running(places: Int)
        /// The process is being ended, for this reason; nil when nothing is wrong with it.
        case ending(TrialFault?)
        /// It failed too often and is not started again.
        case givenUp(TrialFault)
    }

    let agent: AgentID
    let limits: AgentLimits
    var phase = Phase.idle
    var process: AgentProcess?
    var isClosed = false
    var waiting: [Waiting] = []
    var inFlight: [String: Open] = [:]
    var abandoned: [String: Abandoned] = [:]
    /// Failures since the last finished trial.
    var failures = 0
    /// When the watch wakes by itself.
    var armed: ContinuousClock.Instant?
    var effects = Effects()

    init(agent: AgentID, limits: AgentLimits) {
        self.agent = agent
        self.limits = limits
    }

    /// What has come together since the last time.
    mutating func takeEffects() -> Effects {
        defer { effects = Effects() }
        return effects
    }
}

// MARK: - Trials come and go

extension PersistentAgentState {
    /// Accepts a trial, or answers it at once when there is no hope.
    mutating func add(_ request: TrialRequest, _ line: [UInt8], _ reply: Reply, now: ContinuousClock.Instant) {
        if Task.isCancelled { return answer(reply, .failure(.cancelled)) }
        if isClosed { return answer(reply, .failure(TrialFault(.unavailable, "the agent's transport is closed"))) }
        if case .givenUp(let fault) = phase { return answer(reply, .failure(fault)) }
        let id = request.trialID
        if inFlight[id] != nil || abandoned[id] != nil || waiting.contains(where: { $0.id == id }) {
            return answer(reply, .failure(TrialFault(.unavailable, "a trial with the same id is in flight")))
        }
        waiting.append(Waiting(id: id, timeoutMs: request.timeoutMs, line: line, tools: request.answerTool, reply: reply))
        if case .idle = phase {
            phase = .ending(nil)
            effects.starts = true
        }
        admit(now)
    }

    /// Ends a trial whose task was cancelled.
    mutating func cancel(_ id: String, now: ContinuousClock.Instant) {
        if let index = waiting.firstIndex(where: { $0.id == id }) {
            answer(waiting.remove(at: index).reply, .failure(.cancelled))
        } else {
            abandon(id, .cancelled, now)
        }
    }

    /// Puts waiting trials to the agent while it has places, first come, first served.
    mutating func admit(_ now: ContinuousClock.Instant) {
        guard case .running(let places) = phase, !isDraining(places, now) else { return }
        var count = 0
        for trial in waiting.prefix(max(0, places - inFlight.count - abandoned.count)) {
            let deadline = now + .milliseconds(trial.timeoutMs)
            inFlight[trial.id] = Open(
                reply: trial.reply, timeoutMs: trial.timeoutMs, putAt: now, deadline: deadline,
                assembly: TrialAssembly(limits: limits, tools: trial.tools))
            effects.bytes += trial.line
            if deadline < armed ?? deadline + .seconds(1) {
                armed = deadline
                effects.wakes = true
            }
            count += 1
        }
        waiting.removeFirst(count)
    }

    /// Answers a trial in flight with a fault and tells the agent to stop working on it.
    mutating func abandon(_ id: String, _ fault: TrialFault, _ now: ContinuousClock.Instant) {
        guard let open = inFlight.removeValue(forKey: id) else { return }
        abandoned[id] = Abandoned(since: now)
        effects.bytes += AgentProtocol.cancelLine(trial: id)
        effects.wakes = true
        answer(open.reply, .failure(fault))
    }

    mutating func answer(_ reply: Reply, _ outcome: Result<Transcript, TrialFault>) {
        effects.replies.append((reply, outcome))
    }

    /// Whether more than half of the places are lost to trials that the agent did not end when told to: then no new
    /// trial goes in, and the process starts anew once those in flight have ended.
    func isDraining(_ places: Int, _ now: ContinuousClock.Instant) -> Bool {
        guard !abandoned.isEmpty else { return false }
        return abandoned.values.count { $0.since + limits.cancelGrace <= now } * 2 > places
    }
}

// MARK: - Time

extension PersistentAgentState {
    /// Ends what is overdue; returns when something is due next.
    mutating func tick(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        armed = nil
        if case .starting(let helloBy, let timeoutMs) = phase {
            if helloBy <= now {
                end(TrialFault(.timedOut, "no hello line within \(timeoutMs) ms"))
            } else {
                armed = helloBy
            }
        }
        guard case .running(let places) = phase else { return armed }
        for (id, open) in inFlight where open.deadline <= now { abandon(id, .timedOut(after: open.timeoutMs), now) }
        if isDraining(places, now), inFlight.isEmpty {
            phase = .ending(nil)
            effects.stopsAfter = .zero
            return nil
        }
        admit(now)
        let deadlines = inFlight.values.map(\.deadline)
        let graces = abandoned.values.map { $0.since + limits.cancelGrace }.filter { $0 > now }
        armed = (deadlines + graces).min()
        return armed
    }
}

// MARK: - The process

extension PersistentAgentState {
    /// A process is about to start. False when nobody needs it any more.
    mutating func start(_ process: AgentProcess, now: ContinuousClock.Instant) -> Bool {
        guard let first = waiting.first, !isClosed else {
            phase = .idle
            return false
        }
        self.process = process
        phase = .starting(helloBy: now + .milliseconds(first.timeoutMs), timeoutMs: first.timeoutMs)
        return true
    }

    /// Ends the process because of what it did: every trial in flight gets the fault, or, before hello, the first one
    /// that waits; the others wait for the next process.
    mutating func end(_ fault: TrialFault) {
        if case .starting = phase, !waiting.isEmpty { answer(waiting.removeFirst().reply, .failure(fault)) }
        for open in inFlight.values { answer(open.reply, .failure(fault)) }
        inFlight = [:]
        phase = .ending(fault)
        effects.stopsAfter = .zero
    }

    /// The process is gone. True when another one is needed.
    mutating func ended(_ end: AgentProcess.End) -> Bool {
        process = nil
        abandoned = [:]
        var fault: TrialFault? = .ended(end)
        if case .ending(let reason) = phase { fault = reason } else if !isClosed { self.end(.ended(end)) }
        for open in inFlight.values { answer(open.reply, .failure(fault ?? .ended(end))) }
        inFlight = [:]
        phase = .ending(nil)
        if let fault, !isClosed {
            failures += 1
            if failures >= limits.failures {
                giveUp(fault)
                return false
            }
        }
        if waiting.isEmpty || isClosed { phase = .idle }
        return !waiting.isEmpty && !isClosed
    }

    private mutating func giveUp(_ last: TrialFault) {
        let fault = TrialFault(
            .unavailable, "the agent failed \(failures) times without finishing a trial; last: \(last.reason)")
        phase = .givenUp(fault)
        for trial in waiting { answer(trial.reply, .failure(fault)) }
        waiting = []
    }

    /// The run is over.
    mutating func close() {
        isClosed = true
        effects.closesInput = true
        effects.stopsAfter = limits.closeGrace
        for trial in waiting { answer(trial.reply, .failure(.cancelled)) }
        waiting = []
    }
}
