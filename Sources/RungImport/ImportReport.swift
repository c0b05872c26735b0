public import RungText

/// What an import found and what it left behind; the same for a rehearsal and for the real thing.
public struct ImportReport: Sendable, Equatable {
    /// The importer's name.
    public var importer: String
    /// The path as the user typed it.
    public var file: String
    /// Id of the suite that was made.
    public var suite: String
    /// The agents that the suite names.
    public var agents: [String]
    /// Scenarios.
    public var cases: Int
    /// Recorded trials over all scenarios.
    public var trials: Int
    /// Tool calls over all trials.
    public var toolCalls: Int
    /// Trials in which two tool calls share an id.
    public var reusedIDs: Int
    /// What was not carried over or was repaired, sorted by key, then reason.
    public var findings: [ImportFinding]

    public init(
        importer: String, file: String, suite: String, agents: [String], cases: Int, trials: Int, toolCalls: Int,
        reusedIDs: Int, findings: [ImportFinding]
    ) {
        self.importer = importer
        self.file = file
        self.suite = suite
        self.agents = agents
        self.cases = cases
        self.trials = trials
        self.toolCalls = toolCalls
        self.reusedIDs = reusedIDs
        self.findings = findings
    }

    /// The report for machines: `formatVersion`, `importer`, `file`, `suite`, `agents`, `cases`, `trials`, `toolCalls`,
    /// `reusedIds`, `findings[]{key, reason, count, line}`.
    public var json: JSONValue {
        [
            "formatVersion": 1, "importer": .string(importer), "file": .string(file), "suite": .string(suite),
            "agents": .array(agents.map { .string($0) }), "cases": .int(cases), "trials": .int(trials),
            "toolCalls": .int(toolCalls), "reusedIds": .int(reusedIDs), "findings": .array(findings.map(\.json)),
        ]
    }

    /// The report for people: one line of counts, then one line for each finding.
    public var text: String {
        let counts = [
            Self.counted(cases, "case"), Self.counted(trials, "trial"), Self.counted(toolCalls, "tool call"),
            Self.counted(reusedIDs, "trial") + " with reused call ids",
        ]
        let lines = findings.map { "\(file):\($0.line): \($0.key): \($0.reason) (\(Self.counted($0.count, "time")))" }
        return ([counts.joined(separator: ", ")] + lines).joined(separator: "\n")
    }

    /// `1 case`, `2 cases`.
    static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

/// One kind of thing that an import did not carry over as it stood, with how often.
public struct ImportFinding: Sendable, Equatable {
    /// Where it stands in a record, such as `info.user_cost` or `traj[].tool_calls`.
    public var key: String
    /// A lower-case fragment.
    public var reason: String
    public var count: Int
    /// The line of its first occurrence, counted from 1.
    public var line: Int

    public init(key: String, reason: String, count: Int, line: Int) {
        self.key = key
        self.reason = reason
        self.count = count
        self.line = line
    }

    /// The finding for machines.
    public var json: JSONValue {
        ["key": .string(key), "reason": .string(reason), "count": .int(count), "line": .int(line)]
    }
}

/// Counts findings of the same key and reason while a file is read.
struct ImportFindings {
    private var byName: [Name: ImportFinding] = [:]

    private struct Name: Hashable {
        var key: String
        var reason: String
    }

    /// Notes one occurrence; the first one gives the line.
    mutating func note(_ key: String, _ reason: String, at position: SourcePosition) {
        byName[Name(key: key, reason: reason), default: ImportFinding(key: key, reason: reason, count: 0, line: Int(position.line))]
            .count += 1
    }

    /// Sorted by key, then reason.
    var all: [ImportFinding] { byName.values.sorted { ($0.key, $0.reason) < ($1.key, $1.reason) } }
}
