public import RungCore

/// Who is accountable for what, as evidence names people.
public struct Accountability: Sendable, Equatable {
    /// The accountable person by agent; the deputy where the owner can no longer act.
    public var agents: [String: String]
    /// The person by duty of the core team; the deputy where the first one can no longer act.
    public var duties: [String: String]
}

extension EvidenceSnapshot {
    /// The people who are accountable at the cut-off; agents and duties without an active person are left out.
    public func accountability() throws(MeasureFailure) -> Accountability {
        Accountability(
            agents: try people("agent_id", of: "agents", "owner_id", "deputy_id"),
            duties: try people("duty", of: "duties", "primary_id", "deputy_id"))
    }

    private func people(
        _ key: String, of view: String, _ first: String, _ second: String
    ) throws(MeasureFailure) -> [String: String] {
        let sql = """
            SELECT v.\(key), COALESCE(p.principal_id, q.principal_id)
            FROM \(view) v
            LEFT JOIN principals p ON p.principal_id = v.\(first) AND p.kind = 'person' AND p.active = 1
            LEFT JOIN principals q ON q.principal_id = v.\(second) AND q.kind = 'person' AND q.active = 1
            WHERE COALESCE(p.principal_id, q.principal_id) IS NOT NULL
            """
        let window = EvidenceWindow(asOf: asOf, days: 1)
        return try connection(for: window).query(sql, window) { statement in
            var people: [String: String] = [:]
            try statement.forEach { row in people[row.text(0)] = row.text(1) }
            return people
        }
    }
}
