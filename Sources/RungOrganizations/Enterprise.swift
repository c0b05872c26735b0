import RungText

/// Halvard Marine Supply: the departments, people and agents of an enterprise that does not exist.
struct Enterprise: Sendable {
    let agents: [AgentPost]
    let people: [Person]
    /// The core AgentOps team: four people who share its duties.
    let team: CoreTeam
    /// Outside of the core team.
    let auditor: String
    let users: [String]
    /// Left in the second quarter.
    let leaver: Person
    /// What moves thresholds, and what settles conflicts by rule.
    static let ruler = "rule-engine"
    /// What hands evidence in, as the ledger names it.
    static let collector = "evidence-collector"

    struct Person: Sendable {
        let id: String
        let team: String
        let canBuild: Bool
    }

    struct CoreTeam: Sendable {
        let registrar: String
        let reviewer: String
        let releaser: String
        let observer: String
    }

    static let departments = ["finance", "service", "procurement", "sales"]

    init(_ plan: OrganizationPlan, _ year: OrganizationYear) {
        var names = Names(plan.seed)
        var people: [Person] = []
        func hire(_ team: String, canBuild: Bool) -> String {
            people.append(Person(id: names.next(), team: team, canBuild: canBuild))
            return people[people.count - 1].id
        }
        team = CoreTeam(
            registrar: hire("agentops", canBuild: true), reviewer: hire("agentops", canBuild: true),
            releaser: hire("agentops", canBuild: true), observer: hire("agentops", canBuild: true))
        auditor = hire("audit", canBuild: false)
        let roles = (0..<plan.agents).map { AgentRole.role(of: $0, plan) }
        var owners: [String: [(owner: String, deputy: String, builder: String)]] = [:]
        for department in Self.departments {
            let count = roles.count { $0.department == department }
            owners[department] = (0..<max(1, (count + 3) / 4)).map { _ in
                (hire(department, canBuild: true), hire(department, canBuild: false), hire(department, canBuild: true))
            }
        }
        users = Self.departments.flatMap { department in (0..<3).map { _ in hire(department, canBuild: false) } }
        leaver = Person(id: names.next(), team: "sales", canBuild: true)
        self.people = people
        agents = roles.enumerated().map { index, role in
            let office = owners[role.department] ?? []
            return AgentPost(index: index, role, office[index / 6 % max(1, office.count)], plan, year)
        }
    }
}

/// What an agent does; the first six agents have one role each.
struct AgentRole: Sendable {
    let name: String
    let department: String
    let purpose: String
    let intents: [String]
    let riskTier: String
    let autonomy: String
    /// Asked about twice as often as others.
    let isBusy: Bool
    /// The quarter in which it came, where agents come through a front door.
    let quarter: Int

    /// In the first organization, there are only the two that most begin with.
    static func role(of index: Int, _ plan: OrganizationPlan) -> AgentRole { all[(plan.stage == 1 ? index + 1 : index) % all.count] }

    static let all = [
        AgentRole(
            name: "variance", department: "finance", purpose: "Explains why actual figures differ from planned ones.",
            intents: ["explain variance", "propose entry", "find outlier"], riskTier: "high", autonomy: "act", isBusy: true, quarter: 0),
        AgentRole(
            name: "faq", department: "service", purpose: "Answers questions about orders and deliveries.",
            intents: ["order status", "returns", "opening hours"], riskTier: "low", autonomy: "advise", isBusy: true, quarter: 0),
        AgentRole(
            name: "po-routing", department: "procurement", purpose: "Routes purchase orders to those who approve them.",
            intents: ["route order", "vendor exception", "order change"], riskTier: "medium", autonomy: "act", isBusy: false, quarter: 0),
        AgentRole(
            name: "quotes", department: "sales", purpose: "Drafts quotes from price lists.",
            intents: ["draft quote", "discount", "renewal"], riskTier: "medium", autonomy: "approve", isBusy: false, quarter: 0),
        AgentRole(
            name: "root-cause", department: "finance", purpose: "Finds what a deviation comes from.",
            intents: ["find cause", "rank causes", "link evidence"], riskTier: "medium", autonomy: "act", isBusy: false, quarter: 1),
        AgentRole(
            name: "reforecast", department: "finance", purpose: "Works out a new forecast after a deviation.",
            intents: ["reforecast burn", "simulate plan", "state certainty"], riskTier: "high", autonomy: "approve", isBusy: false,
            quarter: 2),
    ]
}

/// An agent of the enterprise.
struct AgentPost: Sendable {
    let index: Int
    let id: String
    let role: AgentRole
    let owner: String
    let deputy: String
    /// Writes its prompts.
    let builder: String
    /// The first day with production traffic.
    let firstUse: Timestamp
    /// Live one after the other, from stage 3 on.
    let releases: [Release]

    /// A version of its prompt, and when that went live.
    struct Release: Sendable {
        let id: String
        let number: Int
        let text: String
        let version: String
        let changeID: String
        let releasedAt: Timestamp
        let quarter: OrganizationYear.Quarter
    }

    init(
        index: Int, _ role: AgentRole, _ office: (owner: String, deputy: String, builder: String), _ plan: OrganizationPlan,
        _ year: OrganizationYear
    ) {
        self.index = index
        self.role = role
        let id = index >= 6 ? "\(role.name)-\(index / 6 + 1)" : role.name
        self.id = id
        owner = office.owner
        deputy = office.deputy
        builder = office.builder
        guard plan.practises(3) else {
            firstUse = year.first
            releases = []
            return
        }
        let quarters = year.quarters
        let joined = role.quarter
        let dates: [Timestamp] =
            switch joined {
            case 0: [quarters[1].day(19, 8), quarters[2].day(24, 8), quarters[3].day(24, 8)]
            case 1: [quarters[1].day(32, 8), quarters[2].day(24, 8), quarters[3].day(24, 8)]
            default: [quarters[2].day(47, 8), quarters[3].day(24, 8)]
            }
        firstUse = joined == 0 ? year.first : dates[0].adding(days: 2).midnight
        releases = dates.enumerated().map { number, date in
            let text = "You are \(id), version \(number + 1). \(role.purpose) Name the record that each statement rests on."
            return Release(
                id: "release-\(id)-\(number + 1)", number: number + 1, text: text, version: Self.version(of: text),
                changeID: "change-\(id)-\(number + 1)", releasedAt: date, quarter: year.quarter(of: date.midnight))
        }
    }

    /// The release that is live at a moment; nil before the first one.
    func release(at time: Timestamp) -> Release? { releases.last { $0.releasedAt <= time } }

    /// The text that its builder kept to himself before there were releases.
    var wildText: String { "Be \(role.name). \(role.purpose)" }
}
