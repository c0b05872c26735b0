public import RungCore
public import RungRedaction
import Synchronization

/// The cassettes of a suite: one for each agent and case, read when they are needed first.
///
/// A final class because all trials share it; what was read lies behind one lock.
public final class CassetteShelf: Sendable {
    private let folder: String
    private let pace: ReplayTape.Pace
    private let toolResults: ReplayTape.ToolResults
    let redactor: Redactor
    private let tapes = Mutex<(byPath: [String: ReplayTape], order: [String])>(([:], []))

    /// Tapes that are kept; trials of a case come one after the other, so a few for each worker are enough.
    private static let mostTapes = 256

    /// - Parameters:
    ///   - folder: where `AGENT/CASE.jsonl` lie.
    ///   - redactor: the one that they were recorded with.
    public init(
        folder: String, pace: ReplayTape.Pace = .full, toolResults: ReplayTape.ToolResults = .asRecorded, redactor: Redactor = .standard
    ) {
        self.folder = folder
        self.pace = pace
        self.toolResults = toolResults
        self.redactor = redactor
    }

    /// The folder of a suite's cassettes.
    public static func folder(of suite: Suite, workspace: String) -> String {
        suite.cassettes ?? "\(workspace)/cassettes/\(name(suite.id.rawValue))"
    }

    /// Where the cassette of a case lies, whether or not it is there.
    public func file(agent: AgentID, case id: CaseID) -> CassetteFile {
        CassetteFile("\(folder)/\(Self.name(agent.rawValue))/\(Self.name(id.rawValue)).jsonl")
    }

    /// The answers for a case.
    ///
    /// - Throws: `InvalidInput` when there is no cassette, or one that cannot be read.
    func tape(agent: AgentID, case id: CaseID) throws -> ReplayTape {
        let file = file(agent: agent, case: id)
        if let known = tapes.withLock({ $0.byPath[file.path] }) { return known }
        let tape = ReplayTape(CassetteIndex(try file.read(), file: file.path, redactor: redactor), pace: pace, toolResults: toolResults)
        tapes.withLock { tapes in
            if tapes.order.count >= Self.mostTapes { tapes.byPath[tapes.order.removeFirst()] = nil }
            if tapes.byPath.updateValue(tape, forKey: file.path) == nil { tapes.order.append(file.path) }
        }
        return tape
    }

    /// An id as the name of a file: what could lead elsewhere is written as `%2F`.
    private static func name(_ id: String) -> String {
        var name = ""
        for (position, byte) in id.utf8.enumerated() {
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
            if isPlain || byte == 46 && position > 0 {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = Array("0123456789ABCDEF")
                name += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return name
    }
}
