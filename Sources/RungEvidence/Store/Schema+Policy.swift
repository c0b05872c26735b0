/// What the organization has promised itself, and how it watches over agents.
extension Schema {
    static let policyTables = """
        CREATE TABLE policy_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, author_id TEXT, case_days INTEGER, change_days INTEGER, digest BLOB, duties TEXT, feedback_limit INTEGER,
          id TEXT, idea_days INTEGER, margin_limit REAL, outcome_days INTEGER, override_limit INTEGER,
          prediction_days INTEGER, review_limit INTEGER, scenario_days INTEGER, span_limit REAL, text TEXT, triage_days INTEGER
        ) STRICT;
        CREATE INDEX policy_records_by_id ON policy_records (id);
        CREATE TABLE duty_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, deputy_id TEXT, duty INTEGER, primary_id TEXT
        ) STRICT;
        CREATE INDEX duty_records_by_duty ON duty_records (duty);
        CREATE TABLE waiver_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          approver_id TEXT, expires_at INTEGER, granted_at INTEGER, id TEXT, reason TEXT, requested_by TEXT, scope TEXT
        ) STRICT;
        CREATE INDEX waiver_records_by_id ON waiver_records (id);
        CREATE TABLE waiver_end_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, principal_id TEXT, waiver_id TEXT
        ) STRICT;
        CREATE INDEX waiver_end_records_by_waiver ON waiver_end_records (waiver_id);
        CREATE TABLE objective_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, alert_route TEXT, at INTEGER, ended_at INTEGER, id TEXT, indicator TEXT, target REAL
        ) STRICT;
        CREATE INDEX objective_records_by_id ON objective_records (id);
        CREATE TABLE spending_limit_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, amount REAL, at INTEGER, ended_at INTEGER, hard INTEGER, id TEXT, period INTEGER
        ) STRICT;
        CREATE INDEX spending_limit_records_by_id ON spending_limit_records (id);
        """
}
