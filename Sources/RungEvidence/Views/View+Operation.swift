/// What agents did in production and what came of it.
extension View {
    static let interactions = View(
        "interactions", "One row per recorded interaction; for reports and drill-down, no measure reads it.", kind: .view,
        columns: [
            .text("interaction_id", "id"),
            .time("at"),
            .text("environment", "production, pilot"),
            .text("agent_id", "id"),
            .optionalText("principal_id", "principal_id", "acting or asking person or service"),
            .optionalText("prompt_version_id", "sha256"),
            .integer("prompt_text_stored", "0/1", "the full prompt can be read back"),
            .optionalText("config_digest", "sha256"),
            .optionalText("model_id", "id"),
            .optionalText("release_id", "id", "release that was live for exactly this prompt and configuration"),
            .optionalText("outcome", "accepted, corrected, rejected, failed, abandoned"),
            .optionalText("failure_reason", "code", "for failed and abandoned"),
            .real("cost", "currency of the report"),
            .real("latency_ms", "ms"),
            .optionalText("trace_id", "id"),
            .optionalText("context_version_id", "id", "organisational context supplied"),
            .optionalText("memory_ref", "ref", "memory record read or written"),
            .optionalText("explanation_ref", "ref", "explanation delivered with the output"),
            .integer("feedback_offered", "0/1", "the user could answer in place"),
        ],
        sql: """
            WITH \(spans), \(versions)
            SELECT i.id AS interaction_id, \(ViewSQL.time("i.at")) AS at, \(ViewSQL.word("i.environment")) AS environment,
              \(ViewSQL.word("i.agent_id")) AS agent_id, \(ViewSQL.word("i.principal_id")) AS principal_id,
              \(ViewSQL.word("i.prompt_version_id")) AS prompt_version_id,
              CASE WHEN v.version IS NOT NULL THEN 1 ELSE 0 END AS prompt_text_stored,
              \(ViewSQL.word("i.config_digest")) AS config_digest, \(ViewSQL.word("i.model_id")) AS model_id,
              z.id AS release_id, \(ViewSQL.word("i.outcome")) AS outcome, \(ViewSQL.word("i.failure_reason")) AS failure_reason,
              i.cost, i.latency_ms, i.trace_id, \(ViewSQL.word("i.context_version_id")) AS context_version_id, i.memory_ref,
              i.explanation_ref, COALESCE(i.feedback_offered, 0) AS feedback_offered
            FROM interaction_records i \(joins)
            WHERE i.record < {cut} AND i.at < {before}
            """)

    /// A common table expression `versions`: codes of the prompt versions whose text is stored, with their first time.
    private static let versions = """
        versions AS (
          SELECT s.version, MIN(s.since) AS since
          FROM (SELECT r.version, \(ViewSQL.since("r")) AS since FROM prompt_version_records r WHERE r.record < {cut}) s
          WHERE s.since < {before} GROUP BY s.version)
        """

    /// The release that was live, and the version as far as it is stored; at most one row of each.
    private static let joins = """
        LEFT JOIN versions v ON v.version = i.prompt_version_id
        LEFT JOIN spans z ON z.agent_id = i.agent_id AND z.prompt_version_id = i.prompt_version_id
          AND z.config_digest = i.config_digest AND z.released_at <= i.at AND (z.ended_at IS NULL OR i.at < z.ended_at)
        """

    static let interactionDays = View(
        "interaction_days", "Roll-up of interactions per agent, environment and UTC day: all that measures need of them.",
        uses: ["principals", "prompt_versions"], index: ["day_at"],
        columns: [
            .text("agent_id", "id", "also unregistered agents"),
            .text("environment", "production, pilot"),
            .time("day_at", "midnight"),
            .time("first_at", "earliest interaction of the day"),
            .integer("total", "count", "interactions"),
            .integer("outcome_ok", "count", "with an outcome and, if failed or abandoned, a reason"),
            .integer("text_stored", "count", "with a known prompt version whose full text can be read back"),
            .integer(
                "versioned", "count", "whose version was stored before with known author, reason and parent (or is a first version)"),
            .integer("released", "count", "served by a live release of the same prompt and configuration"),
            .integer(
                "trace_complete", "count", "with version, configuration, model, principal, outcome, cost, latency, trace id"),
            .integer("explained", "count", "that delivered an explanation"),
            .integer("feedback_offered", "count", "the user could answer in place"),
            .integer("with_memory", "count", "that read or wrote a memory record"),
            .integer("corrected", "count", "with outcome corrected or rejected"),
            .integer(
                "corrected_recorded", "count",
                "of these, with an override record of the same agent that has reason and two different versions"),
        ],
        sql: """
            WITH \(spans), \(versions),
            told AS (
              SELECT c.code AS version FROM prompt_versions p JOIN record_codes c ON c.text = p.prompt_version_id
              WHERE p.author_id IS NOT NULL AND p.reason IS NOT NULL AND (p.parent_id IS NOT NULL OR p.first_version = 1)
                AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = p.author_id)),
            days AS (
              SELECT i.agent_id, i.environment, i.at / 86400 AS day, MIN(i.at) AS first_at, COUNT(*) AS total,
                SUM(i.outcome IS NOT NULL AND (i.outcome NOT IN (COALESCE(\(ViewSQL.code("failed")), -1), COALESCE(\(ViewSQL.code("abandoned")), -1))
                  OR i.failure_reason IS NOT NULL)) AS outcome_ok,
                SUM(v.version IS NOT NULL) AS text_stored,
                SUM(v.since <= i.at AND t.version IS NOT NULL) AS versioned,
                SUM(z.id IS NOT NULL) AS released,
                SUM(i.prompt_version_id IS NOT NULL AND i.config_digest IS NOT NULL AND i.model_id IS NOT NULL
                  AND i.principal_id IS NOT NULL AND i.outcome IS NOT NULL AND i.cost IS NOT NULL AND i.latency_ms IS NOT NULL
                  AND i.trace_id IS NOT NULL) AS trace_complete,
                SUM(i.explanation_ref IS NOT NULL) AS explained, SUM(COALESCE(i.feedback_offered, 0)) AS feedback_offered,
                SUM(i.memory_ref IS NOT NULL) AS with_memory,
                SUM(i.outcome IN (COALESCE(\(ViewSQL.code("corrected")), -1), COALESCE(\(ViewSQL.code("rejected")), -1))) AS corrected,
                SUM(i.outcome IN (COALESCE(\(ViewSQL.code("corrected")), -1), COALESCE(\(ViewSQL.code("rejected")), -1)) AND EXISTS (
                  SELECT 1 FROM override_records o WHERE o.interaction_id = i.id AND o.agent_id = i.agent_id AND o.record < {cut}
                    AND o.at < {before} AND o.reason_code IS NOT NULL AND o.before_ref <> o.after_ref)) AS corrected_recorded
              FROM interaction_records i \(joins)
              LEFT JOIN told t ON t.version = i.prompt_version_id
              WHERE i.record < {cut} AND i.at < {before}
              GROUP BY i.agent_id, i.environment, i.at / 86400)
            SELECT \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("environment")) AS environment,
              \(ViewSQL.time("day * 86400")) AS day_at, \(ViewSQL.time("first_at")) AS first_at, total,
              COALESCE(outcome_ok, 0) AS outcome_ok, COALESCE(text_stored, 0) AS text_stored, COALESCE(versioned, 0) AS versioned,
              COALESCE(released, 0) AS released, trace_complete, explained, feedback_offered, with_memory,
              COALESCE(corrected, 0) AS corrected, COALESCE(corrected_recorded, 0) AS corrected_recorded
            FROM days
            """)

    static let usageDays = View(
        "usage_days", "One row per agent, environment and UTC day; the counts the operator cannot shape.",
        uses: ["interaction_days"], index: ["day_at"],
        columns: [
            .text("agent_id", "id", "also unregistered agents"),
            .text("environment", "production, pilot"),
            .time("day_at", "midnight"),
            .integer("logged", "count", "interactions recorded"),
            .optionalInteger(
                "counted", "count", "calls counted by the source named in counted_by; of two sources the larger; NULL without one"),
            .optionalText("counted_by", "gateway, invoice", "external counter"),
            .integer("attempts", "count", "execution attempts seen by the gateway"),
            .integer("admission_checked", "count", "attempts decided by the admission check (allowed or refused)"),
        ],
        sql: """
            WITH ranked AS (
              SELECT u.*, ROW_NUMBER() OVER (PARTITION BY agent_id, environment, day ORDER BY counted DESC, record) AS rank,
                MAX(attempts) OVER (PARTITION BY agent_id, environment, day) AS tried,
                MAX(admission_checked) OVER (PARTITION BY agent_id, environment, day) AS checked
              FROM usage_count_records u WHERE u.record < {cut} AND u.day < {before}),
            counts AS (
              SELECT \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("environment")) AS environment,
                \(ViewSQL.time("day")) AS day_at, counted, \(ViewSQL.word("counted_by")) AS counted_by,
                COALESCE(tried, 0) AS attempts, COALESCE(checked, 0) AS admission_checked
              FROM ranked WHERE rank = 1)
            SELECT d.agent_id, d.environment, d.day_at, d.total AS logged, c.counted, c.counted_by,
              COALESCE(c.attempts, 0) AS attempts, COALESCE(c.admission_checked, 0) AS admission_checked
            FROM interaction_days d
            LEFT JOIN counts c ON c.agent_id = d.agent_id AND c.environment = d.environment AND c.day_at = d.day_at
            UNION ALL
            SELECT c.agent_id, c.environment, c.day_at, 0, c.counted, c.counted_by, c.attempts, c.admission_checked
            FROM counts c WHERE NOT EXISTS (
              SELECT 1 FROM interaction_days d
              WHERE d.agent_id = c.agent_id AND d.environment = c.environment AND d.day_at = c.day_at)
            """)

    static let scans = View(
        "scans", "Executions of the rules that open cases; proof that silence means nothing was found.",
        columns: [
            .text("scan_id", "id"),
            .text(
                "kind",
                "overlap, unmet_intent, override_cluster, feedback_cluster, prompt_failure, deviation, conflict, dependency_change, recalibration",
                "what was looked for"),
            .time("at"),
            .integer("records", "count", "records read (0 = an empty scan, proves nothing)"),
        ],
        sql: """
            SELECT id AS scan_id, \(ViewSQL.word("type")) AS kind, \(ViewSQL.time("at")) AS at, records
            FROM scan_records WHERE record < {cut} AND at < {before}
            """)
}
