public import RungCore
public import RungText

/// What went wrong while a trial talked to the replay server; evidence, and a reason not to pass.
public enum ReplayFinding: Sendable, Equatable {
    /// A request that the cassette has no answer for.
    case miss(MissExplanation)
    /// An attempt to leave the machine through a proxy variable; it was refused.
    case escape(host: String)
    /// While recording: a request that got no whole answer, or that is not recorded, and why.
    case unrecorded(String)

    /// One sentence without a full stop.
    public var message: String {
        switch self {
        case .miss(let explanation): explanation.message
        case .escape(let host): "tried to reach \(host) past the cassette; refused"
        case .unrecorded(let reason): reason
        }
    }

    /// As reports carry it.
    public var json: JSONValue {
        switch self {
        case .miss(let explanation): .object([.init("kind", "miss")] + (explanation.json.members ?? []))
        case .escape(let host): .object(["kind": "escape", "host": .string(host), "message": .string(message)])
        case .unrecorded(let reason): .object(["kind": "unrecorded", "message": .string(reason)])
        }
    }
}

/// What became of a trial's traffic.
public struct ReplayReport: Sendable, Equatable {
    /// Requests that the cassette answered, or that were answered live.
    public var answered: Int
    /// In the order in which they came; at most `findingLimit`.
    public var findings: [ReplayFinding]
    /// Findings beyond the limit.
    public var omitted: Int
    /// Recordings that nothing asked for, in the order of the cassette.
    public var unused: [Unused]
    /// Tokens of the recorded answers; nil where none was a model's, or none tells.
    public var usage: Usage?
    /// What tools answered otherwise in requests than in their recordings, where that is tolerated.
    public var drift: [ToolDrift.Finding] = []

    /// Findings that are kept for one trial.
    public static let findingLimit = 1_000

    public init(answered: Int = 0, findings: [ReplayFinding] = [], omitted: Int = 0, unused: [Unused] = []) {
        self.answered = answered
        self.findings = findings
        self.omitted = omitted
        self.unused = unused
    }

    /// A recording that nothing asked for.
    public struct Unused: Sendable, Equatable {
        /// The name of the exchange.
        public var name: String
        public var method: String
        /// The normalized path.
        public var path: String
    }

    /// The same without recorded calls of tools that nobody made: where tools are live nobody could.
    var withoutUnusedCalls: ReplayReport {
        var report = self
        report.unused.removeAll { $0.method == "CALL" }
        return report
    }

    /// Whether everything was answered and everything recorded was asked for.
    public var isClean: Bool { findings.isEmpty && omitted == 0 && unused.isEmpty }

    /// For people: one line each.
    public var lines: [String] {
        var lines = ["\(answered) \(answered == 1 ? "request" : "requests") answered"]
        lines += findings.map { "finding: \($0.message)" }
        lines += drift.map { "drift: \($0.message)" }
        if omitted > 0 { lines.append("and \(omitted) more findings") }
        lines += unused.prefix(20).map { "not asked for: \($0.name) \($0.method) \($0.path)" }
        if unused.count > 20 { lines.append("and \(unused.count - 20) more recordings that nothing asked for") }
        return lines
    }

    /// For tools.
    public var json: JSONValue {
        .object([
            "formatVersion": 1, "answered": .int(answered), "inputTokens": usage?.inputTokens.map { .int($0) } ?? .null,
            "outputTokens": usage?.outputTokens.map { .int($0) } ?? .null, "findings": .array(findings.map(\.json)),
            "omitted": .int(omitted),
            "unused": .array(
                unused.map { .object(["name": .string($0.name), "method": .string($0.method), "path": .string($0.path)]) }),
        ])
    }
}
