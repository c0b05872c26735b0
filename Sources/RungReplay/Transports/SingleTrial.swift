import RungCore
import Synchronization

/// One trial with a process of its own.
///
/// A class, because the process reports to it from several tasks; all its state is in one lock.
final class SingleTrial: AgentProcessClient {
    private struct State {
        var assembly: TrialAssembly
        var outcome: Result<Transcript, TrialFault>?
        var putAt: ContinuousClock.Instant
        /// True from the result line on.
        var hasResult = false
    }

    private let request: TrialRequest
    private let limits: AgentLimits
    private let log: AgentLogSink
    private let deadline: ContinuousClock.Instant
    private let state: Mutex<State>

    /// The trial's time begins here, before its program starts.
    init(_ request: TrialRequest, limits: AgentLimits, log: @escaping AgentLogSink) {
        let now = ContinuousClock.now
        self.request = request
        self.limits = limits
        self.log = log
        deadline = now + .milliseconds(request.timeoutMs)
        state = Mutex(State(assembly: TrialAssembly(limits: limits, tools: request.answerTool), putAt: now))
    }

    /// Runs the process to its end; returns when it is gone.
    func perform(_ process: AgentProcess) async throws(TrialFault) -> Transcript {
        process.send(AgentProtocol.trialLine(request))
        // Where a recording answers for the tools, their answers are still to come.
        if request.answerTool == nil { process.closeInput() }
        // A task of its own, awaited right here: it must not be cancelled itself, so that a cancelled run still ends
        // the process group in order.
        let running = Task { await process.run(self) }
        let end = await withTaskCancellationHandler {
            await running.value
        } onCancel: {
            settle(.failure(.cancelled))
            process.stop()
        }
        return try state.withLock { $0.outcome ?? .failure(.ended(end)) }.get()
    }

    func started(_ process: AgentProcess) { state.withLock { $0.putAt = .now } }

    func tick(_ now: ContinuousClock.Instant, for process: AgentProcess) -> ContinuousClock.Instant? {
        let isDue = state.withLock { state in
            guard state.outcome == nil, now >= deadline else { return false }
            state.outcome = .failure(.timedOut(after: request.timeoutMs))
            return true
        }
        if isDue { process.stop() }
        return isDue || now >= deadline ? nil : deadline
    }

    func receive(_ lines: [AgentProcess.Line], from process: AgentProcess) -> Bool {
        let now = ContinuousClock.now
        var talk: [AgentLogLine] = []
        var answers: [UInt8] = []
        let (goesOn, hasResult) = state.withLock { state in
            for line in lines { take(line, now, &state, &talk, &answers) }
            if case .failure = state.outcome { return (false, state.hasResult) }
            return (true, state.hasResult)
        }
        for line in talk { log(line) }
        if !answers.isEmpty { process.send(answers) }
        if hasResult, request.answerTool != nil { process.closeInput() }
        if !goesOn { process.stop() } else if hasResult { process.stop(after: limits.exitGrace) }
        return goesOn
    }

    private func take(
        _ line: AgentProcess.Line, _ now: ContinuousClock.Instant, _ state: inout State, _ talk: inout [AgentLogLine],
        _ answers: inout [UInt8]
    ) {
        if case .failure = state.outcome { return }
        switch line {
        case .tooLong:
            state.outcome = .failure(.outputLimit("a line of more than \(limits.lineBytes) bytes"))
        case .problem(let problem, _):
            state.outcome = .failure(TrialFault(.protocolViolation, problem.reason))
        case .read(let line, let number, let size):
            // A persistent agent may be run for one trial; what it says about concurrency does not matter then.
            if case .hello = line.body, number == 1 { return }
            guard line.trial == request.trialID else {
                state.outcome = .failure(.foreignTrial(line: number))
                return
            }
            guard !state.hasResult else {
                state.outcome = .failure(TrialFault(.protocolViolation, "agent line \(number): nothing may follow the result"))
                return
            }
            switch state.assembly.add(line.body, size: size) {
            case .goesOn: break
            case .answer(let answer, let call): answers += AgentProtocol.toolResultLine(trial: request.trialID, call, answer)
            case .talk(let source, let text): talk.append(entry(source, text))
            case .finished(var outcome, let words):
                if let words { talk.append(entry(.error, words)) }
                if case .success(var transcript) = outcome {
                    transcript.latencyMs = (now - state.putAt).milliseconds
                    outcome = .success(transcript)
                    state.hasResult = true
                }
                state.outcome = outcome
            }
        }
    }

    private func entry(_ source: AgentLogLine.Source, _ text: String) -> AgentLogLine {
        AgentLogLine(agent: request.agent, trialID: request.trialID, source: source, text: text)
    }

    private func settle(_ outcome: Result<Transcript, TrialFault>) {
        state.withLock { if $0.outcome == nil { $0.outcome = outcome } }
    }
}

extension Duration {
    /// The duration in milliseconds, with fractions.
    var milliseconds: Double { self / .milliseconds(1) }
}
