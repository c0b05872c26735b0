import RungText

/// Stage 3: a suite for each agent that runs every month, drills, attacks, and probes whether agents contradict each other.
extension Story {
    mutating func tellTests() {
        let begin = year.begin(of: 3)
        for agent in enterprise.agents {
            let at = max(begin, agent.firstUse.adding(days: -12)).at(12)
            tell("suite", at, ["id": Self.suite(of: agent), "agentId": agent.id])
            tell(
                "trafficIntent", max(begin, agent.firstUse.adding(days: 1)).at(12), ["agentId": agent.id, "intent": agent.role.intents[0]])
            for number in 0..<2 {
                tellScenario("written-\(number + 1)", agent, at, "What about \(agent.role.intents[number])?")
            }
        }
        for quarter in quarters(of: 3) {
            for agent in agents(at: quarter.busyDay(0)) {
                tellMonth(agent, quarter)
                tellRecordedScenarios(agent, quarter)
            }
            tellProbes(quarter)
            if isEventful, plan.stage != 4 { tellIncident(quarter) }
            if isEventful, practises(5, at: quarter.busy) { tellDependencyChange(quarter) }
        }
    }

    /// The month's regression run and the quarter's drills. At first not every agent has its stop, rollback and disclosure tried.
    private mutating func tellMonth(_ agent: AgentPost, _ quarter: OrganizationYear.Quarter) {
        let at = quarter.busyDay(9, 10)
        guard let live = agent.release(at: at) else { return }
        tellRun("regression", agent, live, quarter.busyDay(4, 5), suite: Self.suite(of: agent))
        tellRun("adversarial", agent, live, at, suite: nil, trials: 12)
        tellRun("alert_drill", agent, live, at, suite: nil, trials: 1)
        guard agent.index % 6 < 4 || practises(4, at: at) else { return }
        tellRun("disclosure", agent, live, at, suite: nil, trials: 3)
        tellRun("stop_drill", agent, live, at, suite: nil, trials: 1, seconds: 40)
        tellRun("rollback_drill", agent, live, at, suite: nil, trials: 1)
    }

    /// Scenarios from production traffic: of one suite at first, of all with stage 4.
    private mutating func tellRecordedScenarios(_ agent: AgentPost, _ quarter: OrganizationYear.Quarter) {
        guard agent.index == 0 || practises(4, at: quarter.busy) else { return }
        for day in [1, 4, 7] {
            tellScenario(
                "recorded-\(quarter.number + 1)-\(day)", agent, quarter.busyDay(8, 15), "Asked on day \(day): \(agent.role.intents[1])?",
                interaction: TrafficPlan.id(agent, quarter.busyDay(day), 0))
        }
    }

    /// A scenario of an agent's own suite, or of that of a flow.
    mutating func tellScenario(
        _ id: String, _ agent: AgentPost, suite: String? = nil, _ at: Timestamp, _ text: String, interaction: String? = nil,
        of aCase: String? = nil
    ) {
        let suite = suite ?? Self.suite(of: agent)
        tell(
            "scenario", at, time: "recordedAt",
            [
                "id": id, "suiteId": suite, "agentId": agent.id,
                "text": "\(text) I am \(Self.words(suite + id)), and it is \(Self.seasons[year.quarter(of: at).number]).",
                "interactionId": interaction, "caseId": aCase,
            ])
    }

    private static let seasons = ["autumn", "winter", "spring", "summer"]
    private static let digits = ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

    /// Numbers in words, because texts that differ in numbers alone count as one.
    private static func words(_ id: String) -> String {
        id.reduce(into: "") { words, letter in words += letter.wholeNumberValue.map { " \(digits[$0]) " } ?? String(letter) }
    }

    /// Two dozen questions of policy, each put to two agents; before stage 4 one in eight is answered differently.
    private mutating func tellProbes(_ quarter: OrganizationYear.Quarter) {
        for number in 0..<24 {
            let agrees = !isEventful || practises(4, at: quarter.busy) || number % 8 != 0
            tell(
                "run", quarter.busyDay(7 + 3 * (number / 8), 8 + number % 8), time: "finishedAt",
                ["id": "probe-\(quarter.number + 1)-\(number + 1)", "type": "policy_probe", "passed": agrees, "trials": 2])
        }
    }

    private mutating func tellIncident(_ quarter: OrganizationYear.Quarter) {
        let id = "incident-\(quarter.number + 1)"
        let decided = quarter.busyDay(7, 15)
        tellCase(
            "incident", id, enterprise.agents[0], opened: quarter.busyDay(1, 16), ownedBy: enterprise.team.observer, answered: decided,
            [
                "severity": "high", "causeAt": quarter.busyDay(4, 15), "decidedAt": decided, "decidedBy": enterprise.team.observer,
                "reason": "A limit was set too high; it is lower now.",
            ])
        if practises(4, at: quarter.busy) {
            tellScenario("after-\(id)", enterprise.agents[0], quarter.busyDay(8, 16), "What if the limit is exceeded?", of: id)
        }
    }

    /// A model has changed, and the month's run comes after it.
    private mutating func tellDependencyChange(_ quarter: OrganizationYear.Quarter) {
        tellCase(
            "dependency_change", "dependency-\(quarter.number + 1)", enterprise.agents[1], opened: quarter.busyDay(1, 8),
            scan: "dependency_change-\(quarter.number + 1)", ownedBy: enterprise.team.observer, answered: quarter.busyDay(7, 10),
            ["decidedBy": enterprise.team.observer, "decidedAt": quarter.busyDay(7, 10), "reason": "The suite passes on the new model."])
    }
}
