import RungText

/// Stage 4: decisions carry their reasons; with stage 5 in all departments and six verbs, for plans and strategy too.
extension Story {
    private static let verbs = ["execute", "escalate", "explain", "simulate", "justify", "learn"]

    /// One decision before it is told.
    private struct Decision {
        var id: String
        var agent: AgentPost
        var verb: String
        var scope = "operational"
        var startedBy = "event"
        var askedFor = "decision"
    }

    mutating func tellDecisions() {
        tell(
            "businessRule", year.begin(of: 4).at(8),
            [
                "id": "approval-limit", "version": "1",
                "conditions": [JSONValue.object(["input": .string("amount"), "is": .string("atMost"), "value": .int(100)])],
            ])
        for quarter in quarters(of: 4) {
            let isConnected = practises(5, at: quarter.busy)
            for day in TrafficPlan.busyDays {
                if isConnected { tellConnected(quarter.busyDay(day, 10)) } else { tellSimple(quarter.busyDay(day, 10)) }
            }
            if isConnected {
                for number in 0..<12 { tellPlanned(number, quarter, scope: "planning") }
                for number in 0..<14 { tellPlanned(number, quarter, scope: "strategic") }
            }
        }
    }

    /// Six a day by the two agents that may act, each with what became of it.
    private mutating func tellSimple(_ at: Timestamp) {
        for number in 0..<6 {
            let agent = enterprise.agents[number % 2 * 2]
            let decision = Decision(id: "decision-\(at.date)-\(number + 1)", agent: agent, verb: "execute")
            tellDecision(decision, at.adding(seconds: Int64(300 * number)), hasInputs: false)
            tellOutcome(of: decision, at.at(17), value: nil)
        }
    }

    /// Fifty-four a day by all agents in all six verbs; what three in eight achieve is measured within the day.
    private mutating func tellConnected(_ at: Timestamp) {
        for number in 0..<54 {
            let decision = Decision(
                id: "decision-\(at.date)-\(number + 1)", agent: enterprise.agents[number % 6], verb: Self.verbs[(number / 6) % 6])
            tellDecision(decision, at.adding(seconds: Int64(300 * number)), hasInputs: true)
            if number / 6 % 2 == 0 { tellOutcome(of: decision, at.at(17), value: 0.6 + 0.05 * Double(number % 5)) }
        }
    }

    /// A person asks in a conversation, and answers to what comes back.
    private mutating func tellPlanned(_ number: Int, _ quarter: OrganizationYear.Quarter, scope: String) {
        let isPlan = scope == "planning"
        let at = quarter.busyDay(TrafficPlan.busyDays[number % 4], 14).adding(seconds: Int64(600 * number))
        let decision = Decision(
            id: "\(scope)-\(quarter.number + 1)-\(number + 1)", agent: enterprise.agents[number % 6], verb: isPlan ? "simulate" : "explain",
            scope: scope, startedBy: "conversation", askedFor: isPlan ? "simulation" : "recommendation")
        tellDecision(decision, at, hasInputs: true)
        tell(
            "decisionResponse", at.at(19),
            [
                "decisionId": decision.id, "principalId": enterprise.users[number % enterprise.users.count],
                "response": number % 4 == 3 ? "changed" : "accepted",
            ])
        tellOutcome(of: decision, at.at(20), value: nil)
    }

    private mutating func tellDecision(_ decision: Decision, _ at: Timestamp, hasInputs: Bool) {
        let agent = decision.agent
        guard let live = agent.release(at: at) else { return }
        tell(
            "decision", at,
            [
                "id": decision.id, "agentId": agent.id, "verb": decision.verb, "scope": decision.scope, "startedBy": decision.startedBy,
                "askedFor": decision.askedFor, "confidence": 0.9, "promptVersionId": live.version, "configDigest": agent.configDigest,
                "evidenceRef": "evidence/\(decision.id)", "inputsRef": "inputs/\(decision.id)", "principalId": agent.owner,
                "inputs": hasInputs ? JSONValue.object(["amount": .double(12.5)]) : nil, "ruleId": "approval-limit", "ruleVersion": "1",
            ])
    }

    private mutating func tellOutcome(of decision: Decision, _ at: Timestamp, value: Double?) {
        tell(
            "outcome", at,
            [
                "id": "came-\(decision.id)", "decisionId": decision.id, "principalId": enterprise.users[0], "ref": "erp/\(decision.id)",
                "value": value,
            ])
    }
}
