/// What people did: reviews, approvals, confirmations.
extension View {
    static let acts = View(
        "acts",
        "Recorded acts of people on things: the steps of every workflow, reviews, approvals, confirmations, attestations.",
        index: ["subject_kind", "subject_id"],
        columns: [
            .text("act_id", "id"),
            .text(
                "subject_kind", "agent, prompt_version, release, template, context, card, policy, assessment, dashboard",
                "what was acted on"),
            .text("subject_id", "id", "id of the subject"),
            .text("step", "intake, design, review, approval, confirm, decision, recompute, open", "which step"),
            .text("principal_id", "principal_id", "who"),
            .optionalText("second_id", "principal_id", "second person for attestations"),
            .optionalText("author_id", "principal_id", "who made or asked for the thing acted on, read from its own record"),
            .time("at", "when"),
            .optionalText(
                "verdict", "approved, rejected, keep, change, retire, fresh, stale, equal, different",
                "result of the act; that of open (how old the data was against the dashboard's limit) and of recompute (the digest given against the assessment's) is never taken from a sender"
            ),
            .optionalText("digest", "sha256", "content acted on, read from its own record; NULL when the sender claimed another"),
        ],
        sql: """
            WITH told AS (
              SELECT a.*, \(ViewSQL.word("a.subject_kind")) AS subject, \(ViewSQL.word("a.step")) AS step_word,
                \(ViewSQL.word("a.digest")) AS claimed
              FROM act_records a WHERE a.record < {cut} AND a.at < {before}),
            bound AS (
              SELECT t.*, CASE \(authors) END AS author_id, CASE \(digests) END AS found,
                CASE WHEN subject = 'dashboard' AND step_word = 'open' THEN \(dashboard("g.fresh_minutes")) END AS fresh_minutes
              FROM told t)
            SELECT id AS act_id, subject AS subject_kind, subject_id, step_word AS step, principal_id, second_id, author_id,
              \(ViewSQL.time("at")) AS at,
              CASE
                WHEN step_word = 'open' THEN
                  CASE WHEN data_at <= at AND at - data_at <= fresh_minutes * 60 THEN 'fresh'
                    WHEN data_at IS NOT NULL AND fresh_minutes IS NOT NULL THEN 'stale' END
                WHEN step_word = 'recompute' THEN
                  CASE WHEN subject = 'assessment' THEN CASE claimed WHEN found THEN 'equal' ELSE
                    CASE WHEN claimed IS NOT NULL AND found IS NOT NULL THEN 'different' END END END
                ELSE \(ViewSQL.word("verdict")) END AS verdict,
              CASE WHEN claimed IS NULL AND step_word <> 'recompute' OR claimed = found THEN found END AS digest
            FROM bound
            """)

    /// Who made or asked for the subject of the act `t`, by its kind.
    private static let authors = """
        WHEN subject = 'prompt_version' THEN (
          SELECT p.author_id FROM prompt_version_records p
          WHERE p.version = (SELECT code FROM record_codes WHERE text = t.subject_id) AND p.author_id IS NOT NULL AND p.record < {cut}
          ORDER BY \(ViewSQL.since("p")), p.record LIMIT 1)
        WHEN subject = 'release' THEN (SELECT z.requested_by FROM release_records z WHERE z.id = t.subject_id AND z.record < {cut})
        WHEN subject = 'template' THEN COALESCE(
          (SELECT m.author_id FROM template_records m WHERE m.id = t.subject_id AND m.record < {cut}),
          (SELECT p.author_id FROM prompt_version_records p
           WHERE p.prompt_id || '@' || p.label = t.subject_id AND p.author_id IS NOT NULL AND p.record < {cut}
           ORDER BY p.record LIMIT 1))
        WHEN subject IN ('agent', 'card') THEN \(agent("COALESCE(g.author_id, g.owner_id)"))
        WHEN subject = 'context' THEN (SELECT v.author_id FROM context_version_records v WHERE v.id = t.subject_id AND v.record < {cut})
        WHEN subject = 'policy' THEN \(policy("g.author_id"))
        WHEN subject = 'assessment' THEN (SELECT s.author_id FROM assessment_records s WHERE s.id = t.subject_id AND s.record < {cut})
        WHEN subject = 'dashboard' THEN \(dashboard("g.author_id"))
        """

    /// Digest of the subject of the act `t`, by its kind; dashboards have none, because they change by themselves.
    private static let digests = """
        WHEN subject = 'prompt_version' THEN (
          SELECT c.text FROM record_codes c WHERE c.text = t.subject_id
            AND EXISTS (SELECT 1 FROM prompt_version_records p WHERE p.version = c.code AND p.record < {cut}))
        WHEN subject = 'release' THEN (
          SELECT \(ViewSQL.digest("z.content_digest")) FROM release_records z WHERE z.id = t.subject_id AND z.record < {cut})
        WHEN subject = 'template' THEN COALESCE(
          (SELECT \(ViewSQL.digest("m.digest")) FROM template_records m WHERE m.id = t.subject_id AND m.record < {cut}),
          (SELECT \(ViewSQL.word("p.version")) FROM prompt_version_records p
           WHERE p.prompt_id || '@' || p.label = t.subject_id AND p.record < {cut} ORDER BY p.record LIMIT 1))
        WHEN subject IN ('agent', 'card') THEN \(agent(ViewSQL.digest("g.card_digest")))
        WHEN subject = 'context' THEN (
          SELECT \(ViewSQL.word("v.content_digest")) FROM context_version_records v WHERE v.id = t.subject_id AND v.record < {cut})
        WHEN subject = 'policy' THEN \(policy(ViewSQL.digest("g.digest")))
        WHEN subject = 'assessment' THEN (
          SELECT \(ViewSQL.word("s.digest")) FROM assessment_records s WHERE s.id = t.subject_id AND s.record < {cut})
        """

    /// What the registry said about the subject when the act was done.
    private static func agent(_ expression: String) -> String {
        ViewSQL.then(expression, "agent_records", is: "t.subject_id", at: "t.at")
    }

    /// What the policy said when the act was done.
    private static func policy(_ expression: String) -> String {
        ViewSQL.then(expression, "policy_records", is: "t.subject_id", at: "t.at")
    }

    /// What was known about the dashboard of the agent when the act was done.
    private static func dashboard(_ expression: String) -> String {
        ViewSQL.then(expression, "dashboard_records", "agent_id", is: "t.subject_id", at: "t.at")
    }
}
