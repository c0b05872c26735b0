/// Deltas of the entry that is open, added up in memory: one row for each key when the entry closes.
///
/// A class because it owns statements.
final class RollupBuffer {
    private var days: [DayKey: Delta] = [:]
    private var contexts: [ContextKey: Use] = [:]
    private let insertDay: SQLStatement
    private let insertContext: SQLStatement

    /// Keys that are held at most, so that an entry that corrects a whole year takes no more memory.
    private static let limit = 32_768

    private struct DayKey: Hashable {
        var agent: Int64
        var environment: Int64
        var day: Int64
        var seen: Int64

        func hash(into hasher: inout Hasher) {
            hasher.combine(agent &<< 40 ^ environment &<< 32 ^ day &<< 16 ^ seen)
        }

        var order: (Int64, Int64, Int64, Int64) { (agent, environment, day, seen) }
    }

    private struct ContextKey: Hashable {
        var agent: Int64
        var environment: Int64
        var day: Int64
        var context: Int64

        var order: (Int64, Int64, Int64, Int64) { (agent, environment, day, context) }
    }

    private struct Delta {
        var counts = InteractionCounts.zero
        /// Earliest interaction; nil in rows that only correct.
        var firstAt: Int64?
    }

    private struct Use {
        var firstAt: Int64
        var total: Int64
    }

    init(_ connection: OpaquePointer) throws {
        let counts = InteractionCount.allCases.map(\.column)
        let columns = ["agent_id", "environment", "day", "seen_day", "ledger_index", "first_at"] + counts
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let sums = counts.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")
        insertDay = try SQLStatement(
            """
            INSERT INTO interaction_day_deltas (\(columns.joined(separator: ", "))) VALUES (\(marks))
            ON CONFLICT DO UPDATE SET \(sums), first_at = \(Self.earlier)
            """, on: connection)
        insertContext = try SQLStatement(
            """
            INSERT INTO context_day_deltas (agent_id, environment, day, context_version_id, ledger_index, first_at, total)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET total = total + excluded.total, first_at = \(Self.earlier)
            """, on: connection)
    }

    private static let earlier = "MIN(COALESCE(first_at, excluded.first_at), COALESCE(excluded.first_at, first_at))"

    // MARK: - Adding

    /// Adds what an interaction says itself, with its use of a context.
    func add(_ facts: InteractionFacts, _ counts: InteractionCounts) {
        let key = DayKey(agent: facts.agent, environment: facts.environment, day: facts.day, seen: facts.day)
        var delta = days[key] ?? Delta()
        delta.counts += counts
        delta.firstAt = min(delta.firstAt ?? facts.at, facts.at)
        days[key] = delta
        guard facts.context != 0 else { return }
        let use = ContextKey(agent: facts.agent, environment: facts.environment, day: facts.day, context: facts.context)
        var uses = contexts[use] ?? Use(firstAt: facts.at, total: 0)
        uses.total += 1
        uses.firstAt = min(uses.firstAt, facts.at)
        contexts[use] = uses
    }

    /// Adds or takes away a step of an interaction.
    func add(_ facts: InteractionFacts, _ step: InteractionTimeline.Step, _ sign: Sign) {
        let key = DayKey(agent: facts.agent, environment: facts.environment, day: facts.day, seen: step.day)
        switch sign {
        case .plus: days[key, default: Delta()].counts += step.change
        case .minus: days[key, default: Delta()].counts -= step.change
        }
    }

    /// Whether a step begins to hold or no longer does.
    enum Sign { case plus, minus }

    /// Whether it holds so much that it should be written.
    var isFull: Bool { days.count + contexts.count > Self.limit }

    // MARK: - Writing

    /// Writes the rows of an entry; what has been written for it before is added up. Steps that cancel out leave no row.
    func write(ledgerIndex: Int64) throws {
        for (key, delta) in days.sorted(by: { $0.key.order < $1.key.order }) where !delta.counts.isZero {
            insertDay.bind(1, key.agent)
            insertDay.bind(2, key.environment)
            insertDay.bind(3, key.day)
            insertDay.bind(4, key.seen)
            insertDay.bind(5, ledgerIndex)
            if let first = delta.firstAt { insertDay.bind(6, first) } else { insertDay.bindNull(6) }
            for count in InteractionCount.allCases { insertDay.bind(7 + count.rawValue, Int64(delta.counts[count])) }
            try insertDay.run()
        }
        for (key, use) in contexts.sorted(by: { $0.key.order < $1.key.order }) {
            for (offset, value) in [key.agent, key.environment, key.day, key.context, ledgerIndex, use.firstAt, use.total].enumerated() {
                insertContext.bind(offset + 1, value)
            }
            try insertContext.run()
        }
        forget()
    }

    /// Forgets what has not been written.
    func forget() {
        days.removeAll(keepingCapacity: true)
        contexts.removeAll(keepingCapacity: true)
    }
}
