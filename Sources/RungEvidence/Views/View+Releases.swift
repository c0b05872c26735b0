/// What went live, and what people did about it.
extension View {
    static let releases = View(
        "releases", "A prompt version and agent configuration put into production.",
        index: ["agent_id", "prompt_version_id"],
        columns: [
            .text("release_id", "id"),
            .text("agent_id", "id"),
            .text("prompt_version_id", "sha256"),
            .text("config_digest", "sha256", "digest of model configuration and tools, separate from the prompt version"),
            .text("content_digest", "sha256", "digest over agent, prompt version and configuration"),
            .time("released_at"),
            .optionalText("requested_by", "principal_id", "who asked for the release"),
            .optionalTime("ended_at", "replaced by the next release of the agent, or taken back"),
        ],
        sql: """
            WITH \(spans)
            SELECT id AS release_id, \(ViewSQL.word("agent_id")) AS agent_id,
              \(ViewSQL.word("prompt_version_id")) AS prompt_version_id, \(ViewSQL.word("config_digest")) AS config_digest,
              \(ViewSQL.digest("content_digest")) AS content_digest, \(ViewSQL.time("released_at")) AS released_at,
              requested_by, \(ViewSQL.seen("ended_at")) AS ended_at
            FROM spans
            """)

    /// A common table expression `spans`: every release with its end in seconds, in codes.
    static let spans = """
        spans AS (
          SELECT n.*, CASE WHEN n.taken_back < COALESCE(n.replaced, n.taken_back + 1) THEN n.taken_back ELSE n.replaced END AS ended_at
          FROM (
            SELECT r.*, LEAD(r.released_at) OVER (PARTITION BY r.agent_id ORDER BY r.released_at, r.record) AS replaced,
              (SELECT MIN(e.at) FROM release_end_records e
               WHERE e.release_id = r.id AND e.record < {cut} AND e.at < {before} AND e.at >= r.released_at) AS taken_back
            FROM release_records r WHERE r.record < {cut} AND r.released_at < {before}) n)
        """

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
                "result of the act; that of open and recompute is never taken from a sender"),
            .optionalText("digest", "sha256", "content acted on, read from its own record; NULL when the sender claimed another"),
        ],
        sql: """
            WITH told AS (
              SELECT a.*, \(ViewSQL.word("a.subject_kind")) AS subject, \(ViewSQL.word("a.step")) AS step_word,
                \(ViewSQL.word("a.digest")) AS claimed
              FROM act_records a WHERE a.record < {cut} AND a.at < {before}),
            bound AS (
              SELECT t.*,
                CASE
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
                  WHEN subject IN ('agent', 'card') THEN \(agentThen("COALESCE(g.author_id, g.owner_id)"))
                END AS author_id,
                CASE
                  WHEN subject = 'prompt_version' THEN (
                    SELECT c.text FROM record_codes c WHERE c.text = t.subject_id
                      AND EXISTS (SELECT 1 FROM prompt_version_records p WHERE p.version = c.code AND p.record < {cut}))
                  WHEN subject = 'release' THEN (
                    SELECT \(ViewSQL.digest("z.content_digest")) FROM release_records z WHERE z.id = t.subject_id AND z.record < {cut})
                  WHEN subject = 'card' THEN \(agentThen(ViewSQL.digest("g.card_digest")))
                END AS found
              FROM told t)
            SELECT id AS act_id, subject AS subject_kind, subject_id, step_word AS step, principal_id, second_id, author_id,
              \(ViewSQL.time("at")) AS at,
              CASE WHEN step_word NOT IN ('open', 'recompute') THEN \(ViewSQL.word("verdict")) END AS verdict,
              CASE WHEN claimed IS NULL OR claimed = found THEN found END AS digest
            FROM bound
            """)

    /// What the registry said about the agent `t.subject_id` when the act `t` was done.
    private static func agentThen(_ expression: String) -> String {
        """
        (SELECT \(expression) FROM agent_records g
         WHERE g.id = t.subject_id AND g.record < {cut} AND \(ViewSQL.since("g")) <= t.at
         ORDER BY \(ViewSQL.since("g")) DESC, g.record DESC LIMIT 1)
        """
    }

    static let overrides = View(
        "overrides", "A person changed or rejected a result of an agent.", uses: ["principals", "agents"],
        index: ["interaction_id"],
        columns: [
            .text("override_id", "id"),
            .time("at"),
            .text("agent_id", "id"),
            .optionalText("interaction_id", "id", "interaction that was changed"),
            .optionalText("reason_code", "code"),
            .optionalText("before_ref", "ref"),
            .optionalText("after_ref", "ref"),
            .integer("screened", "0/1", "the source is a person who is not the agent's owner"),
            .integer("matched", "0/1", "points at an interaction of the same agent with outcome corrected or rejected"),
        ],
        sql: """
            SELECT o.id AS override_id, \(ViewSQL.time("o.at")) AS at, \(ViewSQL.word("o.agent_id")) AS agent_id,
              o.interaction_id, \(ViewSQL.word("o.reason_code")) AS reason_code, o.before_ref, o.after_ref,
              CASE WHEN EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = o.principal_id AND q.kind = 'person')
                AND NOT EXISTS (SELECT 1 FROM agents a WHERE a.agent_id = \(ViewSQL.word("o.agent_id")) AND a.owner_id = o.principal_id)
                THEN 1 ELSE 0 END AS screened,
              CASE WHEN EXISTS (
                SELECT 1 FROM interaction_records i WHERE i.record = \(ViewSQL.interaction("o.interaction_id"))
                  AND i.agent_id = o.agent_id AND i.record < {cut} AND i.at < {before}
                  AND COALESCE(\(ViewSQL.latestOutcome(of: "i", "outcome")), i.outcome)
                    IN (\(ViewSQL.code("corrected")), \(ViewSQL.code("rejected"))))
                THEN 1 ELSE 0 END AS matched
            FROM override_records o WHERE o.record < {cut} AND o.at < {before}
            """)
}
