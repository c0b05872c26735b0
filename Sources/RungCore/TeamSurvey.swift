/// Which teams run agents, how much of the traffic each has, and what belongs to whom.
public struct TeamSurvey: Sendable, Equatable {
    /// Sorted by name; the agents that no team runs come last.
    public var teams: [Team]
    /// The position in `teams` by entity of a measure; entities that no single team is accountable for are left out.
    public var owners: [String: Int]

    /// A survey that knows of no teams has no entities either.
    public init(teams: [Team] = [], owners: [String: Int] = [:]) {
        self.teams = teams
        self.owners = owners
    }

    /// A team with what it runs.
    public struct Team: Sendable, Equatable {
        /// Nil for agents that no team runs, unregistered ones among them.
        public var name: String?
        /// Agents that are in pilot or active, or were called.
        public var agents: Int
        /// Calls in production over the last 90 days.
        public var calls: Int
        /// Calls weighed by the risk tier of the agent: low 1, medium 2, high or unknown 3.
        public var weighedCalls: Int
        /// The highest tier among its agents; nil when no agent has one.
        public var tier: Agent.RiskTier?

        public init(name: String?, agents: Int, calls: Int, weighedCalls: Int, tier: Agent.RiskTier?) {
            self.name = name
            self.agents = agents
            self.calls = calls
            self.weighedCalls = weighedCalls
            self.tier = tier
        }
    }
}
