public import RungCore
public import RungText

extension EvidenceSnapshot {
    /// The teams that run agents, and which of these entities each of them is accountable for.
    ///
    /// An entity is an agent, a team, or a release, case, change, suite or run of an agent. What several teams share, and what is
    /// the whole organization's, such as a policy, has no owner. Traffic is that of the 90 days before `time`.
    public func teams(accountableFor entities: Set<String>, asOf time: Timestamp) throws(MeasureFailure) -> TeamSurvey {
        let window = EvidenceWindow(asOf: time, days: 90)
        var roll = TeamRoll()
        for (agent, team, tier, state) in try registered(window) {
            roll.register(agent, team, tier, isLive: state != .design && state != .retired)
        }
        for (agent, calls) in try traffic(window) { roll.count(calls, of: agent) }
        var owners = roll.owners(of: entities)
        for (key, view) in Self.belongings {
            // A later view only says whose those are that no earlier one knows.
            let open = entities.filter { owners[$0] == nil }
            guard !open.isEmpty else { break }
            owners.merge(try belongings(key, view, open, roll, window)) { first, _ in first }
        }
        let survey = roll.survey
        return TeamSurvey(teams: survey.teams, owners: owners.compactMapValues { $0.flatMap { survey.positions[$0] } })
    }

    /// Views whose entities belong to one agent, with the column that names them; the small ones first.
    private static let belongings = [
        ("release_id", "releases"), ("case_id", "cases"), ("change_id", "changes"), ("suite_id", "suites"), ("run_id", "runs"),
    ]

    private typealias Registered = (agent: String, team: String?, tier: Agent.RiskTier?, state: Agent.State?)

    private func registered(_ window: EvidenceWindow) throws(MeasureFailure) -> [Registered] {
        let sql = "SELECT agent_id, team, risk_tier, state FROM agents"
        return try connection(for: window).query(sql, window) { statement in
            var found: [Registered] = []
            try statement.forEach { row in
                found.append(
                    (
                        row.text(0), row.isNull(1) ? nil : row.text(1), row.isNull(2) ? nil : Agent.RiskTier(rawValue: row.text(2)),
                        Agent.State(rawValue: row.text(3))
                    ))
            }
            return found
        }
    }

    /// Calls in production by agent: what an outside counter saw, or what was logged where that is more.
    private func traffic(_ window: EvidenceWindow) throws(MeasureFailure) -> [(String, Int)] {
        let sql = """
            SELECT agent_id, SUM(CASE WHEN counted > logged THEN counted ELSE logged END) FROM usage_days
            WHERE environment = 'production' AND day_at >= :window_start AND day_at < :as_of GROUP BY agent_id
            """
        return try connection(for: window).query(sql, window) { statement in
            var found: [(String, Int)] = []
            try statement.forEach { row in found.append((row.text(0), Int(row.int(1)))) }
            return found
        }
    }

    /// The team of each of these entities, as a view tells it; nil inside for what several teams share.
    private func belongings(
        _ key: String, _ view: String, _ entities: Set<String>, _ roll: TeamRoll, _ window: EvidenceWindow
    ) throws(MeasureFailure) -> [String: TeamRoll.Owner?] {
        try connection(for: window).query("SELECT \(key), agent_id FROM \(view) WHERE agent_id IS NOT NULL", window) { statement in
            var owners: [String: TeamRoll.Owner?] = [:]
            try statement.forEach { row in
                let entity = row.text(0)
                guard entities.contains(entity) else { return }
                let owner = roll.owner(ofAgent: row.text(1))
                if let known = owners[entity], known != owner { owners[entity] = .some(nil) } else { owners[entity] = owner }
            }
            return owners
        }
    }
}

/// Who runs which agents, while it is counted up.
struct TeamRoll {
    /// A team, or nobody.
    enum Owner: Hashable {
        case team(String)
        case nobody
    }

    private var teams: [String: Owner] = [:]
    private var tiers: [String: Agent.RiskTier] = [:]
    private var live: Set<String> = []
    private var calls: [String: Int] = [:]

    /// Adds an entry of the registry.
    mutating func register(_ agent: String, _ team: String?, _ tier: Agent.RiskTier?, isLive: Bool) {
        teams[agent] = team.map { .team($0) } ?? .nobody
        tiers[agent] = tier
        if isLive { live.insert(agent) }
    }

    /// Adds the calls of an agent, registered or not.
    mutating func count(_ number: Int, of agent: String) {
        calls[agent, default: 0] += number
        if number > 0 { live.insert(agent) }
    }

    /// The team of an agent; nobody for one that is not registered, or in no team.
    func owner(ofAgent agent: String) -> Owner { teams[agent] ?? .nobody }

    /// Of these entities the agents and the teams themselves, each with its owner.
    func owners(of entities: Set<String>) -> [String: Owner?] {
        let names = Set(teams.values)
        var owners: [String: Owner?] = [:]
        for entity in entities {
            if live.contains(entity) || teams[entity] != nil {
                owners[entity] = owner(ofAgent: entity)
            } else if names.contains(.team(entity)) {
                owners[entity] = .team(entity)
            }
        }
        return owners
    }

    /// The teams that run anything, sorted by name, nobody last; and the position of each.
    var survey: (teams: [TeamSurvey.Team], positions: [Owner: Int]) {
        let members = Dictionary(grouping: live, by: owner(ofAgent:))
        let named = members.keys.compactMap { if case .team(let name) = $0 { name } else { nil } }.sorted()
        let order = named.map(Owner.team) + (members[.nobody] == nil ? [] : [.nobody])
        let teams = order.map { owner in
            let agents = members[owner] ?? []
            return TeamSurvey.Team(
                name: owner.name, agents: agents.count, calls: agents.reduce(0) { $0 + (calls[$1] ?? 0) },
                weighedCalls: agents.reduce(0) { $0 + (calls[$1] ?? 0) * weight(tiers[$1]) },
                tier: agents.compactMap { tiers[$0] }.max { weight($0) < weight($1) })
        }
        return (teams, Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) }))
    }

    /// What a call weighs: an agent whose tier nobody knows may be of the highest.
    private func weight(_ tier: Agent.RiskTier?) -> Int {
        switch tier {
        case .low: 1
        case .medium: 2
        case .high, nil: 3
        }
    }
}

extension TeamRoll.Owner {
    /// Nil for nobody.
    var name: String? { if case .team(let name) = self { name } else { nil } }
}
