/// SQL for what suites are held against: the intents of their agents, and what people say of the same cases.
enum SuiteSQL {
    static let declaredIntents =
        "distinct intents on the agent's card as it stands, on the card that was approved last, and seen in its traffic"

    /// A common table expression `declared`: intents by the code of the agent.
    static let intents = """
        \(ViewSQL.latest("cards", "agent_records")),
        approved AS (
          SELECT x.subject_id AS id, MAX(x.at) AS at FROM acts x
          WHERE x.subject_kind = 'card' AND x.step = 'approval' AND x.verdict = 'approved' AND x.digest IS NOT NULL
          GROUP BY x.subject_id),
        listed AS (
          SELECT c.id, c.intents FROM cards c
          UNION ALL
          SELECT a.id, (
            SELECT g.intents FROM agent_records g
            WHERE g.id = a.id AND g.record < {cut} AND \(ViewSQL.time(ViewSQL.since("g"))) <= a.at
            ORDER BY \(ViewSQL.since("g")) DESC, g.record DESC LIMIT 1)
          FROM approved a),
        declared AS MATERIALIZED (
          SELECT (SELECT code FROM record_codes WHERE text = l.id) AS agent_id, j.value AS intent
          FROM listed l JOIN json_each(COALESCE(l.intents, '[]')) j
          UNION
          SELECT t.agent_id, \(ViewSQL.word("t.intent")) FROM traffic_intent_records t WHERE t.record < {cut} AND t.at < {before})
        """

    /// A common table expression `agreement`: Cohen's kappa (1960, Educ. Psychol. Meas. 20:37) of judge and people by suite
    /// and agent. A run of the program itself gives the verdicts of its cases, the last of each; for other runs recorded
    /// verdicts count. Cases that neither passed nor failed are left out.
    static let agreement = """
        bounds AS MATERIALIZED (
          SELECT l.run_id, MIN(t.record) AS first,
            COALESCE((SELECT MAX(e.record) FROM run_end_records e WHERE e.run = l.run_id AND e.record < {cut}), {cut}) AS last
          FROM (SELECT DISTINCT run_id FROM judge_label_records WHERE record < {cut}) l
          JOIN run_start_records t ON t.id = l.run_id AND t.record < {cut} AND t.started_at < {before}
          GROUP BY l.run_id),
        judged AS MATERIALIZED (
          SELECT b.run_id, u.suite_id, u.agent_id, u.prompt_version_id, c.id AS case_id, c.record,
            CASE c.verdict WHEN \(ViewSQL.code("passed")) THEN 1 WHEN \(ViewSQL.code("failed")) THEN 0 END AS passed
          FROM bounds b CROSS JOIN case_result_records c ON c.record > b.first AND c.record < b.last
          JOIN run_subject_records u ON u.record = c.subject AND u.run = b.first),
        pairs AS (
          SELECT l.suite_id, l.agent_id, l.at, l.passed AS person,
            CASE WHEN l.run_id IN (SELECT b.run_id FROM bounds b) THEN (
              SELECT j.passed FROM judged j
              WHERE j.run_id = l.run_id AND j.suite_id = l.suite_id AND j.agent_id = l.agent_id AND j.case_id = l.case_id
                AND COALESCE(l.prompt_version_id, j.prompt_version_id) IS j.prompt_version_id
              ORDER BY j.record DESC LIMIT 1)
            ELSE (
              SELECT v.passed FROM judge_verdict_records v
              WHERE v.case_id = l.case_id AND v.run_id = l.run_id AND v.suite_id = l.suite_id AND v.agent_id = l.agent_id
                AND v.record < {cut} AND v.at < {before} LIMIT 1) END AS judge
          FROM judge_label_records l
          WHERE l.record < {cut} AND l.at < {before} AND l.saw_verdict = 0
            AND \(PrincipalSQL.isPerson(ViewSQL.word("l.principal_id"), at: "l.at"))),
        tallied AS (
          SELECT p.suite_id, p.agent_id, MAX(p.at) AS checked_at, COUNT(*) AS labels, SUM(p.person = p.judge) AS same,
            SUM(p.person) * SUM(p.judge) + SUM(1 - p.person) * SUM(1 - p.judge) AS chance
          FROM pairs p WHERE p.judge IS NOT NULL GROUP BY p.suite_id, p.agent_id),
        agreement AS MATERIALIZED (
          SELECT t.suite_id, t.agent_id, t.checked_at, t.labels,
            (1.0 * t.labels * t.same - t.chance) / NULLIF(t.labels * t.labels - t.chance, 0) AS kappa
          FROM tallied t)
        """
}
