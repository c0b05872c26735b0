import RungCore
import RungHTTP
import RungText
import Synchronization

/// One trial's talk with the server: what it was answered from, what it used up, what went wrong.
///
/// A final class because connections on several threads share it; all that changes lies behind one lock.
final class ReplayTrial: Sendable {
    private struct State {
        var cursor: CassetteCursor?
        var tools = ToolCursor()
        var answered = 0
        var findings: [ReplayFinding] = []
        var omitted = 0
        /// What tools answered otherwise in requests than in their recordings; each difference once.
        var drift = ToolDrift()
    }

    let world: ReplayWorld
    private let state: Mutex<State>

    init(_ world: ReplayWorld) {
        self.world = world
        var cursor: CassetteCursor?
        if case .tape(let tape) = world { cursor = CassetteCursor(tape.index, repeats: tape.repeats) }
        state = Mutex(State(cursor: cursor))
    }

    /// Answers from the cassette; never from anywhere else.
    func replay(_ request: StreamRequest, path: String, query: String?, from tape: ReplayTape) -> StreamAnswer {
        let rules = tape.index.rules
        let target = RequestTarget(path: path, query: query)
        let contentType = request.header("content-type")
        var key = rules.key(method: request.method, target: target, contentType: contentType, body: request.body)
        var answer = next(key)
        // What was recorded was redacted; a request with a secret in it has another key.
        if case .unknown = answer,
            let redacted = rules.redactedKey(method: request.method, target: target, contentType: contentType, body: request.body)
        {
            answer = next(redacted)
            key = redacted
        }
        if let number = drifted(answer, request, target, tape) { answer = .exchange(number) }
        if case .exchange(let number) = answer {
            return tape.pace == .recorded ? .paced(tape.replies[number]) : .reply(tape.replies[number])
        }
        let explanation = state.withLock { $0.cursor }?.explain(key, answer, body: request.body, in: tape.index)
        guard let explanation else { return .reply(MissAnswer.escape("the cassette")) }
        add(.miss(explanation))
        return .reply(MissAnswer.miss(explanation, path: target.path, cassette: tape.index.file))
    }

    /// The recording of a request that differs in nothing but what tools answered, where that is tolerated; the differences are noted.
    private func drifted(
        _ answer: CassetteCursor.Answer, _ request: StreamRequest, _ target: RequestTarget, _ tape: ReplayTape
    ) -> Int? {
        guard let drift = tape.drift else { return nil }
        if case .exchange = answer { return nil }
        let body = tape.index.rules.redacted(request.body) ?? request.body
        let candidates = drift.candidates(
            method: request.method, target: tape.index.rules.redacted(target), contentType: request.header("content-type"), body: body)
        let taken = state.withLock { state in
            let taken = state.cursor?.take(firstOf: candidates)
            if taken != nil { state.answered += 1 }
            return taken
        }
        guard let taken else { return nil }
        let findings = drift.differences(recorded: tape.index.cassette.exchanges[taken].request.body, received: body)
        state.withLock { state in
            // Later requests of the same conversation tell it again.
            for finding in findings where !state.drift.findings.contains(finding) { state.drift.add(finding) }
        }
        return taken
    }

    private func next(_ key: MatchKey) -> CassetteCursor.Answer {
        state.withLock { state in
            let answer = state.cursor?.next(key) ?? .unknown
            if case .exchange = answer { state.answered += 1 }
            return answer
        }
    }

    /// Answers the call of a tool from the cassette.
    func call(_ name: String, _ arguments: JSONValue, _ tape: ReplayTape) -> Result<ToolExchange, ToolMiss> {
        let result = state.withLock { state in
            let result = state.tools.next(name, arguments, in: tape.tools, repeats: tape.repeats)
            if case .success = result { state.answered += 1 }
            return result
        }
        if case .failure(let miss) = result { add(.miss(miss.explanation)) }
        return result
    }

    /// Counts a request that was answered live.
    func countAnswer() { state.withLock { $0.answered += 1 } }

    func add(_ finding: ReplayFinding) {
        state.withLock { state in
            guard state.findings.count < ReplayReport.findingLimit else { return state.omitted += 1 }
            state.findings.append(finding)
        }
    }

    /// How it stands now.
    var report: ReplayReport {
        let state = state.withLock { $0 }
        var report = ReplayReport(answered: state.answered, findings: state.findings, omitted: state.omitted)
        guard case .tape(let tape) = world, let cursor = state.cursor else { return report }
        report.usage = tape.tokens.usage(of: cursor.answers)
        report.drift = state.drift.findings
        report.unused = cursor.unused.map { number in
            let request = tape.index.cassette.exchanges[number].request
            return .init(name: tape.index.names[number], method: request.method, path: tape.index.targets[number].path)
        }
        report.unused += state.tools.unused(in: tape.tools).map { call in
            .init(name: "call \(call + 1)", method: "CALL", path: tape.tools.calls[call].name)
        }
        return report
    }
}

/// What answers a trial.
enum ReplayWorld: Sendable {
    /// A cassette, and nothing else.
    case tape(ReplayTape)
    /// The world itself, while it is recorded.
    case live(Recorder)
    /// Nothing: for what belongs to no trial.
    case nothing
}
