/// SQL for what makes a decision consequential.
enum DecisionSQL {
    static let tierRule =
        "every decision, but an operational one of an agent whose card, approved as it stood then by a person who is neither owner nor author, says low risk, or medium risk and advice only"

    /// A common table expression `tame`: agents by name with the spans of time, in seconds, in which an approved card says
    /// that little depends on them. A rejection of the same card, and a new card, end the span.
    static let tame = """
        card_states AS (
          SELECT g.*, LEAD(g.since, 1, {before}) OVER (PARTITION BY g.id ORDER BY g.since, g.record) AS ended
          FROM (SELECT r.*, \(ViewSQL.since("r")) AS since FROM agent_records r WHERE r.record < {cut}) g
          WHERE g.since < {before}),
        card_acts AS MATERIALIZED (
          SELECT x.subject_id, x.digest, x.verdict, x.principal_id, x.author_id, CAST(strftime('%s', x.at) AS INTEGER) AS at
          FROM acts x WHERE x.subject_kind = 'card' AND x.step = 'approval' AND x.digest IS NOT NULL AND x.verdict IS NOT NULL
            AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = x.principal_id AND q.kind = 'person'
              AND (q.left_at IS NULL OR q.left_at > x.at))),
        tame AS MATERIALIZED (
          SELECT s.id AS agent_id, MAX(s.since, x.at) AS since,
            MIN(s.ended, COALESCE((
              SELECT MIN(y.at) FROM card_acts y
              WHERE y.subject_id = x.subject_id AND y.digest = x.digest AND y.verdict = 'rejected' AND y.at >= x.at), s.ended)) AS until
          FROM card_states s
          JOIN card_acts x ON x.subject_id = s.id AND x.digest = \(ViewSQL.digest("s.card_digest")) AND x.verdict = 'approved'
            AND x.principal_id <> s.owner_id AND x.principal_id <> x.author_id
          WHERE s.risk_tier = \(ViewSQL.code("low"))
            OR s.risk_tier = \(ViewSQL.code("medium")) AND s.autonomy = \(ViewSQL.code("advise")))
        """
}
