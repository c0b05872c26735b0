/// Registered sources, attestations, and how many records of which origin there are on which day.
extension Schema {
    static let sourceTables =
        """
        CREATE TABLE source_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, event INTEGER, id TEXT, principal_id TEXT, public_key TEXT, token_digest BLOB, token_salt TEXT,
          type INTEGER
        ) STRICT;
        CREATE INDEX source_records_by_id ON source_records (id);
        CREATE TABLE attestation_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          artifact_digest TEXT, at INTEGER, id TEXT, principal_id TEXT, second_id TEXT, subject_id TEXT, subject_kind INTEGER
        ) STRICT;
        CREATE INDEX attestation_records_by_id ON attestation_records (id);
        CREATE TABLE class_days (
          kind TEXT NOT NULL,
          origin INTEGER NOT NULL,
          day INTEGER NOT NULL,
          count INTEGER NOT NULL,
          ledger_index INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX class_days_by_kind ON class_days (kind, day);

        """ + recordsBefore.map(classDays).joined()

    /// Kinds that there were before this step, and where their day comes from; NULL is the day of the ledger.
    static let recordsBefore: [(kind: String, table: String, seconds: String)] = [
        ("act", "act_records", "at"), ("agent", "agent_records", "at"), ("case", "case_records", "at"),
        ("caseResult", "case_result_records", "NULL"), ("experiment", "experiment_records", "at"),
        ("gradeList", "grade_list_records", "NULL"), ("idea", "idea_records", "opened_at"),
        ("ideaDecision", "idea_decision_records", "at"), ("interaction", "interaction_records", "at"),
        ("outcome", "outcome_records", "at"), ("override", "override_records", "at"), ("principal", "principal_records", "at"),
        ("promptVersion", "prompt_version_records", "at"), ("registry", "registry_records", "NULL"),
        ("release", "release_records", "released_at"), ("releaseEnd", "release_end_records", "at"),
        ("run", "run_records", "finished_at"), ("runEnd", "run_end_records", "NULL"), ("runStart", "run_start_records", "NULL"),
        ("runSubject", "run_subject_records", "NULL"), ("scan", "scan_records", "at"), ("suite", "suite_records", "at"),
        ("template", "template_records", "at"), ("trial", "trial_records", "NULL"), ("usageCount", "usage_count_records", "day"),
    ]

    private static func classDays(_ kind: String, _ table: String, _ seconds: String) -> String {
        """
        INSERT INTO class_days (kind, origin, day, count, ledger_index)
          SELECT '\(kind)', r.origin, COALESCE(r.\(seconds), e.at) / 86400, COUNT(*), e.sequence
          FROM \(table) r JOIN ledger_entries e ON e.first_record = (
            SELECT MAX(first_record) FROM ledger_entries WHERE first_record <= r.record)
          GROUP BY e.sequence, r.origin, 3;

        """.replacing("COALESCE(r.NULL, e.at)", with: "e.at")
    }
}
