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
              z.id AS release_id, \(ViewSQL.word("CASE WHEN l.record IS NULL THEN i.outcome ELSE l.outcome END")) AS outcome,
              \(ViewSQL.word("CASE WHEN l.record IS NULL THEN i.failure_reason ELSE l.failure_reason END")) AS failure_reason,
              i.cost, i.latency_ms, i.trace_id, \(ViewSQL.word("i.context_version_id")) AS context_version_id, i.memory_ref,
              i.explanation_ref, COALESCE(i.feedback_offered, 0) AS feedback_offered
            FROM interaction_records i
            LEFT JOIN outcome_records l ON l.record = \(ViewSQL.latestOutcome(of: "i", "record"))
            \(joins)
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
        index: ["agent_id", "day_at"],
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
            SELECT \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("environment")) AS environment,
              \(ViewSQL.time("day * 86400")) AS day_at, \(ViewSQL.time("MIN(first_at)")) AS first_at,
              \(InteractionCount.told.map { "SUM(\($0.column)) AS \($0.column)" }.joined(separator: ", "))
            FROM interaction_day_deltas WHERE ledger_index < {entries} AND seen_day * 86400 < {before}
            GROUP BY interaction_day_deltas.agent_id, interaction_day_deltas.environment, day HAVING SUM(total) > 0
            """)

    static let contextDays = View(
        "context_days",
        "Roll-up of interactions per agent, environment, UTC day and version of the organizational context supplied.",
        index: ["agent_id", "day_at"],
        columns: [
            .text("agent_id", "id"),
            .text("environment", "production, pilot"),
            .time("day_at", "midnight"),
            .text("context_version_id", "id"),
            .time("first_at", "earliest use of this context on that day"),
            .integer("total", "count", "interactions with it"),
        ],
        sql: """
            SELECT \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("environment")) AS environment,
              \(ViewSQL.time("day * 86400")) AS day_at, \(ViewSQL.word("context_version_id")) AS context_version_id,
              \(ViewSQL.time("MIN(first_at)")) AS first_at, SUM(total) AS total
            FROM context_day_deltas WHERE ledger_index < {entries} AND day * 86400 < {before}
            GROUP BY context_day_deltas.agent_id, context_day_deltas.environment, day, context_day_deltas.context_version_id
            """)

    static let usageDays = View(
        "usage_days", "One row per agent, environment and UTC day; the counts the operator cannot shape.",
        index: ["day_at"],
        columns: [
            .text("agent_id", "id", "also unregistered agents"),
            .text("environment", "production, pilot"),
            .time("day_at", "midnight"),
            .integer("logged", "count", "interactions recorded"),
            .optionalInteger(
                "counted", "count",
                "calls counted by the source named in counted_by: of two external counters the larger, and of equal ones the gateway; without one, what the program itself or a registered source took in; NULL when there are only imported files"
            ),
            .optionalText("counted_by", "gateway, invoice, recorder", "external counter, or else Rung's own recorder or receiver"),
            .integer("attempts", "count", "execution attempts seen by the gateway"),
            .integer("admission_checked", "count", "attempts decided by the admission check (allowed or refused)"),
        ],
        sql: """
            WITH told AS (
              SELECT agent_id, environment, day, SUM(total) AS logged, SUM(received) AS received,
                NULL AS by_gateway, NULL AS by_invoice, 0 AS attempts, 0 AS admission_checked
              FROM interaction_day_deltas WHERE ledger_index < {entries} AND seen_day * 86400 < {before}
              GROUP BY agent_id, environment, day HAVING SUM(total) > 0
              UNION ALL
              SELECT agent_id, environment, day / 86400, 0, 0,
                CASE WHEN counted_by = \(ViewSQL.code("gateway")) THEN counted END,
                CASE WHEN counted_by = \(ViewSQL.code("invoice")) THEN counted END,
                COALESCE(attempts, 0), COALESCE(admission_checked, 0)
              FROM usage_count_records WHERE record < {cut} AND day < {before}),
            days AS (
              SELECT agent_id, environment, day, SUM(logged) AS logged, NULLIF(SUM(received), 0) AS received,
                MAX(by_gateway) AS by_gateway, MAX(by_invoice) AS by_invoice,
                MAX(attempts) AS attempts, MAX(admission_checked) AS admission_checked
              FROM told GROUP BY agent_id, environment, day)
            SELECT \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("environment")) AS environment,
              \(ViewSQL.time("day * 86400")) AS day_at, logged,
              COALESCE(MAX(by_gateway, by_invoice), by_gateway, by_invoice, received) AS counted,
              CASE WHEN by_gateway >= by_invoice OR by_gateway IS NOT NULL AND by_invoice IS NULL THEN 'gateway'
                WHEN by_invoice IS NOT NULL THEN 'invoice' WHEN received IS NOT NULL THEN 'recorder' END AS counted_by,
              attempts, admission_checked
            FROM days
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

extension ViewSQL {
    /// The record of an interaction by its identifier, an SQL expression that is the `interaction_id` of another record.
    static func interaction(_ id: String) -> String {
        "(SELECT known.record FROM interaction_references known WHERE known.interaction_id = \(id))"
    }

    /// A column of the latest outcome that was told later of the interaction in the row `row`; NULL without one.
    static func latestOutcome(of row: String, _ column: String) -> String {
        """
        (SELECT o.\(column) FROM outcome_records o WHERE o.interaction_id = \(row).id AND o.outcome IS NOT NULL
           AND o.record < {cut} AND o.at < {before} ORDER BY o.at DESC, o.record DESC LIMIT 1)
        """
    }
}
