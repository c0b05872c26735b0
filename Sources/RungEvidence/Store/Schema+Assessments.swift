/// Assessments that are looked back at, and criteria that are said not to apply.
extension Schema {
    static let assessmentTables = """
        ALTER TABLE assessment_records ADD COLUMN as_of INTEGER;
        ALTER TABLE assessment_records ADD COLUMN scores TEXT;
        CREATE TABLE applicability_note_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          approver_id TEXT, criterion TEXT, expires_at INTEGER, granted_at INTEGER, id TEXT, reason TEXT, requested_by TEXT
        ) STRICT;
        CREATE INDEX applicability_note_records_by_id ON applicability_note_records (id);
        """
}
