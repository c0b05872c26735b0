import RungCore
public import RungText

/// Payloads that are older than the organization wants to keep them.
extension EvidenceStore {
    /// What is due at a moment; nothing is changed. Memory does not grow with the store.
    ///
    /// - Parameter now: whole days before its midnight count.
    public func retentionPlan(_ policy: RetentionPolicy, asOf now: Timestamp) throws(EvidenceError) -> RetentionPlan {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let limits = try RetentionLimits(policy, asOf: now, connection, codes)
            var plan = RetentionPlan(due: [], undecided: [])
            for scope in RetentionScope.all {
                plan.due += try limits.due(scope)
                plan.undecided += try limits.undecided(scope)
            }
            plan.due.sort { ($0.agent, $0.kind) < ($1.agent, $1.kind) }
            plan.undecided.sort { ($0.agent, $0.kind) < ($1.agent, $1.kind) }
            return plan
        }
    }

    /// Hands out the numbers of the records that are due, in pieces of at most `size`, by kind and then in their order.
    func forEachDue(
        _ policy: RetentionPolicy, asOf now: Timestamp, size: Int = 10_000, _ body: (_ kind: String, _ records: [Int64]) throws -> Void
    ) throws(EvidenceError) {
        try read { connection in
            let codes = try CodeBook(connection, .readOnly)
            let limits = try RetentionLimits(policy, asOf: now, connection, codes)
            for scope in RetentionScope.all { try limits.forEachDue(scope, size: size) { try body(scope.kind, $0) } }
        }
    }
}

/// Each agent's tier and limit, as a temporary table beside the records.
private struct RetentionLimits {
    private let connection: OpaquePointer
    private let codes: CodeBook
    /// The limit of the shortest period; nil when the policy names none.
    private let shortest: Timestamp?

    /// Reads the tier of every agent from its latest record.
    init(_ policy: RetentionPolicy, asOf now: Timestamp, _ connection: OpaquePointer, _ codes: CodeBook) throws {
        self.connection = connection
        self.codes = codes
        shortest = Agent.RiskTier.allCases.compactMap { policy.limit(of: $0, asOf: now) }.max()
        try EvidenceDatabase.execute(
            "CREATE TEMP TABLE retention_limits (agent INTEGER PRIMARY KEY, tier TEXT NOT NULL, before INTEGER) STRICT", on: connection)
        let insert = try SQLStatement("INSERT INTO temp.retention_limits VALUES (?, ?, ?)", on: connection)
        var tiers: [Int64: Agent.RiskTier] = [:]
        try SQLStatement("SELECT id, risk_tier FROM agent_records WHERE id IS NOT NULL ORDER BY record", on: connection).forEach { row in
            // An agent whose id is no coded word has no records.
            guard let agent = try codes.existingCode(of: row.text(0)) else { return }
            tiers[agent] = try row.optionalInt(1).flatMap { try codes.word(of: $0) }.flatMap(Agent.RiskTier.init(rawValue:))
        }
        for (agent, tier) in tiers {
            insert.bind(1, agent)
            insert.bind(2, tier.rawValue)
            if let limit = policy.limit(of: tier, asOf: now) { insert.bind(3, limit.seconds) } else { insert.bindNull(3) }
            try insert.run()
        }
    }

    func due(_ scope: RetentionScope) throws -> [RetentionPlan.Item] {
        guard shortest != nil else { return [] }
        return try items(
            scope,
            """
            SELECT limits.agent, COUNT(*), MIN(payload.at), MAX(payload.at), limits.before, limits.tier
            FROM (\(scope.rows)) AS payload JOIN temp.retention_limits AS limits ON limits.agent = payload.agent
            WHERE payload.at < limits.before GROUP BY limits.agent
            """)
    }

    func undecided(_ scope: RetentionScope) throws -> [RetentionPlan.Item] {
        guard let shortest else { return [] }
        return try items(
            scope,
            """
            SELECT payload.agent, COUNT(*), MIN(payload.at), MAX(payload.at), \(shortest.seconds), NULL
            FROM (\(scope.rows)) AS payload
            WHERE payload.at < \(shortest.seconds) AND payload.agent NOT IN (SELECT agent FROM temp.retention_limits)
            GROUP BY payload.agent
            """)
    }

    func forEachDue(_ scope: RetentionScope, size: Int, _ body: ([Int64]) throws -> Void) throws {
        guard shortest != nil else { return }
        let select = try SQLStatement(
            """
            SELECT payload.record FROM (\(scope.rows)) AS payload
            JOIN temp.retention_limits AS limits ON limits.agent = payload.agent
            WHERE payload.at < limits.before ORDER BY payload.record
            """, on: connection)
        var records: [Int64] = []
        try select.forEach { row in
            records.append(row.int(0))
            guard records.count == size else { return }
            try body(records)
            records.removeAll(keepingCapacity: true)
        }
        if !records.isEmpty { try body(records) }
    }

    private func items(_ scope: RetentionScope, _ sql: String) throws -> [RetentionPlan.Item] {
        var items: [RetentionPlan.Item] = []
        try SQLStatement(sql, on: connection).forEach { row in
            items.append(
                RetentionPlan.Item(
                    kind: scope.kind, agent: AgentID(try codes.word(of: row.int(0)) ?? "unknown"),
                    tier: row.isNull(5) ? nil : Agent.RiskTier(rawValue: row.text(5)), before: Timestamp(seconds: row.int(4)),
                    records: Int(row.int(1)), oldest: Timestamp(seconds: row.int(2)), newest: Timestamp(seconds: row.int(3))))
        }
        return items
    }
}
