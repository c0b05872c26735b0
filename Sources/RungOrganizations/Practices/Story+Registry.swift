import RungText

/// Stage 3: one registry, cards that somebody else approved, owners who look.
extension Story {
    mutating func tellRegistry() {
        let begin = year.begin(of: 3)
        for agent in enterprise.agents {
            if agent.role.quarter > 0 { tellFrontDoor(agent) } else { tellCard(agent, begin.at(9), state: "active") }
            let live = max(agent.firstUse, begin)
            tellAct(
                "card", agent.id, "approval", by: enterprise.team.releaser,
                (agent.role.quarter > 0 ? agent.firstUse : begin.adding(days: 2)).at(8))
            tell("dashboard", live.at(10), ["agentId": agent.id, "authorId": enterprise.team.observer, "freshMinutes": 60])
            tell(
                "objective", live.at(10),
                ["id": "objective-\(agent.id)", "agentId": agent.id, "indicator": "latency", "alertRoute": "rota-agentops"])
            tell(
                "spendingLimit", live.at(10),
                ["id": "limit-\(agent.id)", "agentId": agent.id, "amount": 400.0, "period": "day", "hard": true])
            for quarter in quarters(of: 3) where agent.firstUse < quarter.busy { tellOwner(agent, quarter) }
        }
        for quarter in quarters(of: 3) { tellOverlap(quarter) }
    }

    /// Intake, design, review by another person, release, first use: in this order.
    private mutating func tellFrontDoor(_ agent: AgentPost) {
        guard let release = agent.releases.first else { return }
        tellAct("agent", agent.id, "intake", by: enterprise.team.registrar, release.releasedAt.adding(days: -25))
        tellCard(agent, release.releasedAt.adding(days: -22), state: "design")
        tellAct("agent", agent.id, "design", by: agent.builder, release.releasedAt.adding(days: -18))
        tellAct("agent", agent.id, "review", by: enterprise.team.reviewer, release.releasedAt.adding(days: -8))
        tellCard(agent, agent.firstUse.at(7), state: "active")
    }

    private mutating func tellCard(_ agent: AgentPost, _ at: Timestamp, state: String) {
        tell(
            "agent", at,
            [
                "id": agent.id, "state": state, "ownerId": agent.owner, "deputyId": agent.deputy, "authorId": agent.builder,
                "team": agent.role.department, "department": agent.role.department, "purpose": agent.role.purpose,
                "audience": "People of \(agent.role.department).", "limits": "Decides nothing about people.",
                "successMetric": "benefit of a case", "baseline": 0.5, "riskTier": agent.role.riskTier, "autonomy": agent.role.autonomy,
                "oversightRate": traffic.oversightRate, "userFacing": true, "intents": agent.role.intents,
            ])
    }

    /// What an owner does each quarter: confirm the agent and look at its dashboard.
    private mutating func tellOwner(_ agent: AgentPost, _ quarter: OrganizationYear.Quarter) {
        tellAct("agent", agent.id, "confirm", by: agent.owner, quarter.busyDay(10, 11), "keep")
        let opened = quarter.busyDay(13, 9)
        tellAct("dashboard", agent.id, "open", by: agent.owner, opened, nil, dataAt: opened.adding(seconds: -1_200))
    }

    /// Two agents that do nearly the same, found by a scan and decided.
    private mutating func tellOverlap(_ quarter: OrganizationYear.Quarter) {
        for type in ["overlap", "dependency_change"] {
            tell("scan", quarter.busyDay(1, 6), ["id": "\(type)-\(quarter.number + 1)", "type": type, "records": 40])
        }
        tellCase(
            "overlap", "overlap-case-\(quarter.number + 1)", enterprise.agents[0], opened: quarter.busyDay(1, 7),
            scan: "overlap-\(quarter.number + 1)", ownedBy: enterprise.team.registrar, answered: quarter.busyDay(7, 15),
            ["decidedBy": enterprise.team.reviewer, "decidedAt": quarter.busyDay(7, 15), "reason": "They serve different people."])
    }

    /// A case as it was opened, and as it was once it was answered.
    mutating func tellCase(
        _ type: String, _ id: String, _ agent: AgentPost, opened: Timestamp, scan: String? = nil, ownedBy owner: String,
        answered: Timestamp, _ answer: KeyValuePairs<String, (any EvidenceValue)?>
    ) {
        let start: [JSONValue.Member] =
            [
                ("id", id), ("type", type), ("agentId", agent.id), ("openedAt", opened.description), ("ownerId", owner),
            ].map { JSONValue.Member($0.0, .string($0.1)) } + (scan.map { [JSONValue.Member("scanId", .string($0))] } ?? [])
        guard opened < year.asOf else { return }
        agenda.tell(EvidenceLine("case", on: opened.midnight, [.init("at", opened.json)] + start))
        guard answered < year.asOf else { return }
        let more = answer.compactMap { key, value in value.map { JSONValue.Member(key, $0.json) } }
        agenda.tell(EvidenceLine("case", on: answered.midnight, [.init("at", answered.json)] + start + more))
    }
}
