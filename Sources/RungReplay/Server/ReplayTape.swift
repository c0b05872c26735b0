import RungCore
import RungHTTP

/// A cassette with its answers laid out for the wire; made once, shared by all trials that replay it.
public struct ReplayTape: Sendable {
    public let index: CassetteIndex
    /// One for each exchange, in the order of the cassette.
    let replies: [StreamReply]
    /// The calls of tools.
    let tools: ToolTape
    /// Whether pieces wait as long as they did when they were recorded.
    let pace: Pace
    /// Whether recordings start over when they are used up.
    let repeats: Bool
    /// Finds answers for requests with other answers of tools in them; nil where those count.
    let drift: DriftIndex?
    /// What the recorded answers took.
    let tokens: ReplayTokens

    /// Whether what tools answered must be as it was recorded.
    public enum ToolResults: Sendable {
        case asRecorded
        /// Requests that differ in nothing else are answered, and the difference is told.
        case drifting
    }

    /// How fast the pieces of an answer follow each other.
    public enum Pace: String, Sendable, CaseIterable {
        /// As they came when they were recorded.
        case recorded
        /// At once.
        case full
    }

    /// - Parameter repeats: starts over when a recording is used up; for servers that run beside a developer.
    public init(_ index: CassetteIndex, pace: Pace = .full, repeats: Bool = false, toolResults: ToolResults = .asRecorded) {
        self.index = index
        self.pace = pace
        self.repeats = repeats
        tokens = ReplayTokens(index.cassette.exchanges)
        // The named normalizers know the forms of model interfaces; an argument of a tool that is called alike means something.
        let own = index.cassette.normalizers.filter { if case .named = $0 { false } else { true } }
        tools = ToolTape(index.cassette, rules: index.rules.with(own))
        drift = toolResults == .drifting ? DriftIndex(index, tools.rules) : nil
        replies = index.cassette.exchanges.map { exchange in
            StreamReply(
                status: exchange.response.status, headers: exchange.response.headers.compactMap(Self.header),
                pieces: exchange.response.body.map { StreamReply.Piece($0.bytes, afterMs: pace == .recorded ? $0.afterMs ?? 0 : 0) })
        }
    }

    /// Bodies lie unpacked in a cassette, whatever a header says.
    private static func header(_ header: Exchange.Header) -> HTTPHeader? {
        header.name.lowercased() == "content-encoding" ? nil : HTTPHeader(header.name, header.value)
    }
}
