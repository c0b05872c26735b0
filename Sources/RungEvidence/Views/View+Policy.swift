/// Duties of the core team, and exceptions.
extension View {
    static let duties = View(
        "duties", "Duties of the core AgentOps team, one row per duty the policy demands; all six without a policy.",
        uses: ["principals", "agents", "acts", "cases", "runs"],
        columns: [
            .text("duty", RecordKind.dutyWords.joined(separator: ", "), "what somebody must do"),
            .optionalText("primary_id", "principal_id", "person on duty"),
            .optionalText("deputy_id", "principal_id", "stand-in"),
            .optionalTime(
                "last_act_at",
                "latest recorded act under this duty by a person who held it then, or stood in; of incidents, one decided, or an agent reviewed at most \(drillDays) days after an alert drill"
            ),
        ],
        sql: """
            WITH demanded AS (
              SELECT j.value AS duty FROM json_each(
                COALESCE(NULLIF(\(PolicySQL.term("duties", at: "\(ViewSQL.now)")), '[]'), '\(everyDuty)')) j GROUP BY j.value),
            \(ViewSQL.newest("holders", "duty_records", by: "duty")),
            assigned AS (
              SELECT d.*, \(ViewSQL.since("d")) AS since,
                LEAD(\(ViewSQL.since("d"))) OVER (PARTITION BY d.duty ORDER BY \(ViewSQL.since("d")), d.record) AS until
              FROM duty_records d WHERE d.record < {cut} AND \(ViewSQL.since("d")) < {before}),
            done AS (
              SELECT \(dutyOfAct) AS duty, x.principal_id, x.at FROM acts x
              UNION ALL SELECT 'incident', c.decided_by, c.decided_at FROM cases c WHERE c.kind = 'incident' AND c.decided_at IS NOT NULL),
            fulfilled AS (
              SELECT n.duty, MAX(n.at) AS at
              FROM done n JOIN principals q ON q.principal_id = n.principal_id
              JOIN assigned s ON s.duty = (SELECT code FROM record_codes WHERE text = n.duty)
              WHERE q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > n.at)
                AND n.principal_id IN (s.primary_id, s.deputy_id)
                AND n.at >= \(ViewSQL.time("s.since")) AND (s.until IS NULL OR n.at < \(ViewSQL.time("s.until")))
              GROUP BY n.duty)
            SELECT m.duty, h.primary_id, h.deputy_id, l.at AS last_act_at
            FROM demanded m
            LEFT JOIN holders h ON h.duty = (SELECT code FROM record_codes WHERE text = m.duty)
            LEFT JOIN fulfilled l ON l.duty = m.duty
            """)

    /// The duty under which the act `x` was done; NULL for other acts, and for acts on things that are not recorded.
    private static let dutyOfAct = """
        CASE
          WHEN x.subject_kind = 'agent' AND x.step IN ('confirm', 'intake')
            AND EXISTS (SELECT 1 FROM agents a WHERE a.agent_id = x.subject_id) THEN 'registry'
          WHEN x.subject_kind = 'prompt_version' AND x.step = 'review' AND x.digest IS NOT NULL THEN 'prompt_review'
          WHEN x.subject_kind = 'release' AND x.step = 'approval' AND x.digest IS NOT NULL THEN 'release'
          WHEN x.subject_kind = 'dashboard' AND x.step = 'open' AND x.verdict IS NOT NULL THEN 'observability'
          WHEN x.subject_kind = 'assessment' AND x.step IN ('decision', 'approval') AND x.digest IS NOT NULL THEN 'assessment'
          WHEN x.subject_kind = 'agent' AND x.step = 'review' AND EXISTS (
            SELECT 1 FROM runs u WHERE u.agent_id = x.subject_id AND u.kind = 'alert_drill' AND u.trials > 0 AND u.finished_at <= x.at
              AND u.finished_at >= \(ViewSQL.time("CAST(strftime('%s', x.at) AS INTEGER) - \(drillDays) * 86400")))
            THEN 'incident'
        END
        """

    /// Days within which a person who looks at an agent looks at its last alert drill too. Where nothing goes wrong, this is
    /// what those on duty for incidents can do.
    private static let drillDays = 7

    private static let everyDuty = "[\(RecordKind.dutyWords.map { "\"\($0)\"" }.joined(separator: ","))]"

    static let waivers = View(
        "waivers", "Exceptions from criteria or policies.",
        columns: [
            .text("waiver_id", "id"),
            .text("requested_by", "principal_id"),
            .optionalText("approver_id", "principal_id"),
            .optionalText("reason", "text"),
            .optionalText("scope", "text"),
            .time("granted_at"),
            .optionalTime("expires_at"),
            .real("days_long", "days", "granted to expiry"),
            .optionalTime("closed_at"),
        ],
        sql: """
            SELECT w.id AS waiver_id, w.requested_by, w.approver_id, w.reason, w.scope, \(ViewSQL.time("w.granted_at")) AS granted_at,
              \(ViewSQL.time("w.expires_at")) AS expires_at, (w.expires_at - w.granted_at) / 86400.0 AS days_long,
              (SELECT \(ViewSQL.time("e.at")) FROM waiver_end_records e
               WHERE e.waiver_id = w.id AND e.record < {cut} AND e.at < {before} AND e.at >= w.granted_at) AS closed_at
            FROM waiver_records w WHERE w.record < {cut} AND w.granted_at < {before}
            """)
}
