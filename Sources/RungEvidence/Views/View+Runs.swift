/// Suites and runs.
extension View {
    static let runs = View(
        "runs", "Runs and drills, one row per run, suite, agent and prompt version.", index: ["agent_id", "prompt_version_id"],
        columns: [
            .text("run_id", "id", "not unique: a run over three suites and two versions is six rows"),
            .text(
                "kind",
                "regression, efficacy, adversarial, lint, disclosure, flow, fault, policy_probe, canary, stop_drill, rollback_drill, alert_drill, halt_drill"
            ),
            .optionalText("suite_id", "id"),
            .optionalText("agent_id", "id"),
            .optionalText("prompt_version_id", "sha256"),
            .optionalText("config_digest", "sha256"),
            .time("finished_at"),
            .integer("passed", "0/1", "recorded runs: the gate's policy applied to this agent and version alone, on a complete run"),
            .integer("trials", "count"),
            .integer("repeated", "count", "cases tried more than once"),
            .integer("unstable", "count", "cases whose verdict differed over repeats"),
            .real("seconds", "s", "reaction time of drills"),
        ],
        sql: """
            SELECT \(ViewSQL.word("id")) AS run_id, \(ViewSQL.word("type")) AS kind, \(ViewSQL.word("suite_id")) AS suite_id,
              \(ViewSQL.word("agent_id")) AS agent_id, \(ViewSQL.word("prompt_version_id")) AS prompt_version_id,
              \(ViewSQL.word("config_digest")) AS config_digest, \(ViewSQL.time("finished_at")) AS finished_at, passed, trials,
              COALESCE(repeated, 0) AS repeated, COALESCE(unstable, 0) AS unstable, seconds
            FROM run_records WHERE record < {cut} AND finished_at < {before}
            """)

    static let suites = View(
        "suites", "Test suites, one row per suite and agent.", uses: ["acts"], index: ["suite_id"],
        columns: [
            .text("suite_id", "id"),
            .optionalText("agent_id", "id"),
            .optionalText("flow_id", "id", "for whole-flow suites"),
            .integer("intents_declared", "count", "\(SuiteSQL.declaredIntents)"),
            .integer(
                "intents_covered", "count",
                "of these, exercised by scenarios that ran; of runs of the suite as it stood in its latest run"),
            .integer("judged", "0/1", "verdicts come from a model judge"),
            .real("judge_kappa", "-1..1", "Cohen's kappa of judge and people; NULL without labels, and where all agree on one verdict"),
            .integer("judge_labels", "count", "labels behind it: by persons who had not seen the verdict"),
            .optionalTime("judge_checked_at", "the latest of these labels"),
        ],
        sql: """
            WITH \(SuiteSQL.intents), \(SuiteSQL.agreement),
            ran AS (
              SELECT r.suite_id, r.agent_id, r.intents, r.suite_digest,
                FIRST_VALUE(r.suite_digest) OVER (PARTITION BY r.suite_id, r.agent_id ORDER BY r.finished_at DESC, r.record DESC) AS current
              FROM run_records r
              WHERE r.record < {cut} AND r.finished_at < {before} AND r.suite_id IS NOT NULL AND r.trials > 0),
            told AS (
              SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.id, s.agent_id ORDER BY s.record DESC) AS rank
              FROM suite_records s WHERE s.record < {cut} AND \(ViewSQL.since("s")) < {before}),
            known AS (
              SELECT suite_id, agent_id FROM ran
              UNION SELECT id, agent_id FROM told)
            SELECT \(ViewSQL.word("k.suite_id")) AS suite_id, \(ViewSQL.word("k.agent_id")) AS agent_id, t.flow_id,
              (SELECT COUNT(*) FROM declared d WHERE d.agent_id = k.agent_id) AS intents_declared,
              (SELECT COUNT(DISTINCT j.value) FROM ran r JOIN json_each(COALESCE(r.intents, '[]')) j
               WHERE r.suite_id = k.suite_id AND r.agent_id = k.agent_id AND r.suite_digest IS r.current
                 AND EXISTS (SELECT 1 FROM declared d WHERE d.agent_id = k.agent_id AND d.intent = j.value)) AS intents_covered,
              COALESCE(t.judged, 0) AS judged, g.kappa AS judge_kappa, COALESCE(g.labels, 0) AS judge_labels,
              \(ViewSQL.time("g.checked_at")) AS judge_checked_at
            FROM known k
            LEFT JOIN told t ON t.id = k.suite_id AND t.agent_id IS k.agent_id AND t.rank = 1
            LEFT JOIN agreement g ON g.suite_id = k.suite_id AND g.agent_id = k.agent_id
            """)

    static let scenarios = View(
        "scenarios", "Scenarios of suites that were registered or have run; those that say the same count once, as the first of them.",
        index: ["suite_id"],
        columns: [
            .text("scenario_id", "id"),
            .text("suite_id", "id"),
            .text(
                "origin", "recorded, written, incident, override",
                "recorded from a logged production interaction of the same agent, else by the case that led to it, else written"),
            .time(
                "recorded_at", "of the interaction; else when it was added; of those not registered, start of the first run that held it"),
        ],
        sql: """
            WITH registered AS (
              SELECT s.id, s.suite_id, hex(s.text_digest) AS content, s.recorded_at, i.at AS interaction_at, (
                  SELECT \(ViewSQL.word("k.type")) FROM case_records k
                  WHERE k.id = s.case_id AND k.record < {cut} AND k.opened_at <= s.recorded_at
                    AND COALESCE(k.agent_id, s.agent_id) = s.agent_id
                  ORDER BY k.record LIMIT 1) AS led
              FROM scenario_records s
              LEFT JOIN interaction_records i ON i.record = \(ViewSQL.interaction("s.interaction_id")) AND i.agent_id = s.agent_id AND i.record < {cut}
                AND i.at <= s.recorded_at AND i.environment = \(ViewSQL.code("production"))
              WHERE s.record < {cut} AND s.recorded_at < {before}),
            held AS (
              SELECT c.id, u.suite_id, hex(c.digest) AS content, MIN(t.started_at) AS at
              FROM case_result_records c
              JOIN run_subject_records u ON u.record = c.subject JOIN run_start_records t ON t.record = u.run
              WHERE c.record < {cut} AND t.started_at < {before} GROUP BY u.suite_id, c.digest),
            everything AS (
              SELECT id, suite_id, content, COALESCE(interaction_at, recorded_at) AS at,
                CASE WHEN interaction_at IS NOT NULL THEN 'recorded' WHEN led = 'incident' THEN 'incident'
                  WHEN led = 'override_cluster' THEN 'override' ELSE 'written' END AS origin
              FROM registered
              UNION ALL
              SELECT h.id, h.suite_id, h.content, h.at, 'written' FROM held h
              WHERE NOT EXISTS (
                SELECT 1 FROM scenario_records s
                WHERE s.id = h.id AND s.suite_id = h.suite_id AND s.record < {cut} AND s.recorded_at < {before})),
            ranked AS (
              SELECT e.*, ROW_NUMBER() OVER (PARTITION BY e.suite_id, e.content ORDER BY e.at, e.id) AS rank FROM everything e)
            SELECT id AS scenario_id, \(ViewSQL.word("suite_id")) AS suite_id, origin, \(ViewSQL.time("at")) AS recorded_at
            FROM ranked WHERE rank = 1
            """)
}
