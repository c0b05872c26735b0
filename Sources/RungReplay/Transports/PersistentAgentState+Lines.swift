import RungCore

extension PersistentAgentState {
    /// Takes lines in order. False: the process is being ended and nothing more of it is wanted.
    mutating func receive(_ lines: [AgentProcess.Line], now: ContinuousClock.Instant) -> Bool {
        for line in lines {
            switch phase {
            case .starting: takeFirst(line)
            case .running: take(line, now)
            case .idle, .ending, .givenUp: return false
            }
        }
        admit(now)
        guard case .running(let places) = phase else { return false }
        if inFlight.isEmpty, isDraining(places, now) { effects.wakes = true }
        return true
    }

    private mutating func takeFirst(_ line: AgentProcess.Line) {
        switch line {
        case .tooLong: end(.outputLimit("a line of more than \(limits.lineBytes) bytes"))
        case .problem(let problem, _): end(TrialFault(.protocolViolation, problem.reason))
        case .read(let line, let number, _):
            guard case .hello(let places) = line.body else {
                return end(
                    TrialFault(.protocolViolation, "agent line \(number): the first line of a persistent agent is its hello"))
            }
            phase = .running(places: places)
        }
    }

    private mutating func take(_ line: AgentProcess.Line, _ now: ContinuousClock.Instant) {
        switch line {
        case .tooLong: end(.outputLimit("a line of more than \(limits.lineBytes) bytes"))
        case .problem(let problem, let size):
            guard let id = problem.trial else { return end(TrialFault(.protocolViolation, problem.reason)) }
            if inFlight[id] != nil { return abandon(id, TrialFault(.protocolViolation, problem.reason), now) }
            guard abandoned[id] != nil else { return end(TrialFault(.protocolViolation, problem.reason)) }
            ignore(id, size)
        case .read(let line, let number, let size):
            guard let id = line.trial else {
                return end(TrialFault(.protocolViolation, "agent line \(number): hello comes once"))
            }
            if let step = inFlight[id]?.assembly.add(line.body, size: size) { return follow(step, id, now) }
            guard abandoned[id] != nil else { return end(.foreignTrial(line: number)) }
            if case .result = line.body { abandoned[id] = nil } else { ignore(id, size) }
        }
    }

    /// A late line counts for nothing, but an agent that never stops writing late lines is ended.
    private mutating func ignore(_ id: String, _ size: Int) {
        abandoned[id]?.bytes += size
        if let bytes = abandoned[id]?.bytes, bytes > limits.outputBytes {
            end(TrialFault(.crashed, "the agent was ended because it went on with a trial that was over"))
        }
    }

    private mutating func follow(_ step: TrialAssembly.Step, _ id: String, _ now: ContinuousClock.Instant) {
        switch step {
        case .goesOn: break
        case .answer(let answer, let call): effects.bytes += AgentProtocol.toolResultLine(trial: id, call, answer)
        case .talk(let source, let text):
            effects.talk.append(AgentLogLine(agent: agent, trialID: id, source: source, text: text))
        case .finished(var outcome, let words):
            guard let open = inFlight.removeValue(forKey: id) else { return }
            if let words {
                effects.talk.append(AgentLogLine(agent: agent, trialID: id, source: .error, text: words))
            }
            if case .success(var transcript) = outcome {
                transcript.latencyMs = (now - open.putAt).milliseconds
                outcome = .success(transcript)
            }
            answer(open.reply, outcome)
            if case .failure(let fault) = outcome, fault.kind == .outputLimit {
                end(TrialFault(.crashed, "the agent was ended because another trial went over its output limit"))
            } else {
                failures = 0
            }
        }
    }
}
