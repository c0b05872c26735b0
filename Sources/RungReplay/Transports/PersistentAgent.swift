import RungCore
import Synchronization

/// An agent whose process serves many trials, several at once, for as long as the run lasts.
///
/// The process starts with the first trial and again after a crash. A trial's time counts from when it is put to the
/// agent. Before that it waits in line, at most for the time limits of the trials before it: each of them ends by its
/// own deadline, a start by the first waiting trial's time limit, and starts are limited by `AgentLimits.failures`.
///
/// A class, because callers, reader and watch share one process; all its state is in one lock (`PersistentAgentState`).
final class PersistentAgent: AgentProcessClient {
    private let agent: AgentID
    private let launch: AgentLaunch
    private let limits: AgentLimits
    private let log: AgentLogSink
    private let state: Mutex<PersistentAgentState>
    /// The task that keeps the process running while trials wait, and the process.
    private let keeper = Mutex<(task: Task<Void, Never>?, process: AgentProcess?)>((nil, nil))

    init(_ agent: AgentID, _ launch: AgentLaunch, limits: AgentLimits, log: @escaping AgentLogSink) {
        self.agent = agent
        self.launch = launch
        self.limits = limits
        self.log = log
        state = Mutex(PersistentAgentState(agent: agent, limits: limits))
    }

    /// The last standard error of the process that runs, or ran last.
    var standardErrorTail: String { keeper.withLock { $0.process?.standardErrorTail } ?? "" }

    /// Puts the trial to the agent as soon as there is a place for it.
    func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript {
        let line = AgentProtocol.trialLine(request)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                act { $0.add(request, line, reply, now: .now) }
            }
        } onCancel: {
            act { $0.cancel(request.trialID, now: .now) }
        }
        return try outcome.get()
    }

    /// Closes the agent's input and waits for its end: grace, SIGTERM, SIGKILL.
    func close() async {
        act { $0.close() }
        await keeper.withLock { $0.task }?.value
    }

    func started(_ process: AgentProcess) {}

    func receive(_ lines: [AgentProcess.Line], from process: AgentProcess) -> Bool {
        act { $0.receive(lines, now: .now) }
    }

    func tick(_ now: ContinuousClock.Instant, for process: AgentProcess) -> ContinuousClock.Instant? {
        act { $0.tick(now) }
    }

    /// Changes the state and does what follows from it: bytes in order under the lock, answers and talk after it.
    @discardableResult
    private func act<Value: Sendable>(_ change: (inout PersistentAgentState) -> Value) -> Value {
        let (value, effects) = state.withLock { state in
            let value = change(&state)
            let effects = state.takeEffects()
            if let process = state.process {
                if !effects.bytes.isEmpty { process.send(effects.bytes) }
                if effects.closesInput { process.closeInput() }
                if let grace = effects.stopsAfter { process.stop(after: grace) }
                if effects.wakes { process.wake() }
            }
            if effects.starts { keeper.withLock { $0.task = Task { await keep() } } }
            return (value, effects)
        }
        for (reply, outcome) in effects.replies { reply.resume(returning: outcome) }
        for line in effects.talk { log(line) }
        return value
    }

    /// Runs one process after the other until no trial waits. Not a child of any trial's task, because it outlives
    /// them; `close` awaits it.
    private func keep() async {
        while true {
            let process = AgentProcess(launch, limits: limits) { [agent, log] text in
                log(AgentLogLine(agent: agent, trialID: nil, source: .standardError, text: text))
            }
            keeper.withLock { $0.process = process }
            guard act({ $0.start(process, now: .now) }) else { return }
            let end = await process.run(self)
            guard act({ $0.ended(end) }) else { return }
        }
    }
}
