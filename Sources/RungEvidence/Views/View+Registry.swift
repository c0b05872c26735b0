/// Who can act, what is registered, and in which words it is asked.
extension View {
    static let principals = View(
        "principals", "People, services and agents that can act; from the identity provider.",
        index: ["principal_id"],
        columns: [
            .text("principal_id", "id", "stable identity"),
            .text("kind", "person, service, agent", "only a person can own, review or approve"),
            .optionalText("team", "id", "organisational team"),
            .integer("active", "0/1", "valid at the identity provider at the cut-off"),
            .optionalTime(
                "left_at",
                "when the identity provider ended the account: as told, or when a snapshot of the registry came without it; NULL while active"
            ),
            .integer("can_build", "0/1", "may create or change agents or prompts"),
        ],
        sql: """
            WITH known AS (SELECT DISTINCT id FROM principal_records WHERE record < {cut}),
            told AS MATERIALIZED (
              SELECT q.*, \(PrincipalSQL.leftAt("q")) AS ended_at
              FROM known k JOIN principal_records q ON q.record = \(PrincipalSQL.current("k.id")))
            SELECT id AS principal_id, \(ViewSQL.word("type")) AS kind, team,
              CASE WHEN ended_at < {before} THEN 0 ELSE 1 END AS active, \(ViewSQL.seen("ended_at")) AS left_at,
              COALESCE(can_build, 0) AS can_build
            FROM told
            """)

    static let agents = View(
        "agents", "The registry, one row per registered agent (retired ones included).",
        uses: ["principals", "interaction_days"], index: ["agent_id"],
        columns: [
            .text("agent_id", "id", "same id as in interactions"),
            .optionalText("department", "id", "business department served"),
            .optionalText("team", "id", "team that runs it"),
            .optionalText("owner_id", "principal_id", "accountable person"),
            .optionalText("deputy_id", "principal_id", "stand-in"),
            .text("state", "design, pilot, active, retired", "life-cycle state"),
            .optionalText("purpose", "text", "what it is for"),
            .optionalText("audience", "text", "for whom"),
            .optionalText("limits", "text", "what it must not do"),
            .optionalText("success_metric", "text", "how success is measured"),
            .real("baseline", "unit of the metric", "value of that metric without the agent"),
            .optionalText("risk_tier", "low, medium, high", "set by assessment"),
            .optionalText("autonomy", "advise, approve, act", "set by assessment"),
            .integer("user_facing", "0/1", "talks to people who did not build it"),
            .real("oversight_rate", "share 0..1", "share of interactions that people must look at"),
            .real(
                "oversight_seen", "share 0..1",
                "share of production interactions that a person did look at who had not asked, last 90 days before the cut-off"),
            .integer("objectives", "count", "service objectives with an alert route"),
            .integer("budget_enforced", "0/1", "hard spending limit in force, as a registered source tells"),
            .optionalText(
                "card_digest", "sha256",
                "digest of the card as it stands (purpose, audience, limits, measure, tier, autonomy, oversight rate, user_facing)"),
        ],
        sql: """
            WITH \(ViewSQL.latest("latest", "agent_records")),
            \(ViewSQL.newest("targets", "objective_records")),
            \(ViewSQL.newest("ceilings", "spending_limit_records", where: "r.origin <> 1")),
            \(oversight)
            SELECT l.id AS agent_id, l.department, l.team, l.owner_id, l.deputy_id, \(ViewSQL.word("l.state")) AS state, l.purpose,
              l.audience, l.limits, l.success_metric, l.baseline, \(ViewSQL.word("l.risk_tier")) AS risk_tier,
              \(ViewSQL.word("l.autonomy")) AS autonomy, COALESCE(l.user_facing, 1) AS user_facing, l.oversight_rate,
              CAST(COALESCE(k.seen, 0) AS REAL) / e.total AS oversight_seen,
              (SELECT COUNT(*) FROM targets o WHERE o.agent_id = c.code AND o.alert_route IS NOT NULL
                AND COALESCE(o.ended_at, {before}) >= {before}) AS objectives,
              EXISTS (SELECT 1 FROM ceilings b WHERE b.agent_id = c.code AND b.hard = 1 AND COALESCE(b.ended_at, {before}) >= {before})
                AS budget_enforced,
              \(ViewSQL.digest("l.card_digest")) AS card_digest
            FROM latest l
            LEFT JOIN record_codes c ON c.text = l.id
            LEFT JOIN expected e ON e.agent_id = l.id
            LEFT JOIN looked k ON k.agent_id = c.code
            """)

    /// Common table expressions `expected`: interactions of the last 90 days by agent, and `looked`: those that somebody
    /// looked at, by the agent's code.
    private static let oversight = """
        start AS (SELECT \(ViewSQL.day(ViewSQL.now)) - 90 * 86400 AS at),
        expected AS MATERIALIZED (
          SELECT agent_id, SUM(total) AS total FROM interaction_days
          WHERE environment = 'production' AND day_at >= (SELECT \(ViewSQL.time("at")) FROM start) GROUP BY agent_id),
        reviews AS (
          SELECT v.*, ROW_NUMBER() OVER (PARTITION BY v.principal_id, v.at / 86400 ORDER BY v.at, v.record) AS place
          FROM review_records v WHERE v.record < {cut} AND v.at < {before} AND v.at >= (SELECT at FROM start)),
        looked AS MATERIALIZED (
          SELECT i.agent_id, COUNT(DISTINCT i.record) AS seen
          FROM reviews v
          JOIN interaction_records i ON i.record = \(ViewSQL.interaction("v.interaction_id")) AND i.agent_id = v.agent_id
          JOIN principals q ON q.principal_id = v.principal_id
          WHERE q.kind = 'person' AND (q.left_at IS NULL OR q.left_at > \(ViewSQL.time("v.at")))
            AND v.place <= \(PolicySQL.DailyLimit.review.records(at: "v.at"))
            AND i.record < {cut} AND i.at <= v.at AND i.at >= (SELECT at FROM start)
            AND i.environment = \(ViewSQL.code("production"))
            AND (i.principal_id IS NULL OR \(ViewSQL.word("i.principal_id")) <> v.principal_id)
          GROUP BY i.agent_id)
        """

    static let promptVersions = View(
        "prompt_versions", "Content-addressed prompt versions.",
        index: ["prompt_version_id"],
        columns: [
            .text(
                "prompt_version_id", "sha256",
                "digest of template text and declared variables; model configuration and tools are not in it"),
            .optionalText("author_id", "principal_id", "what was said first; later records may fill gaps, never change"),
            .optionalText("reason", "text", "why it was made"),
            .optionalText("parent_id", "prompt_version_id", "NULL for the first version, and for a parent that is not stored"),
            .integer("first_version", "0/1", "there is rightly no parent: no earlier version under that name"),
            .optionalText("template_id", "id", "template version it is built from"),
            .time(
                "created_at",
                "ledger time for prompts of a workspace; for imported ones the claimed time, which is never later than the import"),
        ],
        sql: """
            WITH seen AS (SELECT r.*, \(ViewSQL.since("r")) AS since FROM prompt_version_records r WHERE r.record < {cut}),
            told AS (
              SELECT s.version, s.since,
                FIRST_VALUE(s.author_id) OVER (PARTITION BY s.version ORDER BY s.author_id IS NULL, s.since, s.record) AS author_id,
                FIRST_VALUE(s.reason) OVER (PARTITION BY s.version ORDER BY s.reason IS NULL, s.since, s.record) AS reason,
                FIRST_VALUE(s.parent_id) OVER (PARTITION BY s.version ORDER BY s.parent_id IS NULL, s.since, s.record) AS parent_id,
                FIRST_VALUE(s.template_id) OVER (PARTITION BY s.version ORDER BY s.template_id IS NULL, s.since, s.record) AS template_id,
                ROW_NUMBER() OVER (PARTITION BY s.version ORDER BY s.since, s.record) AS rank,
                ROW_NUMBER() OVER (PARTITION BY s.prompt_id ORDER BY s.since, s.record) AS place
              FROM seen s WHERE s.since < {before})
            SELECT \(ViewSQL.word("version")) AS prompt_version_id, author_id, reason,
              CASE WHEN parent_id <> version AND parent_id IN (SELECT version FROM seen WHERE since < {before})
                THEN \(ViewSQL.word("parent_id")) END AS parent_id,
              CASE WHEN place = 1 THEN 1 ELSE 0 END AS first_version, template_id, \(ViewSQL.time("since")) AS created_at
            FROM told WHERE rank = 1
            """)
}
