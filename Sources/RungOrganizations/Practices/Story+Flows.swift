import RungText

/// Stage 4: agents work together within finance; with stage 5 across departments, and with the systems of the business.
extension Story {
    private static let finance = "variance-to-cause"
    private static let orders = "order-to-cash"
    static let systems = [("ledger-erp", "erp"), ("customers-crm", "crm"), ("plans-fpa", "fpa"), ("works-ops", "ops")]

    mutating func tellFlows() {
        let begin = year.begin(of: 4)
        tell("contract", begin.at(8), ["id": "deviation@1", "members": Self.object("deviation.id", "string")])
        tellFlow(Self.finance, [0, 4], isComplex: false, begin)
        if plan.practises(5) {
            let begin = year.begin(of: 5)
            tell("contract", begin.at(8), ["id": "order@1", "members": Self.object("order.id", "string")])
            tellFlow(Self.orders, [3, 2, 1, 0], isComplex: true, begin)
            for (id, type) in Self.systems { tell("system", begin.at(8), ["id": id, "type": type]) }
        }
        for quarter in quarters(of: 4) {
            let isConnected = practises(5, at: quarter.busy)
            tellFlowTests(Self.finance, [0, 4], quarter)
            if isConnected { tellFlowTests(Self.orders, [3, 2, 1, 0], quarter) }
            for (number, day) in TrafficPlan.busyDays.enumerated() {
                for turn in 0..<6 { tellExecution(Self.finance, [0, 4], turn, quarter.busyDay(day, 9 + turn), isReasoned: isConnected) }
                if isConnected {
                    for turn in 0..<(number < 2 ? 3 : 2) {
                        tellExecution(Self.orders, [3, 2, 1, 0], turn, quarter.busyDay(day, 15 + turn), isReasoned: true)
                    }
                }
                tellToolCalls(quarter.busyDay(day, 8), isConnected: isConnected)
            }
        }
    }

    private static func object(_ key: String, _ value: String) -> JSONValue { .object([.init(key, .string(value))]) }

    private mutating func tellFlow(_ id: String, _ indices: [Int], isComplex: Bool, _ begin: Timestamp) {
        tell("flow", begin.at(8), ["id": id, "agents": indices.map { enterprise.agents[$0].id }, "complex": isComplex])
        tell("suite", begin.at(8), ["id": "suite-\(id)", "flowId": id])
    }

    /// The whole flow is replayed, with failures too, and one of its scenarios comes from this month's traffic.
    private mutating func tellFlowTests(_ flow: String, _ indices: [Int], _ quarter: OrganizationYear.Quarter) {
        for type in ["flow", "fault"] {
            tell(
                "run", quarter.busyDay(9, 12), time: "finishedAt",
                [
                    "id": "\(type)-\(flow)-\(quarter.number + 1)", "type": type, "suiteId": "suite-\(flow)", "passed": true, "trials": 4,
                    "repeated": 2,
                ])
        }
        let agent = enterprise.agents[indices[0]]
        tellScenario(
            "recorded-\(quarter.number + 1)", agent, suite: "suite-\(flow)", quarter.busyDay(8, 15), "Follow \(flow).",
            interaction: TrafficPlan.id(agent, quarter.busyDay(4), 0))
    }

    /// One execution: a step of each agent, and the hand-offs between them.
    private mutating func tellExecution(_ flow: String, _ indices: [Int], _ turn: Int, _ at: Timestamp, isReasoned: Bool) {
        let trace = "\(flow)-\(at.date)-\(turn + 1)"
        for (number, index) in indices.enumerated() {
            let agent = enterprise.agents[index]
            tell(
                "flowStep", at.adding(seconds: Int64(60 * number)),
                [
                    "traceId": trace, "spanId": "\(number + 1)", "parentId": number == 0 ? nil : "\(number)", "agentId": agent.id,
                    "flowId": flow, "input": "input/\(trace)/\(number + 1)",
                    "conclusion": isReasoned ? "conclusion/\(trace)/\(number + 1)" : nil,
                    "evidenceRef": isReasoned ? "evidence/\(trace)/\(number + 1)" : nil,
                ])
            guard number > 0, turn < 4 else { continue }
            let sender = enterprise.agents[indices[number - 1]]
            let isOrder = flow == Self.orders
            tell(
                "handoff", at.adding(seconds: Int64(60 * number - 5)),
                [
                    "id": "handoff-\(trace)-\(number)", "fromAgent": sender.id, "toAgent": agent.id,
                    "contractId": isOrder ? "order@1" : "deviation@1",
                    "message": Self.object(isOrder ? "order.id" : "deviation.id", "string"), "credential": sender.id,
                    "grant": isOrder ? "orders:read" : "deviations:read", "traceId": trace,
                ])
        }
    }

    /// Two dozen calls of tools on a day; of the core systems once they are declared.
    private mutating func tellToolCalls(_ at: Timestamp, isConnected: Bool) {
        let agents = agents(at: at).prefix(6)
        for number in 0..<22 {
            let agent = agents[number % agents.count]
            tell(
                "toolCall", at.adding(seconds: Int64(60 * number)),
                [
                    "id": "call-\(at.date)-\(number + 1)", "agentId": agent.id, "credential": agent.id, "tool": "lookup",
                    "systemId": isConnected ? Self.systems[number % 4].0 : nil, "effect": number % 8 < 4 ? "read" : "write",
                ])
        }
    }
}
