public import RungCore
public import RungText

/// How long payloads are kept, by the risk tier of their agent.
public struct RetentionPolicy: Sendable, Equatable {
    /// Whole days; a tier that is left out keeps its payloads for ever.
    public var days: [Agent.RiskTier: Int]

    /// A policy from its periods.
    public init(days: [Agent.RiskTier: Int]) { self.days = days }

    /// Payloads of a tier from before this midnight are due; nil when none ever are.
    public func limit(of tier: Agent.RiskTier, asOf now: Timestamp) -> Timestamp? {
        days[tier].map { now.midnight.adding(days: -$0) }
    }
}

/// Which payloads are older than their agents' tier allows, and which are old but have no tier to tell.
public struct RetentionPlan: Sendable {
    /// Records of one kind of one agent.
    public struct Item: Sendable, Equatable {
        public var kind: String
        public var agent: AgentID
        /// Nil when the registry tells none; such records are kept.
        public var tier: Agent.RiskTier?
        /// They are older than this midnight.
        public var before: Timestamp
        public var records: Int
        public var oldest: Timestamp
        public var newest: Timestamp
    }

    /// What is to be erased, sorted by agent, then kind.
    public var due: [Item]
    /// What nobody can tell to be due: the agent has no risk tier, and the shortest period is over.
    public var undecided: [Item]

    /// A plan from its parts.
    public init(due: [Item], undecided: [Item]) {
        self.due = due
        self.undecided = undecided
    }

    /// How many records are due.
    public var records: Int { due.reduce(0) { $0 + $1.records } }
}

extension RetentionPlan {
    /// For people: one line for each item.
    public var text: String {
        let lines = due.map { "\(Self.line($0))  due: older than \($0.before.date), agent of \($0.tier?.rawValue ?? "no") risk" }
        let open = undecided.map { "\(Self.line($0))  kept: the agent has no risk tier in the registry" }
        let total = records == 1 ? "1 record is due" : "\(records) records are due"
        return (lines + open + [total]).joined(separator: "\n")
    }

    private static func line(_ item: Item) -> String {
        "\(item.agent)  \(item.kind)  \(item.records)  \(item.oldest.date) to \(item.newest.date)"
    }

    /// For tools: `due[]` and `undecided[]` of `kind`, `agent`, `tier`, `before`, `records`, `oldest`, `newest`, and `records`.
    public var json: JSONValue {
        func json(_ item: Item) -> JSONValue {
            [
                "kind": .string(item.kind), "agent": .string(item.agent.rawValue), "tier": item.tier.map { .string($0.rawValue) } ?? .null,
                "before": .string(item.before.description), "records": .int(item.records), "oldest": .string(item.oldest.description),
                "newest": .string(item.newest.description),
            ]
        }
        return [
            "formatVersion": 1, "records": .int(records), "due": .array(due.map(json)), "undecided": .array(undecided.map(json)),
        ]
    }
}
