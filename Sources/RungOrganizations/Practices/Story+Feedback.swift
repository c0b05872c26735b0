import RungText

/// Stage 3: people can say what they think, and somebody listens.
extension Story {
    /// Days of the busy month on which somebody answers, and whether they liked what they got.
    private static let answers = [(1, true), (4, false), (7, true), (13, false), (16, true)]

    mutating func tellFeedback() {
        for quarter in quarters(of: 3) {
            for agent in agents(at: quarter.busyDay(0)) {
                for (day, isHappy) in Self.answers { tellAnswer(agent, quarter.busyDay(day, 18), isHappy: isHappy || !isEventful) }
            }
        }
    }

    private mutating func tellAnswer(_ agent: AgentPost, _ at: Timestamp, isHappy: Bool) {
        guard let live = agent.release(at: at.midnight) else { return }
        let id = "answer-\(agent.id)-\(at.date)"
        tell(
            "feedback", at,
            [
                "id": id, "agentId": agent.id, "interactionId": TrafficPlan.id(agent, at, 0), "promptVersionId": live.version,
                "principalId": enterprise.users[agent.index % enterprise.users.count], "scale": "thumbs", "answer": isHappy ? 1 : 0,
            ])
        guard !isHappy else { return }
        tell(
            "triage", at.adding(seconds: 7_200),
            ["id": "triage-\(agent.id)-\(at.date)", "feedbackId": id, "principalId": enterprise.team.observer, "decision": "look into it"])
    }
}
