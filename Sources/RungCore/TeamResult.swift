/// Where one team stands by itself, and how much hangs on it.
public struct TeamResult: Sendable, Equatable {
    /// Nil for agents that no team runs.
    public var name: String?
    public var agents: Int
    /// Calls in production over the last 90 days.
    public var calls: Int
    /// Its part of all these calls, 0…1; 0 when there are none.
    public var share: Double
    /// Its part of all these calls, weighed by risk tier, 0…1.
    public var exposure: Double
    /// The highest tier among its agents; nil when no agent has one.
    public var tier: Agent.RiskTier?
    /// 1…5, from its own evidence where there is enough of it, and from the organization's where there is not.
    public var stage: Int
    /// Whether the organization can stand at most one stage above it.
    public var isBinding: Bool
    /// What keeps it from the next stage: criteria of that stage that are not full for it, in the order of the rubric.
    public var gaps: [Finding]

    /// What stands for the team of agents that no team runs.
    public static let nobody = "(no team)"

    public init(
        name: String?, agents: Int, calls: Int, share: Double, exposure: Double, tier: Agent.RiskTier?, stage: Int, isBinding: Bool,
        gaps: [Finding]
    ) {
        self.name = name
        self.agents = agents
        self.calls = calls
        self.share = share
        self.exposure = exposure
        self.tier = tier
        self.stage = stage
        self.isBinding = isBinding
        self.gaps = gaps
    }
}
