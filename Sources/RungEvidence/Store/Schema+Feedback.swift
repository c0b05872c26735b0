/// What people say about results of agents.
extension Schema {
    static let feedbackTables = """
        CREATE TABLE feedback_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, answer INTEGER, at INTEGER, id TEXT, interaction_id TEXT, principal_id TEXT,
          prompt_version_id INTEGER, scale INTEGER, session_id TEXT
        ) STRICT;
        CREATE INDEX feedback_records_by_id ON feedback_records (id);
        CREATE TABLE triage_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, decision TEXT, feedback_id TEXT, id TEXT, principal_id TEXT
        ) STRICT;
        CREATE INDEX triage_records_by_id ON triage_records (id);
        CREATE INDEX triage_records_by_feedback ON triage_records (feedback_id);
        CREATE TABLE review_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, id TEXT, interaction_id TEXT, principal_id TEXT
        ) STRICT;
        CREATE INDEX review_records_by_id ON review_records (id);
        """
}
