/// SQL about the ledger behind records, and about agents as they stood when something happened.
extension ViewSQL {
    /// The number of the entry that binds a record.
    static func ledgerIndex(_ record: String) -> String {
        "(SELECT e.sequence FROM ledger_entries e WHERE e.first_record <= \(record) ORDER BY e.first_record DESC LIMIT 1)"
    }

    /// A common table expression `posts`: departments of agents by code with the span of time, in seconds, in which the
    /// registry said so. What it said first holds for the time before too; states that say nothing new make no row.
    static let posts = """
        post_states AS (
          SELECT g.id, g.department, g.since, g.record,
            LAG(g.id) OVER (PARTITION BY g.id ORDER BY g.since, g.record) AS earlier,
            LAG(g.department) OVER (PARTITION BY g.id ORDER BY g.since, g.record) AS department_before
          FROM (SELECT r.id, r.department, r.record, \(since("r")) AS since FROM agent_records r WHERE r.record < {cut}) g
          WHERE g.since < {before}),
        posts AS MATERIALIZED (
          SELECT (SELECT code FROM record_codes WHERE text = p.id) AS agent_id, p.department,
            CASE WHEN p.earlier IS NULL THEN 0 ELSE p.since END AS since,
            LEAD(p.since, 1, {before}) OVER (PARTITION BY p.id ORDER BY p.since, p.record) AS until
          FROM post_states p WHERE p.earlier IS NULL OR p.department IS NOT p.department_before)
        """

    /// The department of an agent at a moment; NULL when the registry does not know the agent.
    static func department(of agent: String, at seconds: String) -> String {
        """
        (SELECT post.department FROM posts post
         WHERE post.agent_id = \(agent) AND post.since <= \(seconds) AND post.until > \(seconds) ORDER BY post.since DESC LIMIT 1)
        """
    }
}
