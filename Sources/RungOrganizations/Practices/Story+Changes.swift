import RungText

/// Stage 3: PromptOps as a process; with stage 4, changes come from what was learned, and are compared.
extension Story {
    /// Days from the request to the release.
    private static let changeDays = 12

    mutating func tellChanges() {
        for agent in enterprise.agents {
            for release in agent.releases where release.releasedAt < year.asOf {
                tellChange(release, of: agent)
                if release.number > 1, practises(4, at: release.releasedAt) { tellComparisons(release, of: agent) }
            }
        }
        for quarter in quarters(of: 3) { tellRefusal(quarter) }
    }

    private mutating func tellChange(_ release: AgentPost.Release, of agent: AgentPost) {
        tell(
            "change", release.releasedAt.adding(days: -Self.changeDays).at(10), time: "openedAt",
            [
                "id": release.changeID, "agentId": agent.id, "ownerId": agent.owner, "summary": "Next revision of the prompt.",
                "checkId": ledByBreach(release, of: agent) ? Self.breach(agent, release.quarter) : nil,
            ])
    }

    /// The change of the sixth agent comes from what a monitor found.
    private func ledByBreach(_ release: AgentPost.Release, of agent: AgentPost) -> Bool {
        isEventful && agent.index == 5 && release.number > 1 && practises(4, at: release.releasedAt)
    }

    /// The check of a monitor that found something early in a quarter.
    static func breach(_ agent: AgentPost, _ quarter: OrganizationYear.Quarter) -> String { "breach-\(agent.id)-\(quarter.number + 1)" }

    private mutating func tellRefusal(_ quarter: OrganizationYear.Quarter) {
        let id = "change-refused-\(quarter.number + 1)"
        let agent = enterprise.agents[1]
        tell(
            "change", quarter.day(14, 11), time: "openedAt",
            ["id": id, "agentId": agent.id, "ownerId": agent.owner, "summary": "Let it promise delivery dates."])
        tell(
            "changeEnd", quarter.day(21, 11),
            ["changeId": id, "result": "refused", "reason": "It cannot know them.", "principalId": enterprise.team.reviewer])
    }

    /// Against the version that is replaced: on recorded cases before, in production after.
    private mutating func tellComparisons(_ release: AgentPost.Release, of agent: AgentPost) {
        let old = agent.releases[release.number - 2]
        for (phase, settled, first, last) in [("before", -10, -7, -3), ("after", 1, 4, 18)] {
            let id = "comparison-\(phase)-\(release.id)"
            tellPreregistration(of: id, by: agent.builder, release.releasedAt.adding(days: settled))
            let finished = release.releasedAt.adding(days: last).at(16)
            tell(
                "comparison", finished, time: "finishedAt",
                [
                    "id": id, "agentId": agent.id, "phase": phase, "promptVersionId": release.version, "configDigest": agent.configDigest,
                    "baselineVersionId": old.version, "baselineConfigDigest": agent.configDigest,
                    "differences": [0.10, 0.20, 0.15, 0.12, 0.18, 0.14], "startedAt": release.releasedAt.adding(days: first).at(9),
                ])
        }
    }

    private mutating func tellPreregistration(of comparison: String, by who: String, _ at: Timestamp) {
        guard at < year.asOf else { return }
        agenda.tell(
            EvidenceLine(
                "preregistration", on: at,
                [
                    .init("comparisonId", .string(comparison)), .init("margin", .double(0.05)), .init("size", .int(6)),
                    .init("principalId", .string(who)),
                ]))
    }
}
