/// Change requests, thresholds, and what acts are about.
extension Schema {
    static let workflowTables = """
        CREATE TABLE change_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, check_id TEXT, id TEXT, opened_at INTEGER, owner_id TEXT, summary TEXT
        ) STRICT;
        CREATE INDEX change_records_by_id ON change_records (id);
        CREATE TABLE change_end_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, change_id TEXT, principal_id TEXT, reason TEXT, result INTEGER
        ) STRICT;
        CREATE INDEX change_end_records_by_change ON change_end_records (change_id);
        CREATE TABLE threshold_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id INTEGER, at INTEGER, id TEXT, target_metric INTEGER, value REAL
        ) STRICT;
        CREATE INDEX threshold_records_by_id ON threshold_records (id);
        CREATE TABLE envelope_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          approver_id TEXT, at INTEGER, author_id TEXT, high REAL, id TEXT, low REAL, threshold_id TEXT
        ) STRICT;
        CREATE INDEX envelope_records_by_id ON envelope_records (id);
        CREATE INDEX envelope_records_by_threshold ON envelope_records (threshold_id, at);
        CREATE TABLE threshold_change_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          after_value REAL, at INTEGER, id TEXT, principal_id TEXT, reversal_ref TEXT, threshold_id TEXT
        ) STRICT;
        CREATE INDEX threshold_change_records_by_id ON threshold_change_records (id);
        CREATE TABLE context_version_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, author_id TEXT, content_digest INTEGER, id TEXT
        ) STRICT;
        CREATE INDEX context_version_records_by_id ON context_version_records (id);
        CREATE TABLE dashboard_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          agent_id TEXT, at INTEGER, author_id TEXT, fresh_minutes INTEGER
        ) STRICT;
        CREATE INDEX dashboard_records_by_agent ON dashboard_records (agent_id);
        CREATE TABLE assessment_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, author_id TEXT, digest INTEGER, id TEXT, ledger_root INTEGER, ledger_size INTEGER, rubric_digest INTEGER,
          stage INTEGER
        ) STRICT;
        CREATE INDEX assessment_records_by_id ON assessment_records (id);
        ALTER TABLE act_records ADD COLUMN data_at INTEGER;
        ALTER TABLE release_records ADD COLUMN change_id TEXT;
        CREATE INDEX release_records_by_change ON release_records (change_id) WHERE change_id IS NOT NULL;
        ALTER TABLE template_records ADD COLUMN digest BLOB;
        ALTER TABLE template_records ADD COLUMN text TEXT;
        """
}
