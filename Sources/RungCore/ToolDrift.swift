/// How what live tools answered in a trial differs from what its cassette has for the same calls.
///
/// Texts are redacted and short; they may be shown and stored.
public struct ToolDrift: Sendable, Equatable {
    /// Calls that were held against their recording.
    public var compared: Int
    /// In the order of the calls, recorded calls that nobody made last; at most `findingLimit`.
    public private(set) var findings: [Finding]
    /// Findings beyond the limit.
    public private(set) var omitted: Int

    /// Findings that are kept for one trial.
    public static let findingLimit = 50
    /// Name and kind of the grade that a comparison becomes.
    public static let gradeName = "tool-drift"

    public init(compared: Int = 0, findings: [Finding] = []) {
        self.compared = compared
        self.findings = []
        omitted = 0
        for finding in findings { add(finding) }
    }

    /// One difference.
    public struct Finding: Sendable, Equatable {
        /// Name of the tool, as it may be shown.
        public var tool: String
        public var difference: Difference

        public init(tool: String, _ difference: Difference) {
            self.tool = tool
            self.difference = difference
        }

        /// Whether a call was answered otherwise.
        public var isChange: Bool { if case .changed = difference { true } else { false } }

        /// One sentence without a full stop.
        public var message: String {
            switch difference {
            case .changed(let place, let recorded, let received):
                "\(tool) answered otherwise at \(place): recorded \(recorded ?? "nothing"), received \(received ?? "nothing")"
            case .unrecorded(let reason): "\(tool) was called without a recording: \(reason)"
            case .notCalled(let call): "\(tool) was not called: recorded call \(call)"
            }
        }
    }

    /// What is not as it was recorded.
    public enum Difference: Sendable, Equatable {
        /// The same call has another answer; a JSON pointer to the first place where it differs, with both values, nil for nothing.
        case changed(place: String, recorded: String?, received: String?)
        /// The call has no recording, and why.
        case unrecorded(String)
        /// The recording has a call that nobody made; its number among those recorded, from 1.
        case notCalled(Int)
    }

    /// Whether everything was as it was recorded.
    public var isEmpty: Bool { findings.isEmpty }

    /// How many findings there are.
    public var count: Int { findings.count + omitted }

    /// Takes one in, as long as there is room.
    public mutating func add(_ finding: Finding) {
        if findings.count < Self.findingLimit { findings.append(finding) } else { omitted += 1 }
    }

    /// What reports, verdicts and evidence see of it: without a finding a note, else what the suite has decided.
    public func grade(_ policy: Suite.Drift) -> Grade {
        func grade(_ role: GradeRole, _ judgement: Judgement) -> Grade {
            Grade(name: Self.gradeName, kind: Self.gradeName, version: "1", role: role, judgement: judgement)
        }
        guard let first = findings.first else {
            let calls = compared == 1 ? "1 call of a tool is" : "\(compared) calls of tools are"
            // That tools are as they were does not make an answer right.
            return grade(.report, Judgement(.holds(true), "\(calls) answered as recorded"))
        }
        let more = count > 1 ? ", and \(count - 1) more" : ""
        var lines = findings.map(\.message)
        if omitted > 0 { lines.append("and \(omitted) more") }
        return grade(
            policy == .fail ? .verdict : .report,
            Judgement(.holds(false), first.message + more, diff: count > 1 ? lines.joined(separator: "\n") : nil))
    }
}
