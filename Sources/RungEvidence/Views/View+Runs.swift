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
        "suites", "Test suites, one row per suite and agent.", index: ["suite_id"],
        columns: [
            .text("suite_id", "id"),
            .optionalText("agent_id", "id"),
            .optionalText("flow_id", "id", "for whole-flow suites"),
            .integer("intents_declared", "count", "on the agent's card"),
            .integer(
                "intents_covered", "count",
                "of these, exercised by scenarios that ran; of runs of the suite as it stood in its latest run"),
            .integer("judged", "0/1", "verdicts come from a model judge"),
            .real("judge_kappa", "-1..1", "agreement with human labels; NULL until labels are recorded"),
            .integer("judge_labels", "count", "labels behind it"),
            .optionalTime("judge_checked_at"),
        ],
        sql: """
            WITH \(ViewSQL.latest("cards", "agent_records")),
            declared AS (
              SELECT DISTINCT (SELECT code FROM record_codes WHERE text = c.id) AS agent_id, j.value AS intent
              FROM cards c JOIN json_each(COALESCE(c.intents, '[]')) j),
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
              COALESCE(t.judged, 0) AS judged, CAST(NULL AS REAL) AS judge_kappa, 0 AS judge_labels,
              CAST(NULL AS TEXT) AS judge_checked_at
            FROM known k LEFT JOIN told t ON t.id = k.suite_id AND t.agent_id IS k.agent_id AND t.rank = 1
            """)

    static let scenarios = View(
        "scenarios", "Scenarios of suites that have run; the same content counts once.",
        columns: [
            .text("scenario_id", "id"),
            .text("suite_id", "id"),
            .text("origin", "recorded, written, incident, override", "written until logged interactions carry a digest"),
            .time("recorded_at", "start of the first run that held it"),
        ],
        sql: """
            SELECT c.id AS scenario_id, \(ViewSQL.word("s.suite_id")) AS suite_id, 'written' AS origin,
              \(ViewSQL.time("MIN(t.started_at)")) AS recorded_at
            FROM case_result_records c
            JOIN run_subject_records s ON s.record = c.subject JOIN run_start_records t ON t.record = s.run
            WHERE c.record < {cut} AND t.started_at < {before} GROUP BY s.suite_id, c.digest
            """)
}
