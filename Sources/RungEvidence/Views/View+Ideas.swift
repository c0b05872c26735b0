/// What people want to try, what they learned, and what calls for a decision.
extension View {
    static let ideas = View(
        "ideas", "Backlog of agent ideas; suggestions mined from usage are ideas with source = usage.",
        columns: [
            .text("idea_id", "id"),
            .text("source", "person, usage", "usage only when a recorded scan for unmet intents that read records came before it"),
            .optionalText("proposer_id", "principal_id", "who entered it (the miner service for usage)"),
            .optionalText("problem", "text", "problem in one sentence"),
            .optionalText("expected_benefit", "text", "what would be better"),
            .time("opened_at"),
            .time("due_at", "decision promised by: the policy's days after it was opened, \(PolicyPeriod.idea.days) without one"),
            .optionalTime("decided_at", "of several decisions the first"),
            .optionalText("decided_by", "principal_id", "who decided"),
        ],
        sql: """
            SELECT i.id AS idea_id,
              CASE WHEN EXISTS (SELECT 1 FROM scan_records s WHERE s.id = i.scan_id AND s.type = \(ViewSQL.code("unmet_intent"))
                AND s.records > 0 AND s.at <= i.opened_at AND s.record < {cut}) THEN 'usage' ELSE 'person' END AS source,
              i.proposer_id, i.problem, i.expected_benefit, \(ViewSQL.time("i.opened_at")) AS opened_at,
              \(ViewSQL.time(PolicyPeriod.idea.end(from: "i.opened_at"))) AS due_at, \(ViewSQL.time("d.at")) AS decided_at, d.decided_by
            FROM idea_records i
            LEFT JOIN idea_decision_records d ON d.idea_id = i.id AND d.record < {cut} AND d.at < {before}
            WHERE i.record < {cut} AND i.opened_at < {before}
            """)

    static let experiments = View(
        "experiments", "Trials of agents or prompts outside production.", index: ["team"],
        columns: [
            .text("experiment_id", "id"),
            .text("team", "id", "who tried"),
            .optionalText("principal_id", "principal_id", "who concluded it"),
            .optionalText("hypothesis", "text", "what was expected"),
            .time("started_at"),
            .optionalTime("concluded_at"),
            .optionalText("conclusion", "adopt, drop, extend", "what was decided"),
            .integer("trials", "count", "recorded pilot interactions and trials of runs that cite the experiment"),
        ],
        sql: """
            WITH latest AS (
              SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.id ORDER BY \(isLater("r.concluded_at")), r.record DESC) AS rank
              FROM experiment_records r
              WHERE r.record < {cut} AND r.started_at < {before} AND COALESCE(r.at, 0) < {before})
            SELECT x.id AS experiment_id, x.team, x.principal_id, x.hypothesis, \(ViewSQL.time("x.started_at")) AS started_at,
              \(ViewSQL.seen("x.concluded_at")) AS concluded_at,
              CASE WHEN NOT \(isLater("x.concluded_at")) THEN \(ViewSQL.word("x.conclusion")) END AS conclusion,
              (SELECT COUNT(*) FROM interaction_records i WHERE i.experiment_id = (SELECT code FROM record_codes WHERE text = x.id)
                AND i.record < {cut} AND i.at < {before} AND i.environment = \(ViewSQL.code("pilot")))
              + (SELECT COALESCE(SUM(u.trials), 0) FROM run_records u WHERE u.experiment_id = (SELECT code FROM record_codes WHERE text = x.id)
                AND u.record < {cut} AND u.finished_at < {before}) AS trials
            FROM latest x WHERE x.rank = 1
            """)

    static let cases = View(
        "cases", "Things that call for a decision, opened by rule or by a person.",
        columns: [
            .text("case_id", "id"),
            .text(
                "kind",
                "override_cluster, feedback_cluster, prompt_failure, unmet_intent, deviation, escalation, conflict, overlap, dependency_change, incident"
            ),
            .optionalText("agent_id", "id"),
            .time("opened_at"),
            .integer(
                "by_rule", "0/1", "opened by a recorded scan of the same kind that read records; by no scan for escalations and incidents"),
            .optionalText("severity", "low, medium, high", "incidents"),
            .optionalText("owner_id", "principal_id"),
            .time("due_at", "answer promised by: the policy's days after it was opened, \(PolicyPeriod.case.days) without one"),
            .optionalTime("cause_at", "cause recorded"),
            .optionalTime(
                "plan_at",
                "revised forecast or 'no change' recorded (deviation); first whole regression run of the agent after it was opened (dependency_change)"
            ),
            .optionalTime("decided_at", "decision recorded by rule or person"),
            .optionalText("decided_by", "principal_id", "who or which rule decided"),
            .optionalText("reason", "text", "reason of the decision"),
            .optionalText("change_id", "id", "change request it led to"),
            .optionalText("idea_id", "id", "idea it led to"),
            .time(
                "scenario_due_at",
                "regression scenario promised by: the policy's days after it was opened, \(PolicyPeriod.scenario.days) without one"),
            .optionalTime("scenario_at", "first regression scenario of the same agent that names the case and is not older"),
        ],
        sql: """
            WITH latest AS (
              SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.id ORDER BY \(isLater("r.decided_at")), r.record DESC) AS rank,
                FIRST_VALUE(r.opened_at) OVER (PARTITION BY r.id ORDER BY r.record) AS opened,
                FIRST_VALUE(r.scan_id) OVER (PARTITION BY r.id ORDER BY r.record) AS opener
              FROM case_records r
              WHERE r.record < {cut} AND r.opened_at < {before} AND COALESCE(r.at, 0) < {before})
            SELECT c.id AS case_id, \(ViewSQL.word("c.type")) AS kind, \(ViewSQL.word("c.agent_id")) AS agent_id,
              \(ViewSQL.time("c.opened")) AS opened_at,
              CASE WHEN EXISTS (SELECT 1 FROM scan_records s WHERE s.id = c.opener AND s.type = c.type AND s.records > 0
                AND s.at <= c.opened AND s.record < {cut}) THEN 1 ELSE 0 END AS by_rule,
              \(ViewSQL.word("c.severity")) AS severity, c.owner_id, \(ViewSQL.time(PolicyPeriod.case.end(from: "c.opened"))) AS due_at,
              \(ViewSQL.seen("c.cause_at")) AS cause_at,
              CASE WHEN c.type IS NOT \(ViewSQL.code("dependency_change")) THEN \(ViewSQL.seen("c.plan_at")) ELSE (
                SELECT MIN(\(ViewSQL.time("u.finished_at"))) FROM run_records u
                WHERE u.agent_id = c.agent_id AND u.type = \(ViewSQL.code("regression")) AND u.trials > 0 AND u.finished_at > c.opened
                  AND u.record < {cut} AND u.finished_at < {before}
                  AND NOT EXISTS (SELECT 1 FROM run_start_records b WHERE b.id = u.id AND b.filter IS NOT NULL)) END AS plan_at,
              \(ViewSQL.seen("c.decided_at")) AS decided_at,
              CASE WHEN NOT \(isLater("c.decided_at")) THEN c.decided_by END AS decided_by,
              CASE WHEN NOT \(isLater("c.decided_at")) THEN c.reason END AS reason, c.change_id, c.idea_id,
              \(ViewSQL.time(PolicyPeriod.scenario.end(from: "c.opened"))) AS scenario_due_at, (
                SELECT MIN(\(ViewSQL.time("n.recorded_at"))) FROM scenario_records n
                WHERE n.case_id = c.id AND n.agent_id = c.agent_id AND n.recorded_at >= c.opened AND n.recorded_at < {before}
                  AND n.record < {cut}) AS scenario_at
            FROM latest c WHERE c.rank = 1
            """)

    /// Whether an optional time lies at or after the cut-off. A record that ends with such a time stands for what is told
    /// about the time before only where no other record does, and its end is not seen.
    private static func isLater(_ seconds: String) -> String { "(COALESCE(\(seconds), 0) >= {before})" }
}
