/// What agents decide, foresee and are worth.
extension Schema {
    static let decisionTables = """
        CREATE TABLE decision_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, asked_for INTEGER, at INTEGER, confidence REAL, config_digest INTEGER, evidence_ref TEXT, id TEXT,
          inputs TEXT, inputs_ref TEXT, principal_id INTEGER, prompt_version_id INTEGER, rule_id INTEGER, rule_version INTEGER,
          scope INTEGER, started_by INTEGER, trace_id TEXT, verb INTEGER
        ) STRICT;
        CREATE INDEX decision_records_by_id ON decision_records (id);
        CREATE TABLE decision_response_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, decision_id TEXT, principal_id TEXT, response INTEGER
        ) STRICT;
        CREATE INDEX decision_response_records_by_decision ON decision_response_records (decision_id);
        CREATE TABLE business_rule_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, conditions TEXT, id INTEGER, version INTEGER
        ) STRICT;
        CREATE INDEX business_rule_records_by_id ON business_rule_records (id, version);
        CREATE TABLE prediction_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, due_at INTEGER, high REAL, id TEXT, low REAL, type INTEGER
        ) STRICT;
        CREATE INDEX prediction_records_by_id ON prediction_records (id);
        CREATE TABLE score_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, basis INTEGER, id TEXT, started_at INTEGER
        ) STRICT;
        CREATE INDEX score_records_by_id ON score_records (id);
        CREATE TABLE capacity_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          department TEXT, outcomes REAL, period_start INTEGER, principal_id TEXT, staff REAL
        ) STRICT;
        CREATE INDEX capacity_records_by_department ON capacity_records (department, period_start);

        """
}
