import RungText

/// Stage 3: what the organization promises itself, and who answers for it.
extension Story {
    mutating func tellPolicies() {
        let begin = year.begin(of: 3)
        let team = enterprise.team
        for (duty, primary, deputy) in [
            ("registry", team.registrar, team.reviewer), ("prompt_review", team.reviewer, team.registrar),
            ("release", team.releaser, team.reviewer), ("observability", team.observer, team.registrar),
            ("incident", team.observer, team.releaser), ("assessment", team.reviewer, team.releaser),
        ] {
            tell("duty", begin.at(8), ["duty": duty, "primaryId": primary, "deputyId": deputy])
        }
        tell(
            "policy", begin.at(8),
            [
                "id": "agent-policy", "authorId": team.registrar, "caseDays": 10, "changeDays": 20, "ideaDays": 21, "marginLimit": 0.05,
                "outcomeDays": 60, "scenarioDays": 14, "spanLimit": 2.5, "triageDays": 5,
                "text": "Nobody releases alone. What an agent does is recorded, looked at and answered for.",
            ])
        tellAct("policy", "agent-policy", "approval", by: team.reviewer, begin.at(9), second: team.releaser)
        for quarter in quarters(of: 3) {
            tellWaiver(quarter)
            tellAssessment(quarter)
            tellDuties(quarter)
        }
    }

    /// One exception a quarter, granted by somebody else and closed before it runs out.
    private mutating func tellWaiver(_ quarter: OrganizationYear.Quarter) {
        let id = "waiver-\(quarter.number + 1)"
        let granted = quarter.busyDay(4, 10)
        tell(
            "waiver", granted, time: "grantedAt",
            [
                "id": id, "requestedBy": enterprise.agents[0].builder, "approverId": enterprise.team.reviewer,
                "reason": "The vendor changes its interface.", "scope": "TST-302", "expiresAt": granted.adding(days: 60),
            ])
        tell("waiverEnd", granted.adding(days: 45), ["waiverId": id, "principalId": enterprise.agents[0].builder])
    }

    /// The organization looks at itself, and two people sign.
    private mutating func tellAssessment(_ quarter: OrganizationYear.Quarter) {
        let id = Self.assessment(of: quarter)
        tell(
            "assessment", quarter.busyDay(16, 9),
            ["id": id, "authorId": enterprise.team.registrar, "digest": Self.assessmentDigest(of: quarter)])
        tellAct(
            "assessment", id, "approval", by: enterprise.team.reviewer, quarter.busyDay(16, 15), second: enterprise.team.releaser,
            digest: Self.assessmentDigest(of: quarter))
    }

    static func assessment(of quarter: OrganizationYear.Quarter) -> String { "assessment-\(quarter.number + 1)" }

    static func assessmentDigest(of quarter: OrganizationYear.Quarter) -> String {
        AgentPost.version(of: "result of \(assessment(of: quarter))")
    }

    /// What those on duty do each quarter, whatever happens.
    private mutating func tellDuties(_ quarter: OrganizationYear.Quarter) {
        let team = enterprise.team
        let at = quarter.busyDay(10, 14)
        guard let agent = agents(at: at).first, let live = agent.release(at: at) else { return }
        tellAct("agent", agent.id, "confirm", by: team.registrar, at, "keep")
        tellAct("prompt_version", live.version, "review", by: team.reviewer, at)
        tellAct("release", live.id, "approval", by: team.releaser, at)
        tellAct("dashboard", agent.id, "open", by: team.observer, at, nil, dataAt: at.adding(seconds: -600))
        // An alert drill of this agent ran the day before.
        tellAct("agent", agent.id, "review", by: team.observer, at)
    }
}
