/// Who is accountable for what, as evidence names people: whose step a step is.
public struct RoadmapOwners: Sendable, Equatable {
    /// The accountable person by agent.
    public var agents: [String: String]
    /// The person on duty by duty of the core team, such as `prompt_review`.
    public var duties: [String: String]

    /// Duties with the dimension each belongs to; other dimensions belong to the owners of the agents.
    public static let dutyOfDimension = [
        "GOV": "assessment", "OBS": "observability", "PRM": "prompt_review", "REG": "registry", "TST": "release",
    ]

    /// Nobody, unless somebody is named.
    public init(agents: [String: String] = [:], duties: [String: String] = [:]) {
        self.agents = agents
        self.duties = duties
    }

    /// Whoever is on the duty of the dimension; else the owners of the agents that fall short, each once, in their order.
    func owners(dimension: String, failing: [String]) -> [String] {
        if let person = Self.dutyOfDimension[dimension].flatMap({ duties[$0] }) { return [person] }
        var owners: [String] = []
        for owner in failing.compactMap({ agents[$0] }) where !owners.contains(owner) { owners.append(owner) }
        return owners
    }
}
