import RungText

/// What all calls of an agent on one day have in common, written once for each outcome.
struct CallForms {
    /// The beginning of the identifiers.
    let prefix: [UInt8]
    private var forms: [Outcome: [UInt8]] = [:]

    enum Outcome: String, CaseIterable {
        case accepted
        case corrected
        case failed
    }

    init(_ agent: AgentPost, on day: Timestamp, _ plan: OrganizationPlan, _ year: OrganizationYear) {
        prefix = Array("\(agent.id)-\(day.date)-".utf8)
        for outcome in Outcome.allCases {
            let told = plan.variation.lines(
                EvidenceLine("interaction", on: day, Self.members(agent, outcome, on: day, plan, year)))
            guard let line = told.first else { continue }
            var json = JSONText()
            line.open(&json)
            forms[outcome] = json.bytes
        }
    }

    /// A line without its end; nil when nothing is told.
    subscript(outcome: Outcome) -> [UInt8]? { forms[outcome] }

    private static func members(
        _ agent: AgentPost, _ outcome: Outcome, on day: Timestamp, _ plan: OrganizationPlan, _ year: OrganizationYear
    ) -> [JSONValue.Member] {
        func practises(_ stage: Int) -> Bool { plan.practises(stage) && year.begin(of: stage) <= day }
        var members: [(String, (any EvidenceValue)?)] = [("agentId", agent.id), ("environment", "production")]
        switch outcome {
        case .accepted: members += [("outcome", "accepted")]
        case .corrected: members += [("outcome", "corrected")]
        case .failed: members += [("outcome", "failed"), ("failureReason", "timeout")]
        }
        if let release = agent.release(at: day.at(8)) {
            members += [
                ("promptVersionId", release.version), ("configDigest", agent.configDigest), ("modelId", "model-3"), ("cost", 0.02),
                ("traceId", "trace/\(agent.id)/\(day.date)"), ("feedbackOffered", practises(4) || agent.index % 2 == 0),
            ]
        } else {
            members += [("promptVersionId", agent.wildVersion)]
        }
        if plan.practises(4), year.contextBegins < day {
            members += [("contextVersionId", Story.context(of: agent)), ("memoryRef", "memory/\(agent.id)")]
        }
        if practises(5) { members += [("explanationRef", "explanation/\(agent.id)/\(day.date)")] }
        return members.compactMap { key, value in value.map { JSONValue.Member(key, $0.json) } }
    }
}
