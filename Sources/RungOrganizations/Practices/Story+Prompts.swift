import RungText

/// Stage 3: prompts come from templates, are reviewed, tested and approved, and then released.
extension Story {
    static let template = "template-answer"

    mutating func tellPrompts() {
        let begin = year.begin(of: 3)
        for agent in enterprise.agents where agent.role.quarter == 0 { tellWildPrompt(agent, year.first.at(8)) }
        tell(
            "template", begin.at(11),
            ["id": Self.template, "authorId": enterprise.agents[0].builder, "text": "You are {name}. {purpose} Name the record."])
        tellAct("template", Self.template, "approval", by: enterprise.team.reviewer, begin.adding(days: 1).at(11))
        for agent in enterprise.agents {
            for release in agent.releases where release.releasedAt < year.asOf { tellRelease(release, of: agent) }
        }
    }

    private mutating func tellRelease(_ release: AgentPost.Release, of agent: AgentPost) {
        let at = release.releasedAt
        let parent = release.number > 1 ? agent.releases[release.number - 2].version : nil
        tell(
            "promptVersion", at.adding(days: -10).at(10),
            [
                "promptId": agent.id, "text": release.text, "authorId": agent.builder, "reason": "Quarterly revision.", "parentId": parent,
                "templateId": Self.template,
            ])
        tellAct("prompt_version", release.version, "review", by: enterprise.team.reviewer, at.adding(days: -9).at(10))
        tellRun("lint", agent, release, at.adding(days: -8).at(10), suite: nil)
        tellRun("regression", agent, release, at.adding(days: -8).at(11), suite: Self.suite(of: agent))
        tellAct("release", release.id, "approval", by: enterprise.team.releaser, at.adding(seconds: -3_600))
        tell(
            "release", at, time: "releasedAt",
            [
                "id": release.id, "agentId": agent.id, "promptVersionId": release.version, "configDigest": agent.configDigest,
                "requestedBy": agent.builder, "changeId": release.changeID,
            ])
    }

    static func suite(of agent: AgentPost) -> String { "suite-\(agent.id)" }

    /// A run or drill of an agent with a version of its prompt.
    mutating func tellRun(
        _ type: String, _ agent: AgentPost, _ release: AgentPost.Release, _ at: Timestamp, suite: String?, trials: Int = 8,
        isPassed: Bool = true, seconds: Double? = nil
    ) {
        let repeats = suite != nil && practises(4, at: at) ? 4 : nil
        tell(
            "run", at, time: "finishedAt",
            [
                "id": "\(type)-\(agent.id)-\(release.number)-\(at)", "type": type, "suiteId": suite, "agentId": agent.id,
                "promptVersionId": release.version, "configDigest": agent.configDigest, "passed": isPassed, "trials": trials,
                "intents": suite == nil ? nil : agent.role.intents, "repeated": repeats, "seconds": seconds,
            ])
    }
}
