import RungCore
import RungText

/// One client of recorded tools that is reached over pipes: a line in, a line out.
public struct ToolSession: Sendable {
    private let tape: ReplayTape
    private let trial: ReplayTrial

    public init(_ tape: ReplayTape) {
        self.tape = tape
        trial = ReplayTrial(.tape(tape))
    }

    /// The answer to a message of MCP, as one line; nil where nothing is answered.
    public func answer(_ message: [UInt8]) -> String? {
        MCPMessage.answer(message, toolset: tape.tools.toolset) { trial.call($0, $1, tape) }.map { JSONText.compact($0) }
    }

    /// What became of the session so far.
    public var report: ReplayReport { trial.report }
}
