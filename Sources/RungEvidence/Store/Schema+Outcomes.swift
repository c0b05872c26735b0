/// What became of interactions, decisions and predictions later on.
extension Schema {
    static let outcomeTables = """
        CREATE TABLE outcome_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          at INTEGER, decision_id TEXT, failure_reason INTEGER, id TEXT, interaction_id TEXT, outcome INTEGER,
          prediction_id TEXT, principal_id TEXT, ref TEXT, value REAL
        ) STRICT;
        CREATE INDEX outcome_records_by_id ON outcome_records (id);
        CREATE INDEX outcome_records_by_interaction ON outcome_records (interaction_id) WHERE interaction_id IS NOT NULL;
        CREATE INDEX outcome_records_by_decision ON outcome_records (decision_id) WHERE decision_id IS NOT NULL;
        CREATE INDEX outcome_records_by_prediction ON outcome_records (prediction_id) WHERE prediction_id IS NOT NULL;
        """
}
