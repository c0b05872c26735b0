public import RungText

/// Carries trials to an agent and its transcripts back.
public protocol AgentTransport: Sendable {
    /// Performs one trial; returns or throws by the request's deadline, whatever the agent does.
    func perform(_ request: TrialRequest) async throws(TrialFault) -> Transcript
    /// Ends what the transport started; called once, after the last trial.
    func close() async
}

/// One trial as it is put to an agent.
public struct TrialRequest: Sendable {
    /// Unique within the run: `suite/case@agent#index`, with `~retry` after a fault.
    public var trialID: String
    public var agent: AgentID
    /// Counted from 0.
    public var index: Int
    public var seed: UInt64
    /// Milliseconds from now.
    public var timeoutMs: Int
    public var scenario: Scenario
    public var prompts: [PromptVersion]
    /// Variables for the agent in this trial alone, such as where its models answer; they win over all others.
    public var environment: [String: String] = [:]
    /// Answers the agent's calls of tools from a recording; nil where its tools are its own.
    public var answerTool: (@Sendable (ToolCall) -> ToolAnswer)?
    /// The recorded tools, for transports that call tools themselves; nil where tools are live.
    public var replayedTools: ReplayedTools?
    /// Told which tools are on offer; set where a trial is recorded.
    public var noteTools: (@Sendable ([ToolDefinition]) -> Void)?

    public init(
        trialID: String, agent: AgentID, index: Int, seed: UInt64, timeoutMs: Int, scenario: Scenario, prompts: [PromptVersion]
    ) {
        self.trialID = trialID
        self.agent = agent
        self.index = index
        self.seed = seed
        self.timeoutMs = timeoutMs
        self.scenario = scenario
        self.prompts = prompts
    }
}

/// Tools that a recording answers for.
public struct ReplayedTools: Sendable {
    /// Those that were on offer.
    public var definitions: [ToolDefinition]
    public var answer: @Sendable (ToolCall) -> ToolAnswer

    public init(_ definitions: [ToolDefinition], answer: @escaping @Sendable (ToolCall) -> ToolAnswer) {
        self.definitions = definitions
        self.answer = answer
    }
}

/// What a recorded tool answers.
public struct ToolAnswer: Sendable, Equatable {
    public var content: JSONValue
    public var isError: Bool

    public init(_ content: JSONValue, isError: Bool) {
        self.content = content
        self.isError = isError
    }
}

/// Why a trial has no transcript. Its text never holds what the agent said.
public struct TrialFault: Error, Sendable, Equatable, CustomStringConvertible {
    public var kind: Kind
    /// A lower-case fragment.
    public var reason: String

    public enum Kind: String, Sendable, CaseIterable {
        /// The program could not be started.
        case unavailable
        /// It ended before its result.
        case crashed
        /// Nothing came before the deadline.
        case timedOut = "timed-out"
        /// What it wrote is not the protocol.
        case protocolViolation = "protocol-violation"
        /// It wrote more than allowed.
        case outputLimit = "output-limit"
        /// The service that the agent is, or asks, does not take the request: it would not take it a second time.
        case refused
        /// It said itself that it could not do the trial.
        case reported
        /// Nothing was recorded for this trial.
        case notRecorded = "not-recorded"
        /// The agent asked for something that its cassette has no answer for, or tried to leave past it.
        case replayMiss = "replay-miss"
        /// The run was cancelled.
        case cancelled
    }

    public init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Whether trying again could help: the fault is the infrastructure's, not the agent's protocol or answer.
    public var isRetryable: Bool {
        switch kind {
        case .unavailable, .crashed, .timedOut, .reported: true
        case .protocolViolation, .outputLimit, .refused, .notRecorded, .replayMiss, .cancelled: false
        }
    }

    public var description: String { "\(kind.rawValue): \(reason)" }
}
