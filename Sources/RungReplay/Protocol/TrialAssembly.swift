import RungCore
import RungText

/// Builds the transcript of one trial from the lines of its agent, within limits.
struct TrialAssembly: Sendable {
    private var transcript = Transcript()
    private var pairing = ToolPairing()
    private var explanations: [String] = []
    private var bytes = 0
    private var lines = 0
    private let limits: AgentLimits
    private let tools: (@Sendable (ToolCall) -> ToolAnswer)?

    /// - Parameter tools: answers calls of tools in the place of the agent's own; nil where it has its own.
    init(limits: AgentLimits, tools: (@Sendable (ToolCall) -> ToolAnswer)? = nil) {
        self.limits = limits
        self.tools = tools
    }

    /// What a line means for the trial.
    enum Step: Sendable {
        case goesOn
        /// A tool answered; the agent waits for it.
        case answer(ToolAnswer, to: ToolCall)
        /// Text for the log.
        case talk(AgentLogLine.Source, String)
        /// The end, with the agent's own words for the log when it reported an error.
        case finished(Result<Transcript, TrialFault>, talk: String?)
    }

    /// Takes a line of `size` bytes.
    mutating func add(_ body: AgentLine.Body, size: Int) -> Step {
        bytes += size
        lines += 1
        if bytes > limits.outputBytes {
            return .finished(.failure(.outputLimit("more than \(limits.outputBytes) bytes in one trial")), talk: nil)
        }
        if lines > limits.events {
            return .finished(.failure(.outputLimit("more than \(limits.events) lines in one trial")), talk: nil)
        }
        switch body {
        case .explanation(let text): explanations.append(text)
        case .hello: break
        case .log(let text): return .talk(.log, text)
        case .message(let message): transcript.events.append(.message(message))
        case .toolCall(let call):
            let index = pairing.call(id: call.id)
            transcript.events.append(.toolCall(call))
            guard let tools else { break }
            let answer = tools(call)
            _ = pairing.result(id: call.id)
            transcript.events.append(
                .toolResult(ToolResult(id: call.id, call: index, content: answer.content, isError: answer.isError)))
            return .answer(answer, to: call)
        // The recording has answered; what the agent makes of it is told by what it does next.
        case .toolResult where tools != nil: break
        case .toolResult(let id, let content, let isError):
            let call = pairing.result(id: id)
            transcript.events.append(.toolResult(ToolResult(id: id, call: call, content: content, isError: isError)))
        case .usage(let usage): transcript.usage.add(usage)
        case .result(let end): return finish(end)
        }
        return .goesOn
    }

    private mutating func finish(_ end: AgentLine.End) -> Step {
        if let error = end.error { return .finished(.failure(.reported(code: end.code)), talk: error) }
        if let explanation = end.explanation { explanations.append(explanation) }
        if let usage = end.usage { transcript.usage.add(usage) }
        transcript.output = end.output
        transcript.explanation = explanations.isEmpty ? nil : explanations.joined(separator: "\n")
        return .finished(.success(transcript), talk: nil)
    }
}

extension TrialFault {
    /// The agent wrote too much.
    static func outputLimit(_ detail: String) -> TrialFault { TrialFault(.outputLimit, "the agent wrote \(detail)") }

    /// The agent said itself that it could not; its words go to the log, only a short code into the reason.
    static func reported(code: String?) -> TrialFault {
        guard let code, code.utf8.count <= 40 else { return TrialFault(.reported, "the agent reported an error") }
        return TrialFault(.reported, "the agent reported an error (code \(code))")
    }
}
