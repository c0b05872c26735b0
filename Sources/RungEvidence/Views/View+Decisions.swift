/// What agents decide, foresee and are worth.
extension View {
    static let decisions = View(
        "decisions", "Decisions made by agents, or by people with agents.",
        uses: ["principals", "acts"], index: ["department", "verb"],
        columns: [
            .text("decision_id", "id"),
            .time("at"),
            .optionalText("agent_id", "id", "NULL = no agent took part"),
            .optionalText("department", "id", "of the agent, as registered then"),
            .optionalText("verb", "execute, escalate, explain, simulate, justify, learn", "what the agent did"),
            .text("scope", "operational, strategic, planning"),
            .integer("consequential", "0/1", "by the tier rule: \(DecisionSQL.tierRule)"),
            .text("origin", "conversation, report, schedule, event", "what started it"),
            .optionalText("asked_for", "decision, simulation, recommendation, data", "what the person asked"),
            .optionalText("human_response", "accepted, changed, rejected", "the latest, not before the decision"),
            .optionalText("responder_id", "principal_id", "who answered"),
            .optionalText("inputs_ref", "ref"),
            .optionalText("evidence_ref", "ref"),
            .optionalText("rule_version", "id", "business rule applied, as rule@version"),
            .optionalText(
                "rule_check", "passed, failed",
                "the decision's inputs checked against that rule; NULL when the rule was not registered before, in time and on the ledger, or no inputs are given"
            ),
            .real("confidence", "0..1", "stated"),
            .optionalText(
                "release_id", "id", "release of the agent that was live, with the prompt version and configuration that are named"),
            .optionalText("principal_id", "principal_id", "accountable person or service (attributable)"),
            .optionalInteger("ledger_index", "index", "ledger entry (logged)"),
            .integer("proof_ok", "0/1", "its entry verified at the cut-off; in the file's own view, that it has an entry (auditable)"),
            .optionalText("outcome_ref", "ref", "business outcome linked, told by somebody other than the agent (measurable)"),
            .time(
                "outcome_due_at",
                "horizon by which an outcome is expected: the policy's days after it, \(PolicyPeriod.outcome.days) without one"),
        ],
        sql: """
            WITH \(spans), \(ViewSQL.posts), \(DecisionSQL.tame),
            rules AS MATERIALIZED (
              SELECT b.*, \(ViewSQL.since("b")) AS since FROM business_rule_records b WHERE b.record < {cut}),
            made AS (
              SELECT d.*, \(ViewSQL.word("d.agent_id")) AS agent, \(ViewSQL.ledgerIndex("d.record")) AS sequence, (
                SELECT r.record FROM decision_response_records r
                WHERE r.decision_id = d.id AND r.record < {cut} AND r.at < {before} AND r.at >= d.at
                ORDER BY r.at DESC, r.record DESC LIMIT 1) AS answer
              FROM decision_records d WHERE d.record < {cut} AND d.at < {before})
            SELECT d.id AS decision_id, \(ViewSQL.time("d.at")) AS at, d.agent AS agent_id,
              \(ViewSQL.department(of: "d.agent_id", at: "d.at")) AS department, \(ViewSQL.word("d.verb")) AS verb,
              \(ViewSQL.word("d.scope")) AS scope,
              CASE WHEN d.scope = \(ViewSQL.code("operational")) AND EXISTS (
                  SELECT 1 FROM tame t WHERE t.agent_id = d.agent AND t.since <= d.at AND t.until > d.at)
                THEN 0 ELSE 1 END AS consequential,
              \(ViewSQL.word("d.started_by")) AS origin, \(ViewSQL.word("d.asked_for")) AS asked_for,
              \(ViewSQL.word("r.response")) AS human_response, r.principal_id AS responder_id, d.inputs_ref, d.evidence_ref,
              \(ViewSQL.word("d.rule_id")) || '@' || \(ViewSQL.word("d.rule_version")) AS rule_version,
              CASE WHEN b.record IS NULL OR d.inputs IS NULL THEN NULL
                WHEN EXISTS (
                  SELECT 1 FROM json_each(b.conditions) c LEFT JOIN json_each(d.inputs) i ON i.key = c.value ->> '$.input'
                  WHERE NOT COALESCE(\(RuleRelation.sql(input: "i", condition: "c")), 0))
                THEN 'failed' ELSE 'passed' END AS rule_check,
              d.confidence, z.id AS release_id, \(ViewSQL.word("d.principal_id")) AS principal_id, d.sequence AS ledger_index,
              CASE WHEN d.sequence < {verified} THEN 1 ELSE 0 END AS proof_ok,
              (SELECT o.ref FROM outcome_records o
               WHERE o.decision_id = d.id AND o.ref IS NOT NULL AND o.record < {cut} AND o.at < {before} AND o.at >= d.at
                 AND o.principal_id IS NOT d.agent
               ORDER BY o.at DESC, o.record DESC LIMIT 1) AS outcome_ref,
              \(ViewSQL.time(PolicyPeriod.outcome.end(from: "d.at"))) AS outcome_due_at
            FROM made d
            LEFT JOIN decision_response_records r ON r.record = d.answer
            LEFT JOIN rules b ON b.id = d.rule_id AND b.version = d.rule_version AND b.since <= d.at AND b.record < d.record
            LEFT JOIN spans z ON z.agent_id = d.agent_id AND z.released_at <= d.at AND (z.ended_at IS NULL OR d.at < z.ended_at)
              AND COALESCE(d.prompt_version_id, z.prompt_version_id) = z.prompt_version_id
              AND COALESCE(d.config_digest, z.config_digest) = z.config_digest
            """)

    static let predictions = View(
        "predictions", "Statements about the future or about certainty, with what then happened.",
        columns: [
            .text("prediction_id", "id"),
            .text("kind", "simulation, forecast, confidence"),
            .time("stated_at", "when it was recorded: the ledger's time"),
            .time("due_at", "when the result should be known"),
            .real("low", "unit of the subject", "stated interval"),
            .real("high", "unit of the subject"),
            .real("span_limit", "unit of the subject", "widest interval that the policy allowed then"),
            .real("actual", "unit of the subject", "of several outcomes the latest; one that was known or recorded before counts not"),
        ],
        sql: """
            SELECT p.id AS prediction_id, \(ViewSQL.word("p.type")) AS kind, \(ViewSQL.time("p.stated")) AS stated_at,
              \(ViewSQL.time("p.due_at")) AS due_at, p.low, p.high, \(PolicySQL.spanLimit(at: "p.stated")) AS span_limit,
              (SELECT o.value FROM outcome_records o
               WHERE o.prediction_id = p.id AND o.record > p.record AND o.record < {cut} AND o.at >= p.stated AND o.at < {before}
               ORDER BY o.at DESC, o.record DESC LIMIT 1) AS actual
            FROM (SELECT t.*, \(ViewSQL.ledgerTime("t.record")) AS stated FROM prediction_records t WHERE t.record < {cut}) p
            WHERE p.stated < {before}
            """)

    static let scores = View(
        "scores", "Scores of agents, worked out from the outcomes that were recorded before the score.", index: ["agent_id"],
        columns: [
            .text("agent_id", "id"),
            .time("at"),
            .text(
                "basis", "outcome, usage, benefit",
                "outcome = share of production interactions accepted; benefit = measured values minus the baseline on the card; usage where there are none"
            ),
            .integer("n", "count", "outcomes behind it"),
            .real("low", "unit of the metric", "95 % interval: Wilson's for outcome, normal for benefit"),
            .real("high", "unit of the metric"),
        ],
        sql: """
            WITH \(ScoreSQL.tables)
            SELECT \(ViewSQL.word("s.agent_id")) AS agent_id, \(ViewSQL.time("s.at")) AS at,
              CASE WHEN v.n > 0 THEN 'benefit' WHEN a.n > 0 THEN 'outcome' ELSE 'usage' END AS basis,
              COALESCE(v.n, a.n, 0) AS n,
              COALESCE(v.mean - v.reach - s.baseline, MAX(0.0, (a.rate + a.shift - a.reach) / a.scale)) AS low,
              COALESCE(v.mean + v.reach - s.baseline, MIN(1.0, (a.rate + a.shift + a.reach) / a.scale)) AS high
            FROM asked s
            LEFT JOIN accepted a ON a.score = s.record
            LEFT JOIN valued v ON v.score = s.record
            """)

    static let capacity = View(
        "capacity", "Output and staff per department and period (attested by finance).",
        columns: [
            .text("department", "id"),
            .time("period_start"),
            View.Column(name: "outcomes", type: .real, unit: "count", isNullable: false, meaning: "successful business outcomes"),
            View.Column(name: "staff", type: .real, unit: "full-time equivalents", isNullable: false, meaning: ""),
        ],
        sql: """
            SELECT department, \(ViewSQL.time("period_start")) AS period_start, outcomes, staff
            FROM capacity_records WHERE record < {cut} AND period_start < {before}
            """)
}
