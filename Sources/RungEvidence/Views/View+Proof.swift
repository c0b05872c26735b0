/// Comparisons, monitors and audits: what shows that the rest can be believed.
extension View {
    static let comparisons = View(
        "comparisons", "Paired comparisons of prompt versions.", index: ["release_id"],
        columns: [
            .text("comparison_id", "id"),
            .text(
                "release_id", "id",
                "release of the candidate's prompt version and configuration: the next one after the last result (before), the latest one before the first result (after); comparisons of what was never released are left out"
            ),
            .text("phase", "before, after", "before the release or in production after it"),
            .integer(
                "preregistered", "0/1",
                "margin and size are in an entry of the ledger that is older than the first result and all runs that are named, and at least so many pairs were compared"
            ),
            .integer("n", "count", "pairs"),
            .integer(
                "against_predecessor", "0/1",
                "the other side is the version and configuration this release replaced (first release: the baseline on the card)"),
            .real("margin", "unit of the metric", "as preregistered"),
            .real("margin_limit", "unit of the metric", "largest margin the approved policy allowed when the comparison ended"),
            .real("low", "unit of the metric", "95 % interval of the improvement, worked out from the pairs"),
            .real("high", "unit of the metric"),
            .time("finished_at"),
        ],
        sql: """
            WITH \(spans),
            history AS MATERIALIZED (
              SELECT z.*, LAG(z.id) OVER (PARTITION BY z.agent_id ORDER BY z.released_at, z.record) AS old,
                LAG(z.prompt_version_id) OVER (PARTITION BY z.agent_id ORDER BY z.released_at, z.record) AS old_version,
                LAG(z.config_digest) OVER (PARTITION BY z.agent_id ORDER BY z.released_at, z.record) AS old_config
              FROM spans z),
            made AS MATERIALIZED (
              SELECT k.record, k.id, k.agent_id, k.prompt_version_id, k.config_digest, k.baseline_version_id,
                k.baseline_config_digest, k.n, k.low, k.high, k.started_at, k.finished_at, \(ViewSQL.word("k.phase")) AS phase,
                MIN(k.record, COALESCE((
                  SELECT MIN(u.record) FROM json_each(COALESCE(k.run_ids, '[]')) j JOIN record_codes c ON c.text = j.value
                  JOIN (SELECT t.id, t.record FROM run_start_records t UNION ALL SELECT t.id, t.record FROM run_records t) u
                    ON u.id = c.code), k.record)) AS first
              FROM comparison_records k WHERE k.record < {cut} AND k.finished_at < {before}),
            placed AS (
              SELECT m.*, CASE m.phase
                WHEN 'before' THEN (
                  SELECT z.record FROM history z
                  WHERE z.agent_id = m.agent_id AND z.prompt_version_id = m.prompt_version_id AND z.config_digest = m.config_digest
                    AND z.released_at >= m.finished_at
                  ORDER BY z.released_at, z.record LIMIT 1)
                ELSE (
                  SELECT z.record FROM history z
                  WHERE z.agent_id = m.agent_id AND z.prompt_version_id = m.prompt_version_id AND z.config_digest = m.config_digest
                    AND z.released_at <= m.started_at
                  ORDER BY z.released_at DESC, z.record DESC LIMIT 1) END AS release
              FROM made m)
            SELECT m.id AS comparison_id, z.id AS release_id, m.phase,
              CASE WHEN \(ViewSQL.ledgerIndex("p.record")) < \(ViewSQL.ledgerIndex("m.first"))
                AND \(ViewSQL.ledgerTime("p.record")) <= m.started_at AND m.n >= p.size THEN 1 ELSE 0 END AS preregistered,
              m.n,
              CASE WHEN z.old IS NOT NULL
                  THEN m.baseline_version_id IS z.old_version AND m.baseline_config_digest IS z.old_config
                ELSE m.baseline_version_id IS NULL AND m.baseline_config_digest IS NULL AND (
                  SELECT g.baseline FROM agent_records g
                  WHERE g.id = \(ViewSQL.word("z.agent_id")) AND g.record < {cut} AND \(ViewSQL.since("g")) <= z.released_at
                  ORDER BY \(ViewSQL.since("g")) DESC, g.record DESC LIMIT 1) IS NOT NULL END AS against_predecessor,
              p.margin, \(PolicySQL.marginLimit(at: "m.finished_at")) AS margin_limit, m.low, m.high,
              \(ViewSQL.time("m.finished_at")) AS finished_at
            FROM placed m
            JOIN history z ON z.record = m.release
            LEFT JOIN preregistration_records p ON p.comparison_id = m.id AND p.record < {cut}
            """)

    static let driftChecks = View(
        "drift_checks", "Checks of a monitor.", index: ["agent_id", "kind"],
        columns: [
            .text("check_id", "id"),
            .text("agent_id", "id"),
            .text("kind", "data, efficacy"),
            .optionalText("prompt_version_id", "sha256", "for efficacy"),
            .time("at"),
            .time("day_at", "midnight"),
            .integer("n", "count", "records compared with the reference"),
            .integer("breach", "0/1", "the statistic lies outside the limits"),
            .time("triage_due_at", "the policy's days after the check, \(PolicyPeriod.triage.days) without one"),
            .optionalTime("triaged_at", "when a person first looked at it, not before the check"),
        ],
        sql: """
            SELECT c.id AS check_id, \(ViewSQL.word("c.agent_id")) AS agent_id, \(ViewSQL.word("c.type")) AS kind,
              \(ViewSQL.word("c.prompt_version_id")) AS prompt_version_id, \(ViewSQL.time("c.at")) AS at,
              \(ViewSQL.time("c.at / 86400 * 86400")) AS day_at, c.n,
              CASE WHEN c.statistic < c.lower_limit OR c.statistic > c.upper_limit THEN 1 ELSE 0 END AS breach,
              \(ViewSQL.time(PolicyPeriod.triage.end(from: "c.at"))) AS triage_due_at,
              \(ViewSQL.time("""
            (SELECT MIN(t.at) FROM drift_triage_records t
             WHERE t.check_id = c.id AND t.record < {cut} AND t.at < {before} AND t.at >= c.at
               AND \(PrincipalSQL.isPerson("t.principal_id", at: "t.at")))
            """)) AS triaged_at
            FROM drift_check_records c WHERE c.record < {cut} AND c.at < {before}
            """)

    /// Days within which a draw must be answered; what is still open then counts as lost.
    private static let auditDays = 7

    static let audits = View(
        "audits",
        "Results on records drawn at random (seed = ledger root), one row per position of a draw. A position without a result counts as lost \(auditDays) days after the draw.",
        uses: ["principals", "prompt_versions", "releases", "decisions"], index: ["kind"],
        columns: [
            .text("audit_id", "id", "draw#position"),
            .text("kind", "record, decision, explanation", "what was drawn"),
            .time("at"),
            View.Column(
                name: "age_days", type: .real, unit: "days", isNullable: false,
                meaning: "age of the record on the ledger when drawn; what the draw demands at least, without a result"),
            .integer("retrieved", "0/1", "fetched and digest verified"),
            .integer("leak_free", "0/1", "no secret, no personal data"),
            .integer(
                "rebuilt", "0/1",
                "all parts found (decision): by the audit, and on the ledger inputs, release, prompt text, accountable principal, and the outcome unless it is not due"
            ),
            .integer("faithful", "0/1", "counterfactual replay or auditor agrees (explanation)"),
        ],
        sql: """
            WITH RECURSIVE places(position) AS (
              SELECT 0 UNION ALL SELECT position + 1 FROM places WHERE position < \(AuditDraw.limit - 1)),
            draws AS MATERIALIZED (
              SELECT w.*, e.first_record, e.at AS drawn_at, COALESCE(w.minimum_age_days, 0) AS age
              FROM audit_draw_records w JOIN ledger_entries e ON e.sequence = \(ViewSQL.ledgerIndex("w.record"))
              WHERE w.record < {cut} AND e.at < {before}),
            whole AS (
              SELECT DISTINCT d.decision_id FROM decisions d
              JOIN releases z ON z.release_id = d.release_id
              JOIN prompt_versions v ON v.prompt_version_id = z.prompt_version_id
              JOIN principals q ON q.principal_id = d.principal_id
              WHERE d.inputs_ref IS NOT NULL AND (d.outcome_ref IS NOT NULL OR d.outcome_due_at >= \(ViewSQL.time(ViewSQL.now))))
            SELECT w.id || '#' || p.position AS audit_id, \(ViewSQL.word("w.type")) AS kind,
              \(ViewSQL.time("COALESCE(r.at, w.drawn_at)")) AS at,
              COALESCE((w.drawn_at - \(ViewSQL.ledgerTime("r.drawn_record"))) / 86400.0, w.age * 1.0) AS age_days,
              CASE WHEN r.retrieved = 1 AND \(ViewSQL.ledgerIndex("r.drawn_record")) < {verified} THEN 1 ELSE 0 END AS retrieved,
              COALESCE(r.leak_free, 0) AS leak_free,
              CASE WHEN r.rebuilt = 1 AND EXISTS (
                  SELECT 1 FROM decision_records d JOIN whole o ON o.decision_id = d.id WHERE d.record = r.drawn_record)
                THEN 1 ELSE 0 END AS rebuilt,
              COALESCE(r.faithful, 0) AS faithful
            FROM draws w CROSS JOIN places p
            LEFT JOIN audit_result_records r ON r.draw_id = w.id AND r.position = p.position AND r.record < {cut} AND r.at < {before}
            WHERE p.position < w.count AND (r.record IS NOT NULL OR (
              w.drawn_at + \(auditDays) * 86400 < \(ViewSQL.now) AND CASE \(ViewSQL.word("w.type"))
                WHEN 'record' THEN EXISTS (SELECT 1 FROM ledger_entries e WHERE e.first_record < w.first_record AND e.at <= w.drawn_at - w.age * 86400)
                WHEN 'decision' THEN EXISTS (
                  SELECT 1 FROM decision_records d WHERE d.record < w.first_record
                    AND \(ViewSQL.ledgerTime("d.record")) <= w.drawn_at - w.age * 86400)
                ELSE EXISTS (
                  SELECT 1 FROM interaction_day_deltas x JOIN ledger_entries e ON e.sequence = x.ledger_index
                  WHERE x.explained > 0 AND e.first_record < w.first_record AND e.at <= w.drawn_at - w.age * 86400) END))
            """)
}
