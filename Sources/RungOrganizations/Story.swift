import RungText

/// What happens in an organization but for its traffic, told practice by practice.
struct Story {
    let plan: OrganizationPlan
    let year: OrganizationYear
    let enterprise: Enterprise
    let traffic: TrafficPlan
    var agenda: Agenda

    init(_ plan: OrganizationPlan) {
        self.plan = plan
        year = OrganizationYear(plan)
        enterprise = Enterprise(plan, year)
        traffic = TrafficPlan(plan, year)
        agenda = Agenda(plan.variation)
        tellPeople()
        if plan.practises(2) { tellIdeas() }
        if plan.stage == 2 { tellZoo() }
        if plan.practises(3) {
            tellPolicies()
            tellRegistry()
            tellPrompts()
            tellTests()
            tellFeedback()
            tellChanges()
        }
        if plan.practises(4) {
            tellLearning()
            tellMonitors()
            tellFlows()
            tellScores()
        }
        if plan.practises(4) { tellDecisions() }
        if plan.practises(5) {
            tellAssurance()
            tellForesight()
        }
    }

    /// Whether things went wrong.
    var isEventful: Bool { plan.weather == .eventful }

    /// Whether the practices of a stage are in use at this time.
    func practises(_ stage: Int, at time: Timestamp) -> Bool { plan.practises(stage) && year.begin(of: stage) <= time }

    /// Quarters in which the practices of a stage are in use, at least in the busy month.
    func quarters(of stage: Int) -> [OrganizationYear.Quarter] { year.quarters.filter { practises(stage, at: $0.busy) } }

    /// Agents that serve in production at this time.
    func agents(at time: Timestamp) -> [AgentPost] { enterprise.agents.filter { $0.firstUse <= time } }

    // MARK: - Telling

    /// Tells a record on the evening of the day on which it happened; members that are nil are left out.
    ///
    /// - Parameter key: the member that holds the time.
    mutating func tell(_ kind: String, _ at: Timestamp, time key: String = "at", _ members: KeyValuePairs<String, (any EvidenceValue)?>) {
        guard at < year.asOf else { return }
        var told = [JSONValue.Member(key, at.json)]
        for (key, value) in members {
            if let value { told.append(.init(key, value.json)) }
        }
        agenda.tell(EvidenceLine(kind, on: at.midnight, told))
    }

    /// An act of a person.
    mutating func tellAct(
        _ subject: String, _ id: String, _ step: String, by who: String, _ at: Timestamp, _ verdict: String? = "approved",
        second: String? = nil, digest: String? = nil, dataAt: Timestamp? = nil
    ) {
        tell(
            "act", at,
            [
                "id": "\(step)-\(subject)-\(id)-\(at)", "subjectKind": subject, "subjectId": id, "step": step, "principalId": who,
                "verdict": verdict, "secondId": second, "digest": digest, "dataAt": dataAt,
            ])
    }
}
