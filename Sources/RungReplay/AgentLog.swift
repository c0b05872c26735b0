public import RungCore

/// One line of talk from an agent: kept apart from transcripts, for people who look for a fault.
///
/// It may hold anything that the agent read or wrote; whoever stores it redacts it first.
public struct AgentLogLine: Sendable, Equatable {
    public var agent: AgentID
    /// The trial it belongs to; nil for the standard error of a persistent agent.
    public var trialID: String?
    public var source: Source
    /// Without the line break; bytes that are not UTF-8 are replaced.
    public var text: String

    /// Where the talk comes from.
    public enum Source: String, Sendable, CaseIterable {
        case standardError = "stderr"
        /// A `log` line of the protocol.
        case log
        /// The error of a `result` line.
        case error
        /// What the replay server has to say about the trial.
        case replay
    }

    /// A line as a sink gets it.
    public init(agent: AgentID, trialID: String?, source: Source, text: String) {
        self.agent = agent
        self.trialID = trialID
        self.source = source
        self.text = text
    }
}

/// Receives talk as it comes, from several threads; returns soon, because the agent waits meanwhile.
public typealias AgentLogSink = @Sendable (AgentLogLine) -> Void

/// The last bytes of a stream, and its lines as they come; memory is bounded by the limit.
struct RecentText: Sendable {
    private let limit: Int
    private var recent: [UInt8] = []
    private var line: [UInt8] = []

    init(limit: Int) { self.limit = limit }

    /// The last bytes, at most `limit`; a character that was cut in two at the start is replaced.
    var tail: String { String(decoding: recent.suffix(limit), as: UTF8.self) }

    /// Calls `body` for each complete line; a line longer than the limit comes in pieces.
    mutating func push(_ chunk: UnsafeRawBufferPointer, _ body: (String) -> Void) {
        recent.append(contentsOf: chunk)
        if recent.count > 2 * limit { recent.removeFirst(recent.count - limit) }
        var rest = chunk[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line.append(contentsOf: rest[..<end])
            emit(body)
            rest = rest[(end + 1)...]
        }
        line.append(contentsOf: rest)
        if line.count > limit { emit(body) }
    }

    /// Calls `body` for what stands after the last line break, if anything.
    mutating func finish(_ body: (String) -> Void) { if !line.isEmpty { emit(body) } }

    private mutating func emit(_ body: (String) -> Void) {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        body(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
    }
}
