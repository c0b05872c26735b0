/// What went live.
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
}
