public import RungCore
public import RungText

/// Whether all calls that independent counters saw are in the evidence.
public struct Completeness: Sendable, Equatable {
    public var verdict: Verdict
    /// Days of agents that were compared.
    public var compared: Int
    /// Calls counted on these days, and interactions logged on them.
    public var counted: Int
    public var logged: Int
    /// Days of agents with interactions that no independent counter looked at.
    public var uncounted: Int
    /// How many days fall short.
    public var short: Int
    /// The days that fall short most, the worst first, at most ten.
    public var worst: [ShortDay]

    /// What comparing came to.
    public enum Verdict: Sendable, Equatable {
        /// On every day at least as many interactions were logged as calls counted.
        case complete
        /// Calls are missing.
        case incomplete
        /// Nobody can tell; the sentence says why.
        case unknown(String)
    }

    /// A day on which calls are missing.
    public struct ShortDay: Sendable, Equatable {
        public var agent: AgentID
        public var environment: String
        /// Midnight.
        public var day: Timestamp
        public var counted: Int
        public var logged: Int

        /// Calls that nobody logged.
        public var missing: Int { counted - logged }
    }

    /// Most days that are named.
    public static let mostDays = 10
}

extension EvidenceSnapshot {
    /// Compares what gateways and invoices counted with what was logged, for each agent, environment and day of a window.
    ///
    /// A count that no registered source has sent can show that calls are missing, but not that none are.
    ///
    /// - Parameter tolerance: share 0…1 of the calls of a day that may be missing, such as those around midnight.
    public func completeness(in window: EvidenceWindow, tolerance: Double = 0) throws(MeasureFailure) -> Completeness {
        precondition((0...1).contains(tolerance), "a tolerance is a share")
        var result = Completeness(verdict: .complete, compared: 0, counted: 0, logged: 0, uncounted: 0, short: 0, worst: [])
        try connection(for: window).query(Self.countedDays, window) { statement in
            try statement.forEach { row in
                guard !row.isNull(4) else { return result.uncounted += 1 }
                try result.add(
                    .init(
                        agent: AgentID(row.text(0)), environment: row.text(1), day: Timestamp(row.text(2)) ?? window.start,
                        counted: Int(row.int(4)), logged: Int(row.int(3))), tolerance)
            }
        }
        let counters = try basis(of: Self.countedDays, in: window).counts.filter { $0.kind == "usageCount" }
        result.decide(isAuthenticated: counters.allSatisfy { $0.evidenceClass <= .b })
        return result
    }

    /// The recorder's own count is what was logged, so it counts as none.
    private static let countedDays = """
        SELECT agent_id, environment, day_at, logged, CASE WHEN counted_by IN ('gateway', 'invoice') THEN counted END AS counted
        FROM usage_days WHERE day_at >= :window_start AND day_at < :as_of
        """
}

extension Completeness {
    fileprivate mutating func add(_ day: ShortDay, _ tolerance: Double) throws {
        compared += 1
        counted += day.counted
        logged += day.logged
        guard Double(day.logged) < Double(day.counted) * (1 - tolerance) else { return }
        short += 1
        worst.append(day)
        if worst.count > 4 * Self.mostDays { sortWorst() }
    }

    fileprivate mutating func decide(isAuthenticated: Bool) {
        sortWorst()
        if short > 0 {
            verdict = .incomplete
        } else if compared == 0 {
            verdict = .unknown("no gateway or invoice has counted calls")
        } else if !isAuthenticated {
            verdict = .unknown("the counts come from files that no registered source has sent")
        }
    }

    private mutating func sortWorst() {
        worst.sort { a, b in
            if a.missing != b.missing { return a.missing > b.missing }
            return (a.day, a.agent, a.environment) < (b.day, b.agent, b.environment)
        }
        worst = Array(worst.prefix(Self.mostDays))
    }
}
