import RungText

/// Stage 2 and no further: what can be seen of a zoo.
extension Story {
    /// Prompts that builders keep, releases that nobody approved, two agents in a list of a team of which the owner has left, an
    /// overlap that nobody decides, and a question that two agents answer differently.
    mutating func tellZoo() {
        let quarter = year.quarters[3]
        let agents = enterprise.agents
        for agent in agents.prefix(agents.count * 2 / 3) { tellWildPrompt(agent, year.first.at(8)) }
        for agent in agents.prefix(2) {
            tell(
                "agent", quarter.day(7, 9),
                ["id": agent.id, "state": "active", "ownerId": enterprise.leaver.id, "department": agent.role.department])
            tell(
                "release", quarter.day(14, 9), time: "releasedAt",
                [
                    "id": "wild-\(agent.id)", "agentId": agent.id, "promptVersionId": agent.wildVersion, "configDigest": agent.configDigest,
                    "requestedBy": agent.builder,
                ])
        }
        tell(
            "case", quarter.day(21, 10),
            ["id": "overlap-1", "type": "overlap", "agentId": agents[0].id, "openedAt": quarter.day(21, 10)])
        for number in 0..<3 {
            tell(
                "run", quarter.busyDay(7, 10 + number), time: "finishedAt",
                ["id": "probe-\(number + 1)", "type": "policy_probe", "passed": number == 0, "trials": 2])
        }
    }

    /// The text behind a wild agent, without a word on who wrote it and why.
    mutating func tellWildPrompt(_ agent: AgentPost, _ at: Timestamp) {
        tell("promptVersion", at, ["promptId": "notes-of-\(agent.builder)-\(agent.id)", "text": agent.wildText])
    }
}
