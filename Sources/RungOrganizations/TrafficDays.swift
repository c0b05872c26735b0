import RungText

/// The traffic of one day after the other, with what people did about it: corrections, reviews, measured values.
///
/// Memory holds one day.
struct TrafficDays {
    private let plan: OrganizationPlan
    private let year: OrganizationYear
    private let enterprise: Enterprise
    private let traffic: TrafficPlan
    private var draws: SeededDraws
    /// Calls so far, by agent: they tell which one is corrected, which one looked at.
    private var counts: [Int]

    init(_ story: Story) {
        plan = story.plan
        year = story.year
        enterprise = story.enterprise
        traffic = story.traffic
        draws = SeededDraws(story.plan.seed, "calls")
        counts = Array(repeating: 0, count: story.plan.agents)
    }

    /// Adds what happened on a day; returns the number of production calls.
    mutating func tell(_ day: Timestamp, into pages: inout DayPages) -> Int {
        var calls = 0
        for agent in enterprise.agents {
            let count = traffic.calls(of: agent, on: day)
            guard count > 0 else { continue }
            calls += count
            tellCount(agent, "production", day, count, into: &pages)
            if plan.practises(2) { tellCalls(of: agent, on: day, count, into: &pages) }
        }
        if plan.practises(2) { tellPilots(day, into: &pages) }
        return calls
    }

    /// What the gateway counted; it decides about every attempt with stage 5.
    private func tellCount(_ agent: AgentPost, _ environment: String, _ day: Timestamp, _ count: Int, into pages: inout DayPages) {
        let isAdmitted = plan.practises(5) && year.begin(of: 5) <= day
        tell(
            "usageCount", day, time: "day",
            [
                "agentId": agent.id, "environment": environment, "counted": count, "countedBy": "gateway", "attempts": 2 * count,
                "admissionChecked": isAdmitted ? 2 * count : nil,
            ], into: &pages)
    }

    private func tell(
        _ kind: String, _ at: Timestamp, time key: String = "at", _ members: KeyValuePairs<String, (any EvidenceValue)?>,
        into pages: inout DayPages
    ) {
        var told = [JSONValue.Member(key, at.json)]
        for (key, value) in members {
            if let value { told.append(.init(key, value.json)) }
        }
        for line in plan.variation.lines(EvidenceLine(kind, on: at.midnight, told)) { pages.add(line) }
    }

    // MARK: - Production

    private mutating func tellCalls(of agent: AgentPost, on day: Timestamp, _ count: Int, into pages: inout DayPages) {
        let isEventful = plan.weather == .eventful
        let isReleased = agent.release(at: day) != nil
        let forms = CallForms(agent, on: day, plan, year)
        let isMeasured = plan.practises(4) && year.begin(of: 4) <= day && agent.index < 2 && day >= year.quarter(of: day).busy
        for number in 0..<count {
            counts[agent.index] += 1
            let ordinal = counts[agent.index]
            let form: CallForms.Outcome =
                !isEventful
                ? .accepted
                : ordinal % traffic.failedEvery == 0
                    ? .failed
                    : isReleased && ordinal % traffic.correctedEvery == 0 ? .corrected : .accepted
            let user = enterprise.users[draws.next(below: enterprise.users.count)]
            let at = day.adding(seconds: 8 * 3_600 + Int64(number % 32_000))
            guard let bytes = forms[form] else { continue }
            let latency = 200 + draws.next(below: 1_800)
            pages.append(.receiver) { page in
                page.append(contentsOf: bytes)
                page.append(contentsOf: #","id":""#.utf8)
                page.append(contentsOf: forms.prefix)
                page.append(contentsOf: String(number).utf8)
                page.append(contentsOf: #"","at":""#.utf8)
                page.append(contentsOf: at.description.utf8)
                page.append(contentsOf: #"","latencyMs":"#.utf8)
                page.append(contentsOf: String(latency).utf8)
                page.append(contentsOf: #","principalId":""#.utf8)
                page.append(contentsOf: user.utf8)
                page.append(contentsOf: "\"}\n".utf8)
            }
            if form == .corrected { tellOverride(agent, day, number, by: user, into: &pages) }
            if isReleased, ordinal % traffic.reviewEvery == 0 { tellReview(agent, day, number, into: &pages) }
            if isMeasured, number < 4, form != .failed { tellValue(agent, day, number, form, into: &pages) }
        }
    }

    private func tellOverride(_ agent: AgentPost, _ day: Timestamp, _ number: Int, by user: String, into pages: inout DayPages) {
        let id = TrafficPlan.id(agent, day, number)
        tell(
            "override", day.at(18, 30),
            [
                "id": "override-\(id)", "agentId": agent.id, "interactionId": id, "principalId": user,
                "reasonCode": ["tone", "wrong figure", "wrong person"][number % 3], "beforeRef": "before/\(id)", "afterRef": "after/\(id)",
            ], into: &pages)
    }

    private func tellReview(_ agent: AgentPost, _ day: Timestamp, _ number: Int, into pages: inout DayPages) {
        let id = TrafficPlan.id(agent, day, number)
        tell(
            "review", day.at(19),
            ["id": "review-\(id)", "agentId": agent.id, "interactionId": id, "principalId": enterprise.auditor], into: &pages)
    }

    private func tellValue(
        _ agent: AgentPost, _ day: Timestamp, _ number: Int, _ form: CallForms.Outcome, into pages: inout DayPages
    ) {
        let id = TrafficPlan.id(agent, day, number)
        tell(
            "outcome", day.at(19, 30),
            [
                "id": "came-\(id)", "interactionId": id, "principalId": enterprise.users[0], "outcome": form.rawValue,
                "value": 0.6 + 0.05 * Double(number),
            ], into: &pages)
    }

    // MARK: - Pilots

    /// Calls of the quarter's experiments: many at first, when pilots are most of what there is.
    private func tellPilots(_ day: Timestamp, into pages: inout DayPages) {
        let quarter = year.quarter(of: day)
        guard day == quarter.busyDay(1, 0) else { return }
        for department in Enterprise.departments {
            guard let agent = enterprise.agents.first(where: { $0.role.department == department && $0.firstUse <= day }) else { continue }
            let count = quarter.number == 0 ? 20 : 4
            tellCount(agent, "pilot", day, count, into: &pages)
            for number in 0..<count {
                tell(
                    "interaction", day.at(9, number),
                    [
                        "id": "pilot-\(TrafficPlan.id(agent, day, number))", "agentId": agent.id, "environment": "pilot",
                        "principalId": enterprise.users[0], "outcome": "accepted", "promptVersionId": agent.wildVersion,
                        "experimentId": Story.experiment(of: department, quarter),
                    ], into: &pages)
            }
        }
    }
}
