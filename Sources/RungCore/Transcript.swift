public import RungText

/// Everything an agent said and did in one trial, in order.
public struct Transcript: Sendable, Equatable {
    public var events: [TranscriptEvent]
    /// The final answer; nil when the agent gave none.
    public var output: JSONValue?
    public var explanation: String?
    public var usage: Usage
    /// Milliseconds from request to result; nil when nobody measured it.
    public var latencyMs: Double?
    /// What the recording says about success; nil for live trials.
    public var outcome: RecordedOutcome?
    /// How what live tools answered differs from what was recorded; nil where nobody compared.
    public var drift: ToolDrift?

    public init(
        events: [TranscriptEvent] = [], output: JSONValue? = nil, explanation: String? = nil, usage: Usage = Usage(),
        latencyMs: Double? = nil, outcome: RecordedOutcome? = nil
    ) {
        self.events = events
        self.output = output
        self.explanation = explanation
        self.usage = usage
        self.latencyMs = latencyMs
        self.outcome = outcome
    }

    /// The calls in the order they were made.
    public var toolCalls: [ToolCall] {
        events.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
    }

    /// The final answer as text: the output, else the last message of the assistant.
    public var answer: String? {
        if let output { return output.plainText }
        for case .message(let message) in events.reversed() where message.role == .assistant { return message.content }
        return nil
    }
}

/// One step of a transcript.
public enum TranscriptEvent: Sendable, Equatable {
    case message(Message)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
}

/// Something said.
public struct Message: Sendable, Equatable {
    public var role: Role
    public var content: String

    public enum Role: String, Sendable, CaseIterable { case system, user, assistant, tool }

    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }
}

/// A tool that the agent called.
public struct ToolCall: Sendable, Equatable {
    /// Unique only within what the agent keeps unique; recordings reuse ids.
    public var id: String?
    public var name: String
    public var arguments: JSONValue

    public init(id: String?, name: String, arguments: JSONValue) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What a tool answered.
public struct ToolResult: Sendable, Equatable {
    public var id: String?
    /// Index into `Transcript.toolCalls` of the call that this answers; nil when none matches.
    public var call: Int?
    public var content: JSONValue
    public var isError: Bool

    public init(id: String?, call: Int?, content: JSONValue, isError: Bool) {
        self.id = id
        self.call = call
        self.content = content
        self.isError = isError
    }
}

/// What a trial used up; nil where nobody counted.
public struct Usage: Sendable, Equatable {
    public var inputTokens: Int?
    public var outputTokens: Int?
    /// US dollars.
    public var cost: Double?
    /// How many of the tokens were counted in recorded answers and not spent by the trial; nil for none.
    public var replayedTokens: Int?

    public init(inputTokens: Int? = nil, outputTokens: Int? = nil, cost: Double? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
    }

    public var totalTokens: Int? {
        Self.sum(inputTokens, outputTokens)
    }

    /// What is known of both; more than any number can hold stays the largest one.
    private static func sum(_ a: Int?, _ b: Int?) -> Int? {
        guard a != nil || b != nil else { return nil }
        let (sum, isOver) = (a ?? 0).addingReportingOverflow(b ?? 0)
        return isOver ? .max : sum
    }

    public mutating func add(_ other: Usage) {
        inputTokens = Self.sum(inputTokens, other.inputTokens)
        outputTokens = Self.sum(outputTokens, other.outputTokens)
        cost = cost == nil && other.cost == nil ? nil : (cost ?? 0) + (other.cost ?? 0)
        replayedTokens = Self.sum(replayedTokens, other.replayedTokens)
    }
}

/// What a recording says about its own success.
public struct RecordedOutcome: Sendable, Equatable {
    public var label: String?
    /// The source's own scale; success is usually 1.
    public var reward: Double?

    public init(label: String? = nil, reward: Double? = nil) {
        self.label = label
        self.reward = reward
    }
}
