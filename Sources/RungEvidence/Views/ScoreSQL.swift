/// SQL for scores of agents; nothing that was recorded after a score's ledger entry changes it. Shares count whole days: from
/// the day on which the span begins up to the midnight before the score.
enum ScoreSQL {
    /// 97.5 % quantile of the normal distribution.
    private static let z = "1.959963984540054"

    /// Common table expressions: `asked` with the scores, `accepted` with the parts of Wilson's interval (see
    /// `Proportion.wilson`) of the share accepted, `valued` with mean and error of measured values. The last two have a row
    /// only for scores that ask for them and find outcomes.
    static let tables = """
        asked AS MATERIALIZED (
          SELECT s.*, (
            SELECT g.baseline FROM agent_records g
            WHERE g.id = \(ViewSQL.word("s.agent_id")) AND g.record < s.record AND \(ViewSQL.since("g")) <= s.at
            ORDER BY \(ViewSQL.since("g")) DESC, g.record DESC LIMIT 1) AS baseline
          FROM score_records s WHERE s.record < {cut} AND s.at < {before}),
        shares AS (
          SELECT s.record AS score, SUM(d.outcome_known) AS n, SUM(d.accepted) * 1.0 / SUM(d.outcome_known) AS rate
          FROM asked s JOIN interaction_day_deltas d ON d.agent_id = s.agent_id AND d.environment = \(ViewSQL.code("production"))
            AND d.day >= s.started_at / 86400 AND d.day < s.at / 86400 AND d.seen_day < s.at / 86400
            AND d.ledger_index <= \(ViewSQL.ledgerIndex("s.record"))
          WHERE s.basis = \(ViewSQL.code("outcome"))
          GROUP BY s.record HAVING SUM(d.outcome_known) > 0),
        accepted AS MATERIALIZED (
          SELECT h.score, h.n, h.rate, \(z) * \(z) / (2 * h.n) AS shift, 1 + \(z) * \(z) / h.n AS scale,
            \(z) * sqrt(h.rate * (1 - h.rate) / h.n + \(z) * \(z) / (4.0 * h.n * h.n)) AS reach
          FROM shares h),
        measured AS (
          SELECT o.value, o.at, o.record, 'interaction ' || i.id AS subject, i.agent_id, i.at AS done, i.record AS done_record
          FROM outcome_records o CROSS JOIN interaction_records i ON i.record = \(ViewSQL.interaction("o.interaction_id"))
          WHERE o.value IS NOT NULL AND i.environment = \(ViewSQL.code("production"))
          UNION ALL
          SELECT o.value, o.at, o.record, 'decision ' || d.id, d.agent_id, d.at, d.record
          FROM outcome_records o JOIN decision_records d ON d.id = o.decision_id WHERE o.value IS NOT NULL),
        latest_values AS (
          SELECT s.record AS score, m.value,
            ROW_NUMBER() OVER (PARTITION BY s.record, m.subject ORDER BY m.at DESC, m.record DESC) AS rank
          FROM asked s JOIN measured m ON m.agent_id = s.agent_id
          WHERE s.basis = \(ViewSQL.code("benefit")) AND s.baseline IS NOT NULL AND m.done >= s.started_at AND m.done < s.at
            AND m.done_record < s.record AND m.record < s.record AND m.at < s.at),
        centred AS (
          SELECT l.score, l.value, AVG(l.value) OVER (PARTITION BY l.score) AS mean FROM latest_values l WHERE l.rank = 1),
        valued AS MATERIALIZED (
          SELECT c.score, COUNT(*) AS n, MAX(c.mean) AS mean,
            CASE WHEN COUNT(*) > 1
              THEN \(z) * sqrt(SUM((c.value - c.mean) * (c.value - c.mean)) / (COUNT(*) - 1) / COUNT(*)) END AS reach
          FROM centred c GROUP BY c.score)
        """
}
