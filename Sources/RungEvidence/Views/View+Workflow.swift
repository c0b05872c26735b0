/// How things change: change requests and thresholds.
extension View {
    static let changes = View(
        "changes", "Prompt and agent change requests.", uses: ["cases"], index: ["change_id"],
        columns: [
            .text("change_id", "id"),
            .text(
                "origin", "override_cluster, feedback_cluster, prompt_failure, drift, manual",
                "kind of the first case or breach of a monitor, of the same agent and not younger, that led to it; manual without one"),
            .optionalText("agent_id", "id", "agent it changes"),
            .optionalText("owner_id", "principal_id"),
            .time("opened_at"),
            .time("due_at", "the policy's days after it was opened, \(PolicyPeriod.change.days) without one"),
            .optionalTime("closed_at", "released or refused, whatever came first"),
            .optionalText("result", "released, refused"),
            .optionalText("reason", "text", "reason of a refusal"),
            .optionalText("release_id", "id", "the first release of the agent that names the change and is not older"),
            Column(
                name: "days_open", type: .real, unit: "days", isNullable: false, meaning: "opened to closed, or to the cut-off while open"),
        ],
        sql: """
            WITH reasons AS (
              SELECT g.record, c.kind, c.opened_at AS at
              FROM change_records g JOIN cases c ON c.change_id = g.id
              WHERE c.kind IN ('override_cluster', 'feedback_cluster', 'prompt_failure')
                AND c.agent_id = \(ViewSQL.word("g.agent_id")) AND c.opened_at <= \(ViewSQL.time("g.opened_at"))
              UNION ALL
              SELECT g.record, 'drift', \(ViewSQL.time("d.at"))
              FROM change_records g JOIN drift_check_records d ON d.id = g.check_id AND d.agent_id = g.agent_id
              WHERE d.at <= g.opened_at AND d.n > 0 AND (d.statistic < d.lower_limit OR d.statistic > d.upper_limit)
                AND d.record < {cut}),
            led AS (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.record ORDER BY r.at, r.kind) AS rank FROM reasons r),
            ends AS (
              SELECT g.record, z.released_at AS at, 'released' AS result, NULL AS reason, z.id AS release_id
              FROM change_records g JOIN release_records z ON z.change_id = g.id AND z.agent_id = g.agent_id
              WHERE z.record < {cut} AND z.released_at < {before} AND z.released_at >= g.opened_at
              UNION ALL
              SELECT g.record, e.at, 'refused', e.reason, NULL
              FROM change_records g JOIN change_end_records e ON e.change_id = g.id
              WHERE e.record < {cut} AND e.at < {before} AND e.at >= g.opened_at AND e.result = \(ViewSQL.code("refused"))),
            ended AS (
              SELECT n.*, ROW_NUMBER() OVER (PARTITION BY n.record ORDER BY n.at, n.result, n.release_id) AS rank FROM ends n)
            SELECT g.id AS change_id, COALESCE(l.kind, 'manual') AS origin, \(ViewSQL.word("g.agent_id")) AS agent_id, g.owner_id,
              \(ViewSQL.time("g.opened_at")) AS opened_at,
              \(ViewSQL.time(PolicyPeriod.change.end(from: "g.opened_at"))) AS due_at, \(ViewSQL.time("e.at")) AS closed_at,
              e.result, e.reason, e.release_id, (COALESCE(e.at, \(ViewSQL.now)) - g.opened_at) / 86400.0 AS days_open
            FROM change_records g
            LEFT JOIN led l ON l.record = g.record AND l.rank = 1
            LEFT JOIN ended e ON e.record = g.record AND e.rank = 1
            WHERE g.record < {cut} AND g.opened_at < {before}
            """)

    static let thresholds = View(
        "thresholds",
        "Registered decision thresholds with each change; a threshold never changed has one row with change_id NULL.",
        uses: ["principals", "interaction_days", "feedback"],
        columns: [
            .text("threshold_id", "id"),
            .optionalText("change_id", "id"),
            .optionalTime("changed_at"),
            .optionalInteger("by_rule", "0/1", "changed by a service or agent; NULL when it is not known who did"),
            .optionalInteger("inside_envelope", "0/1", "within the latest limits that a person had approved before, who had not set them"),
            .real("before_value", "unit of the threshold", "what it was changed to before, else what was registered"),
            .real("after_value", "unit of the threshold"),
            .real(
                "effect", "unit of the target metric",
                "change of the share that it is to move: up to \(effectDays) whole days after against before, no other change between, at least \(effectLeast) records each; NULL until that is known"
            ),
            .optionalText("reversal_ref", "ref", "how to undo it"),
        ],
        sql: """
            WITH moves AS (
              SELECT m.*, m.at / 86400 AS day,
                LAG(m.after_value) OVER (PARTITION BY m.threshold_id ORDER BY m.at, m.record) AS last_value,
                LAG(m.at / 86400) OVER (PARTITION BY m.threshold_id ORDER BY m.at, m.record) AS last_day,
                LEAD(m.at / 86400) OVER (PARTITION BY m.threshold_id ORDER BY m.at, m.record) AS next_day
              FROM threshold_change_records m WHERE m.record < {cut} AND m.at < {before}),
            registered AS (
              SELECT t.*, \(ViewSQL.word("t.agent_id")) AS agent, \(ViewSQL.word("t.target_metric")) AS metric
              FROM threshold_records t WHERE t.record < {cut} AND \(ViewSQL.since("t")) < {before}),
            days AS MATERIALIZED (
              SELECT agent_id, 'corrected_share' AS metric, day_at, SUM(corrected) AS hits, SUM(total) AS total
              FROM interaction_days GROUP BY agent_id, day_at
              UNION ALL SELECT agent_id, 'negative_share', SUBSTR(at, 1, 10) || 'T00:00:00Z', SUM(negative), COUNT(*)
              FROM feedback WHERE screened = 1 GROUP BY agent_id, SUBSTR(at, 1, 10)),
            spans AS (
              SELECT m.record, t.agent, t.metric, MAX(m.day - \(effectDays), COALESCE(m.last_day + 1, 0)) AS first, m.day,
                MIN(m.day + \(effectDays), COALESCE(m.next_day - 1, m.day + \(effectDays))) AS last
              FROM moves m JOIN registered t ON t.id = m.threshold_id),
            shares AS (
              SELECT s.record,
                SUM(CASE WHEN d.day_at < \(ViewSQL.time("s.day * 86400")) THEN d.hits END) AS hits_before,
                SUM(CASE WHEN d.day_at < \(ViewSQL.time("s.day * 86400")) THEN d.total END) AS total_before,
                SUM(CASE WHEN d.day_at > \(ViewSQL.time("s.day * 86400")) THEN d.hits END) AS hits_after,
                SUM(CASE WHEN d.day_at > \(ViewSQL.time("s.day * 86400")) THEN d.total END) AS total_after
              FROM spans s JOIN days d ON d.agent_id = s.agent AND d.metric = s.metric
              WHERE (s.last + 1) * 86400 <= \(ViewSQL.now)
                AND d.day_at >= \(ViewSQL.time("s.first * 86400")) AND d.day_at <= \(ViewSQL.time("s.last * 86400"))
              GROUP BY s.record)
            SELECT m.threshold_id, m.id AS change_id, \(ViewSQL.time("m.at")) AS changed_at,
              CASE q.kind WHEN 'person' THEN 0 WHEN 'service' THEN 1 WHEN 'agent' THEN 1 END AS by_rule,
              COALESCE((
                SELECT m.after_value BETWEEN v.low AND v.high FROM envelope_records v
                WHERE v.threshold_id = m.threshold_id AND v.record < {cut} AND v.at <= m.at AND v.approver_id <> v.author_id
                  AND \(PrincipalSQL.isPerson("v.approver_id", at: "v.at"))
                ORDER BY v.at DESC, v.record DESC LIMIT 1), 0) AS inside_envelope,
              COALESCE(m.last_value, t.value) AS before_value, m.after_value,
              CASE WHEN h.total_before >= \(effectLeast) AND h.total_after >= \(effectLeast)
                THEN CAST(h.hits_after AS REAL) / h.total_after - CAST(h.hits_before AS REAL) / h.total_before END AS effect,
              m.reversal_ref
            FROM moves m
            LEFT JOIN registered t ON t.id = m.threshold_id
            LEFT JOIN principals q ON q.principal_id = m.principal_id
            LEFT JOIN shares h ON h.record = m.record
            UNION ALL
            SELECT t.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
            FROM registered t WHERE NOT EXISTS (SELECT 1 FROM moves m WHERE m.threshold_id = t.id)
            """)

    /// Whole days before and after a change of a threshold that its effect is measured over, at most.
    private static let effectDays = 14
    /// Records on each side that a measured effect needs.
    private static let effectLeast = 30
}
