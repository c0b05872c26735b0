/// Comparisons, monitors and audits, and what suites are held against.
extension Schema {
    static let proofTables = """
        CREATE TABLE preregistration_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          comparison_id TEXT, margin REAL, metric TEXT, principal_id TEXT, size INTEGER
        ) STRICT;
        CREATE INDEX preregistration_records_by_comparison ON preregistration_records (comparison_id);
        CREATE TABLE comparison_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, baseline_config_digest INTEGER, baseline_version_id INTEGER, config_digest INTEGER, differences TEXT,
          finished_at INTEGER, high REAL, id TEXT, low REAL, n INTEGER, phase INTEGER, prompt_version_id INTEGER, run_ids TEXT,
          started_at INTEGER
        ) STRICT;
        CREATE INDEX comparison_records_by_id ON comparison_records (id);
        CREATE TABLE drift_check_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, id TEXT, lower_limit REAL, n INTEGER, prompt_version_id INTEGER, statistic REAL,
          type INTEGER, upper_limit REAL
        ) STRICT;
        CREATE INDEX drift_check_records_by_id ON drift_check_records (id);
        CREATE TABLE drift_triage_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, check_id TEXT, finding TEXT, principal_id TEXT
        ) STRICT;
        CREATE INDEX drift_triage_records_by_check ON drift_triage_records (check_id);
        CREATE TABLE audit_draw_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          count INTEGER, id TEXT, minimum_age_days INTEGER, type INTEGER
        ) STRICT;
        CREATE INDEX audit_draw_records_by_id ON audit_draw_records (id);
        CREATE TABLE audit_result_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, draw_id TEXT, drawn_record INTEGER, faithful INTEGER, leak_free INTEGER, position INTEGER,
          principal_id TEXT, rebuilt INTEGER, retrieved INTEGER
        ) STRICT;
        CREATE INDEX audit_result_records_by_draw ON audit_result_records (draw_id, position);
        CREATE TABLE scenario_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, case_id TEXT, id TEXT, interaction_id TEXT, recorded_at INTEGER, suite_id INTEGER, text TEXT,
          text_digest BLOB
        ) STRICT;
        CREATE INDEX scenario_records_by_id ON scenario_records (id);
        CREATE INDEX scenario_records_by_case ON scenario_records (case_id) WHERE case_id IS NOT NULL;
        CREATE TABLE judge_label_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, case_id TEXT, passed INTEGER, principal_id INTEGER, prompt_version_id INTEGER, run_id INTEGER,
          saw_verdict INTEGER, suite_id INTEGER
        ) STRICT;
        CREATE INDEX judge_label_records_by_case ON judge_label_records (case_id, run_id);
        CREATE TABLE judge_verdict_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, case_id TEXT, passed INTEGER, run_id INTEGER, suite_id INTEGER
        ) STRICT;
        CREATE INDEX judge_verdict_records_by_case ON judge_verdict_records (case_id, run_id);
        CREATE TABLE traffic_intent_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, intent INTEGER
        ) STRICT;
        CREATE INDEX traffic_intent_records_by_agent ON traffic_intent_records (agent_id, intent);

        """
}
