import RungText

/// How often agents are asked, and on which days.
///
/// Without a number of interactions, as little as the criteria need: on ten days of a busy month and once a week otherwise.
/// With many, on every day.
struct TrafficPlan: Sendable {
    /// How many times the smallest traffic; 1 or more.
    let scale: Double
    private let isDaily: Bool
    private let phases: [Double]
    private let year: OrganizationYear

    /// Days of the busy month with traffic, from its first day on, where there is little.
    static let busyDays = [1, 4, 7, 10, 13, 16, 19, 22, 25, 28]

    init(_ plan: OrganizationPlan, _ year: OrganizationYear) {
        self.year = year
        var draws = SeededDraws(plan.seed, "traffic")
        phases = (0..<plan.agents).map { _ in draws.share() }
        let roles = (0..<plan.agents).map { AgentRole.role(of: $0, plan) }
        let quartersBefore = max(0, plan.days - 365) / 91
        let least = roles.reduce(0.0) { sum, role in
            let start = plan.practises(3) ? role.quarter : 0
            return sum + Self.volumes(role)[start...].joined().reduce(0, +) + Double(quartersBefore) * Self.volumes(role)[0].reduce(0, +)
        }
        scale = max(1, plan.interactions.map { Double($0) / least } ?? 1)
        isDaily = scale > 4
    }

    /// Calls of an agent in production in the three months of each quarter, where there is little traffic.
    private static func volumes(_ role: AgentRole) -> [[Double]] {
        role.isBusy
            ? [[3, 3, 12], [4, 5, 48], [8, 8, 80], [10, 10, 80]] : [[3, 3, 12], [4, 5, 42], [8, 8, 38], [10, 10, 38]]
    }

    /// What an interaction is called.
    static func id(_ agent: AgentPost, _ day: Timestamp, _ number: Int) -> String { "\(agent.id)-\(day.date)-\(number)" }

    /// The share of interactions that people promise to look at.
    var oversightRate: Double { 0.05 / scale }

    /// People look at one interaction of so many.
    var reviewEvery: Int { Int(10 * scale) }

    /// One interaction of so many is corrected where things go wrong.
    var correctedEvery: Int { Int(7 * scale) }

    /// One interaction of so many fails where things go wrong.
    var failedEvery: Int { Int(19 * scale) }

    // MARK: - Days

    /// The place of a day among the days with traffic of its month, and how many these are; nil on days without.
    private func place(of day: Int, lasting length: Int, isBusy: Bool) -> (place: Int, count: Int)? {
        if isDaily { return (day, length) }
        if isBusy { return Self.busyDays.firstIndex(of: day).map { ($0, Self.busyDays.count) } }
        return day % 7 == 0 ? (day / 7, (length + 6) / 7) : nil
    }

    /// Calls of an agent in production on a day.
    func calls(of agent: AgentPost, on day: Timestamp) -> Int {
        guard agent.firstUse <= day else { return 0 }
        let quarter = year.quarter(of: day)
        // What lies before the year is as quiet as its first month.
        let offset = Int((day.seconds - quarter.start.seconds) / 86_400)
        let length = Int((quarter.busy.seconds - quarter.start.seconds) / 86_400)
        let volumes = Self.volumes(agent.role)[quarter.number]
        let month = offset < 0 ? 0 : offset < 28 ? 0 : offset < length ? 1 : 2
        let start = [0, 28, length][month]
        let span = [28, length - 28, 30][month]
        let inMonth = offset < 0 ? ((offset % 28) + 28) % 28 : offset - start
        guard let (place, count) = place(of: inMonth, lasting: span, isBusy: month == 2) else { return 0 }
        let each = volumes[month] * scale / Double(count)
        let phase = phases[agent.index]
        let calls = Int(each * Double(place + 1) + phase) - Int(each * Double(place) + phase)
        return day == agent.firstUse ? max(1, calls) : calls
    }
}
