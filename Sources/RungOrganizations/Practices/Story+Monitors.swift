import RungText

/// Stage 4: monitors watch what comes in and what prompts achieve.
extension Story {
    mutating func tellMonitors() {
        for quarter in quarters(of: 4) {
            let days =
                [7, 21, 35, 49].map { quarter.day($0, 5) } + [1, 7, 13, 19, 25].map { quarter.busyDay($0, 5) }
            for at in days { for agent in agents(at: at) { tellChecks(agent, at) } }
            guard isEventful else { continue }
            if let agent = enterprise.agents.first(where: { $0.index == 5 && $0.firstUse < quarter.start }) {
                tellBreach(Self.breach(agent, quarter), agent, "efficacy", quarter.day(9, 5))
            }
            tellBreach("inputs-\(quarter.number + 1)", enterprise.agents[0], "data", quarter.busyDay(10, 5))
        }
    }

    private mutating func tellChecks(_ agent: AgentPost, _ at: Timestamp) {
        for type in ["data", "efficacy"] { tellCheck("\(type)-\(agent.id)-\(at.date)", agent, type, at, 0.2) }
    }

    private mutating func tellCheck(_ id: String, _ agent: AgentPost, _ type: String, _ at: Timestamp, _ statistic: Double) {
        tell(
            "driftCheck", at,
            [
                "id": id, "agentId": agent.id, "type": type, "promptVersionId": type == "efficacy" ? agent.release(at: at)?.version : nil,
                "n": 40, "statistic": statistic, "upperLimit": 1,
            ])
    }

    /// Something drifts, and a person looks at it two days later.
    private mutating func tellBreach(_ id: String, _ agent: AgentPost, _ type: String, _ at: Timestamp) {
        tellCheck(id, agent, type, at, 1.5)
        tell("driftTriage", at.adding(days: 2), ["checkId": id, "principalId": enterprise.team.observer, "finding": "A new form came in."])
    }

    /// Scores on outcomes for every agent; the benefit of two, and of all once decisions are measured.
    mutating func tellScores() {
        for quarter in quarters(of: 4) {
            let at = quarter.busyDay(29, 20)
            for agent in agents(at: quarter.busyDay(0)) {
                let bases = agent.index < 2 || practises(5, at: quarter.busy) ? ["outcome", "benefit"] : ["outcome"]
                for basis in bases {
                    tell(
                        "score", at,
                        ["id": "\(basis)-\(agent.id)-\(at.date)", "agentId": agent.id, "startedAt": quarter.busyDay(0, 0), "basis": basis])
                }
            }
        }
    }
}
