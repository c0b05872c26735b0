/// What people say about results of agents.
extension View {
    static let overrides = View(
        "overrides", "A person changed or rejected a result of an agent.", uses: ["principals"],
        index: ["interaction_id"],
        columns: [
            .text("override_id", "id"),
            .time("at"),
            .text("agent_id", "id"),
            .optionalText("interaction_id", "id", "interaction that was changed"),
            .optionalText("reason_code", "code"),
            .optionalText("before_ref", "ref"),
            .optionalText("after_ref", "ref"),
            .integer("screened", "0/1", "passed the checks: \(Screening.summary(.override))"),
            .integer("matched", "0/1", "points at an earlier interaction of the same agent with outcome corrected or rejected"),
        ],
        sql: """
            WITH \(Screening.owners),
            told AS (
              SELECT o.*, \(ViewSQL.word("o.agent_id")) AS agent, \(Screening.place("o.principal_id", in: "o")),
                \(Screening.alike("o.principal_id", ["o.reason_code", "o.after_ref"], in: "o"))
              FROM override_records o WHERE o.record < {cut} AND o.at < {before})
            SELECT o.id AS override_id, \(ViewSQL.time("o.at")) AS at, o.agent AS agent_id,
              o.interaction_id, \(ViewSQL.word("o.reason_code")) AS reason_code, o.before_ref, o.after_ref,
              CASE WHEN q.principal_id IS NOT NULL AND w.owner_id IS NULL AND \(Screening.isUsual("o", .override)) THEN 1 ELSE 0 END
                AS screened,
              CASE WHEN EXISTS (SELECT 1 FROM interaction_records i
                WHERE i.record = \(ViewSQL.interaction("o.interaction_id")) AND i.agent_id = o.agent_id
                AND i.record < {cut} AND i.at <= o.at
                AND \(ViewSQL.outcome(of: "i")) IN (\(ViewSQL.code("corrected")), \(ViewSQL.code("rejected"))))
                THEN 1 ELSE 0 END AS matched
            FROM told o
            LEFT JOIN principals q ON q.principal_id = o.principal_id AND \(Screening.isPerson("q", at: "o.at"))
            LEFT JOIN owners w ON w.agent_id = o.agent AND w.owner_id = o.principal_id
            """)

    static let feedback = View(
        "feedback", "Structured answers of users.", uses: ["principals"], index: ["agent_id", "at"],
        columns: [
            .text("feedback_id", "id"),
            .time("at"),
            .text("agent_id", "id"),
            .optionalText("interaction_id", "id"),
            .optionalText("prompt_version_id", "sha256"),
            .integer("negative", "0/1", "by its scale: \(negativeText)"),
            .integer(
                "linked", "0/1", "the interaction exists, is not later, belongs to this agent and ran this prompt version"),
            .time("due_at", "triage promised by: the policy's days after it came, \(PolicyPeriod.triage.days) without one"),
            .optionalTime("triaged_at", "when a person first looked at it, not before it came"),
            .integer(
                "screened", "0/1",
                "passed the checks: \(Screening.summary(.feedback)); or the source is a session that answers an interaction of the agent where an answer was offered, the first such answer to it"
            ),
        ],
        sql: """
            WITH \(Screening.owners),
            told AS (
              SELECT f.*, \(ViewSQL.word("f.agent_id")) AS agent, \(Screening.place(source, in: "f")),
                \(Screening.alike(source, ["f.scale", "f.answer"], in: "f")),
                ROW_NUMBER() OVER (PARTITION BY f.interaction_id, f.principal_id IS NULL ORDER BY f.at, f.record) AS turn
              FROM feedback_records f WHERE f.record < {cut} AND f.at < {before})
            SELECT f.id AS feedback_id, \(ViewSQL.time("f.at")) AS at, f.agent AS agent_id, f.interaction_id,
              \(ViewSQL.word("f.prompt_version_id")) AS prompt_version_id,
              CASE WHEN \(isNegative) THEN 1 ELSE 0 END AS negative,
              CASE WHEN i.prompt_version_id = f.prompt_version_id THEN 1 ELSE 0 END AS linked,
              \(ViewSQL.time(PolicyPeriod.triage.end(from: "f.at"))) AS due_at,
              (SELECT MIN(\(ViewSQL.time("t.at"))) FROM triage_records t JOIN principals p ON p.principal_id = t.principal_id
               WHERE t.feedback_id = f.id AND t.record < {cut} AND t.at < {before} AND t.at >= f.at
                 AND \(Screening.isPerson("p", at: "t.at"))) AS triaged_at,
              CASE WHEN \(Screening.isUsual("f", .feedback)) AND (q.principal_id IS NOT NULL AND w.owner_id IS NULL
                OR f.principal_id IS NULL AND f.session_id IS NOT NULL AND i.feedback_offered = 1 AND f.turn = 1
                  AND NOT EXISTS (SELECT 1 FROM principals p WHERE p.principal_id = f.session_id)) THEN 1 ELSE 0 END AS screened
            FROM told f
            LEFT JOIN interaction_records i ON i.record = \(ViewSQL.interaction("f.interaction_id")) AND i.agent_id = f.agent_id
              AND i.at <= f.at AND i.record < {cut}
            LEFT JOIN principals q ON q.principal_id = f.principal_id AND \(Screening.isPerson("q", at: "f.at"))
            LEFT JOIN owners w ON w.agent_id = f.agent AND w.owner_id = f.principal_id
            """)

    /// Who answered: an account, else a session.
    private static let source = "COALESCE(f.principal_id, 'session ' || f.session_id)"

    private static let isNegative = RecordKind.answerScales.map { scale in
        "f.scale = \(ViewSQL.code(scale.name)) AND f.answer <= \(scale.negativeUpTo)"
    }.joined(separator: " OR ")

    private static let negativeText = RecordKind.answerScales.map { "\($0.name) up to \($0.negativeUpTo)" }.joined(separator: ", ")
}

/// SQL for the checks that a record of a person passes before it may count.
enum Screening {
    /// Records of one source on one day that say the same; with more of them, none passes.
    static let alikeLimit = 50

    /// The checks in words.
    static func summary(_ limit: PolicySQL.DailyLimit) -> String {
        "the source is a person who never owned the agent, within the policy's limit of a day (\(limit.records) without one), no more than \(alikeLimit) alike on one day"
    }

    /// A common table expression `owners`: who owns or owned an agent.
    static let owners = """
        owners AS MATERIALIZED (
          SELECT DISTINCT g.id AS agent_id, g.owner_id FROM agent_records g
          WHERE g.record < {cut} AND g.owner_id IS NOT NULL AND \(ViewSQL.since("g")) < {before})
        """

    /// A column `place`: the record is that source's first, second … of the day.
    static func place(_ source: String, in row: String) -> String {
        "ROW_NUMBER() OVER (PARTITION BY \(source), \(row).at / 86400 ORDER BY \(row).at, \(row).record) AS place"
    }

    /// A column `alike`: how many records of that source and day hold the same `columns`.
    static func alike(_ source: String, _ columns: [String], in row: String) -> String {
        "COUNT(*) OVER (PARTITION BY \(source), \(row).at / 86400, \(columns.joined(separator: ", "))) AS alike"
    }

    /// Whether the source has neither said too much nor the same too often on that day.
    static func isUsual(_ row: String, _ limit: PolicySQL.DailyLimit) -> String {
        "\(row).alike <= \(alikeLimit) AND \(row).place <= \(limit.records(at: "\(row).at"))"
    }

    /// Whether a row of `principals` is a person whose account had not ended at `seconds`.
    static func isPerson(_ row: String, at seconds: String) -> String {
        "\(row).kind = 'person' AND (\(row).left_at IS NULL OR \(row).left_at > \(ViewSQL.time(seconds)))"
    }
}
