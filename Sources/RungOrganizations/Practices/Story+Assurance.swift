import RungText

/// Stage 5: assurance never stops, others can repeat the assessment, and what was foreseen is held against what came.
extension Story {
    mutating func tellAssurance() {
        for quarter in quarters(of: 5) {
            for agent in agents(at: quarter.busyDay(0)) {
                let at = quarter.busyDay(10, 8)
                guard let live = agent.release(at: at) else { continue }
                tellRun("canary", agent, live, at, suite: nil, trials: 5)
                tellRun("halt_drill", agent, live, at, suite: nil, trials: 1, seconds: 20)
            }
            tellAct(
                "assessment", Self.assessment(of: quarter), "recompute", by: enterprise.auditor, quarter.busyDay(19, 11), nil,
                digest: Self.assessmentDigest(of: quarter))
        }
    }

    mutating func tellForesight() {
        for quarter in quarters(of: 5) {
            for number in 0..<32 {
                let id = "prediction-\(quarter.number + 1)-\(number + 1)"
                let at = quarter.day(14, 12)
                let line = EvidenceLine(
                    "prediction", on: at.midnight,
                    [
                        .init("id", .string(id)), .init("agentId", .string(enterprise.agents[number % 6].id)),
                        .init("type", .string(["simulation", "forecast", "confidence"][number % 3])),
                        .init("dueAt", quarter.busyDay(19, 0).json), .init("low", .int(1)), .init("high", .int(2)),
                    ])
                agenda.tell(line)
                // One in sixteen comes out otherwise.
                tell("outcome", quarter.busyDay(16, 13), ["id": "came-\(id)", "predictionId": id, "value": number % 16 == 15 ? 2.5 : 1.5])
            }
            tellCapacity(quarter)
        }
    }

    /// Finance attests output and staff; sales has not grown.
    private mutating func tellCapacity(_ quarter: OrganizationYear.Quarter) {
        for department in Enterprise.departments {
            for (start, outcomes) in [(year.quarters[0].start, 1_000.0), (quarter.start, department == "sales" ? 990.0 : 1_400.0)] {
                let line = EvidenceLine(
                    "capacity", on: quarter.day(14),
                    [
                        .init("department", .string(department)), .init("periodStart", start.json), .init("outcomes", .double(outcomes)),
                        .init("staff", .int(20)), .init("principalId", .string(enterprise.users[0])),
                    ])
                agenda.tell(line)
            }
        }
    }
}
