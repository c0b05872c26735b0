import RungText

/// Which records have payloads that grow old: what people and agents said and did, one by one.
///
/// Releases, approvals, findings, counts and roll-ups are no payloads: they are what an audit needs for years.
struct RetentionScope {
    /// What messages call it.
    let kind: String
    /// SQL for rows with `record`, `agent` (a code) and `at` (seconds); `temp.retention_limits` is there.
    let rows: String

    /// Everything that grows old; kinds of this version alone.
    static var all: [RetentionScope] {
        let events = [
            ("decision", "agentId"), ("feedback", "agentId"), ("handoff", "fromAgent"), ("interaction", "agentId"), ("override", "agentId"),
            ("toolCall", "agentId"),
        ]
        return events.compactMap { name, agent in
            RecordCatalog.all.first { $0.name == name }.map { RetentionScope($0, agent: agent) }
        } + [outcomes, trials, grades]
    }

    private init(kind: String, rows: String) {
        self.kind = kind
        self.rows = rows
    }

    private init(_ kind: RecordKind, agent: String) {
        let column = kind.fields[kind.position(of: agent)].column
        self.init(
            kind: kind.name, rows: "SELECT record, \(column) AS agent, at FROM \(kind.table) WHERE at IS NOT NULL AND \(column) IS NOT NULL"
        )
    }

    /// What became of interactions belongs to their agents.
    private static let outcomes = RetentionScope(
        kind: RecordKind.outcome.name,
        rows: """
            SELECT outcome.record, interaction.agent_id AS agent, outcome.at FROM outcome_records AS outcome
            JOIN interaction_records AS interaction ON interaction.id = outcome.interaction_id
            WHERE outcome.at IS NOT NULL AND interaction.agent_id IS NOT NULL
            """)

    /// What graders said of answers, and faults, with the agent that the case was tried with.
    private static let trials = RetentionScope(
        kind: RecordKind.trial.name,
        rows: """
            SELECT DISTINCT trial.record, subject.agent_id AS agent, start.started_at AS at FROM trial_records AS trial
            \(runOfTrial)
            """)

    /// Grades that trials share, with the agent among theirs that keeps them longest.
    private static let grades = RetentionScope(
        kind: RecordKind.gradeList.name,
        rows: """
            SELECT list.record, subject.agent_id AS agent, start.started_at AS at, MIN(COALESCE(limits.before, -1e18))
            FROM grade_list_records AS list JOIN trial_records AS trial ON trial.grade_list = list.record
            \(runOfTrial)
            LEFT JOIN temp.retention_limits AS limits ON limits.agent = subject.agent_id
            WHERE list.grades IS NOT NULL
            GROUP BY list.record
            """)

    private static let runOfTrial = """
        JOIN run_start_records AS start ON start.record = trial.run AND start.started_at IS NOT NULL
        JOIN run_subject_records AS subject ON subject.run = trial.run
        JOIN case_result_records AS result ON result.subject = subject.record AND result.case_index = trial.case_index
        """
}
