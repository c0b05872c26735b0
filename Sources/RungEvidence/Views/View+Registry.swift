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
            .optionalTime("left_at", "when the identity provider ended the account; NULL while active"),
            .integer("can_build", "0/1", "may create or change agents or prompts"),
        ],
        sql: """
            WITH \(ViewSQL.latest("latest", "principal_records"))
            SELECT id AS principal_id, \(ViewSQL.word("type")) AS kind, team,
              CASE WHEN left_at < {before} THEN 0 ELSE 1 END AS active, \(ViewSQL.seen("left_at")) AS left_at,
              COALESCE(can_build, 0) AS can_build
            FROM latest
            """)

    static let agents = View(
        "agents", "The registry, one row per registered agent (retired ones included).",
        index: ["agent_id"],
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
            .real("oversight_seen", "share 0..1", "share that people did look at; NULL until reviews of interactions are recorded"),
            .integer("objectives", "count", "service objectives with an alert route; 0 until alert routes are recorded"),
            .integer("budget_enforced", "0/1", "hard spending limit in force; 0 until gateway limits are recorded"),
            .optionalText(
                "card_digest", "sha256",
                "digest of the card as it stands (purpose, audience, limits, measure, tier, autonomy, oversight rate, user_facing)"),
        ],
        sql: """
            WITH \(ViewSQL.latest("latest", "agent_records"))
            SELECT id AS agent_id, department, team, owner_id, deputy_id, \(ViewSQL.word("state")) AS state, purpose, audience,
              limits, success_metric, baseline, \(ViewSQL.word("risk_tier")) AS risk_tier,
              \(ViewSQL.word("autonomy")) AS autonomy, COALESCE(user_facing, 1) AS user_facing, oversight_rate,
              CAST(NULL AS REAL) AS oversight_seen, 0 AS objectives, 0 AS budget_enforced,
              \(ViewSQL.digest("card_digest")) AS card_digest
            FROM latest
            """)

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
