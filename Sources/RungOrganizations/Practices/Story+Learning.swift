import RungText

/// Stage 4: what goes wrong or is missing is found by rule, and leads to something.
extension Story {
    private static let scans = [
        "unmet_intent", "override_cluster", "feedback_cluster", "prompt_failure", "deviation", "conflict", "recalibration",
    ]

    mutating func tellLearning() {
        tellContexts()
        tellThresholds()
        for quarter in quarters(of: 4) {
            for (number, at) in [quarter.day(9, 6), quarter.busyDay(1, 6)].enumerated() {
                for type in Self.scans { tell("scan", at, ["id": Self.scan(type, quarter, number), "type": type, "records": 60]) }
            }
            for number in 0..<3 { tellUnmetIntent(number, quarter) }
            if isEventful { tellClusters(quarter) }
            tellReviews(quarter)
        }
    }

    private static func scan(_ type: String, _ quarter: OrganizationYear.Quarter, _ number: Int = 0) -> String {
        "\(type)-\(quarter.number + 1)-\(number + 1)"
    }

    // MARK: - Cases

    private mutating func tellClusters(_ quarter: OrganizationYear.Quarter) {
        // Agents by role; those whose change comes from such a case are named first.
        for (number, index) in [0, 0, 1, 1, 2].enumerated() { tellCluster("prompt_failure", number, index, ledBy: [0, 1, 2], quarter) }
        for (number, index) in [3, 3, 2, 0, 1].enumerated() { tellCluster("override_cluster", number, index, ledBy: [3], quarter) }
        for (number, index) in [4, 4, 3, 2, 0].enumerated() { tellCluster("feedback_cluster", number, index, ledBy: [4], quarter) }
        for number in 0..<5 { tellDeviation(number, quarter) }
        if practises(5, at: quarter.busy) { for number in 0..<10 { tellConflict(number, quarter) } }
    }

    /// A cluster that leads to the agent's change of the quarter, or to a decision, and to a scenario that guards against it.
    private mutating func tellCluster(
        _ type: String, _ number: Int, _ index: Int, ledBy leading: Set<Int>, _ quarter: OrganizationYear.Quarter
    ) {
        let agent = enterprise.agents[index]
        let id = "\(type)-case-\(quarter.number + 1)-\(number + 1)"
        let change = agent.releases.first { $0.quarter.number == quarter.number && $0.number > 1 }?.changeID
        let decided = quarter.day(14, 15)
        tellCase(
            type, id, agent, opened: quarter.day(9, 7), scan: Self.scan(type, quarter), ownedBy: agent.owner, answered: decided,
            [
                "changeId": leading.contains(index) ? change : nil, "decidedAt": decided, "decidedBy": enterprise.team.reviewer,
                "reason": "The prompt says it now.",
            ])
        guard type != "feedback_cluster" else { return }
        tellScenario("after-\(id)", agent, quarter.day(21, 15), "What if \(type) \(number + 1) comes back?", of: id)
    }

    /// The variance agent finds it, the root-cause agent its cause, and a new plan follows.
    private mutating func tellDeviation(_ number: Int, _ quarter: OrganizationYear.Quarter) {
        tellCase(
            "deviation", "deviation-case-\(quarter.number + 1)-\(number + 1)", enterprise.agents[0], opened: quarter.day(9, 7),
            scan: Self.scan("deviation", quarter), ownedBy: enterprise.agents[0].owner, answered: quarter.day(14, 16),
            ["causeAt": quarter.day(12, 9), "planAt": quarter.day(14, 9)])
    }

    /// An agent that does not know what to do asks, or two disagree; a rule or a person settles it.
    private mutating func tellConflict(_ number: Int, _ quarter: OrganizationYear.Quarter) {
        let type = number < 5 ? "escalation" : "conflict"
        let decided = quarter.day(14, 17)
        tellCase(
            type, "\(type)-case-\(quarter.number + 1)-\(number + 1)", enterprise.agents[number % 6], opened: quarter.day(9, 8),
            scan: type == "conflict" ? Self.scan("conflict", quarter) : nil, ownedBy: enterprise.team.observer, answered: decided,
            [
                "decidedAt": decided, "decidedBy": number % 2 == 0 ? Enterprise.ruler : enterprise.team.observer,
                "reason": "The stricter limit holds.",
            ])
    }

    /// What users ask for and no agent does becomes an idea.
    private mutating func tellUnmetIntent(_ number: Int, _ quarter: OrganizationYear.Quarter) {
        let idea = "mined-\(quarter.number + 1)-\(number + 1)"
        let scan = Self.scan("unmet_intent", quarter)
        tell(
            "idea", quarter.day(9, 8), time: "openedAt",
            [
                "id": idea, "proposerId": Enterprise.ruler, "problem": "Users ask for it and nobody answers.",
                "expectedBenefit": "Fewer calls end without an answer.", "scanId": scan,
            ])
        tell("ideaDecision", quarter.day(14, 11), ["ideaId": idea, "decidedBy": enterprise.team.registrar, "decision": "try"])
        tellCase(
            "unmet_intent", "unmet-case-\(quarter.number + 1)-\(number + 1)", enterprise.agents[number], opened: quarter.day(9, 7),
            scan: scan, ownedBy: enterprise.team.registrar, answered: quarter.day(14, 12), ["ideaId": idea])
    }

    // MARK: - What agents know, and how they are steered

    /// What an agent of a department is given of the organization.
    static func context(of agent: AgentPost) -> String { "context-\(agent.role.department)" }

    private mutating func tellContexts() {
        for department in Enterprise.departments {
            guard let agent = enterprise.agents.first(where: { $0.role.department == department }) else { continue }
            let id = Self.context(of: agent)
            tell(
                "contextVersion", year.contextBegins.at(8),
                ["id": id, "authorId": agent.builder, "contentDigest": AgentPost.version(of: id)])
            tellAct("context", id, "approval", by: enterprise.team.reviewer, year.contextBegins.at(9))
        }
    }

    /// Two thresholds that a rule moves within a fence, three times a quarter; the last time so that its effect can be measured.
    private mutating func tellThresholds() {
        let begin = year.begin(of: 4)
        for agent in enterprise.agents.prefix(2) {
            let id = "threshold-\(agent.id)"
            tell("threshold", begin.at(9), ["id": id, "agentId": agent.id, "value": 0.5, "targetMetric": "corrected_share"])
            tell(
                "envelope", begin.at(10),
                [
                    "id": "fence-\(agent.id)", "thresholdId": id, "low": 0.25, "high": 0.95, "authorId": enterprise.team.observer,
                    "approverId": enterprise.team.releaser,
                ])
            var value = 0.5
            for quarter in quarters(of: 4) {
                for at in [quarter.day(21, 5), quarter.day(42, 5), quarter.busyDay(15, 5)] {
                    value += 0.05
                    tell(
                        "thresholdChange", at,
                        [
                            "id": "move-\(agent.id)-\(at.date)", "thresholdId": id, "principalId": Enterprise.ruler, "afterValue": value,
                            "reversalRef": "runbook/\(id)",
                        ])
                }
            }
        }
    }

    /// The quarterly review: somebody of the core team decides what becomes of each agent.
    private mutating func tellReviews(_ quarter: OrganizationYear.Quarter) {
        for agent in agents(at: quarter.busyDay(0)) {
            tellAct("agent", agent.id, "decision", by: enterprise.team.releaser, quarter.busyDay(16, 16), "keep")
        }
    }
}
