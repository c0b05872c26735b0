/// Roll-ups of interactions, and what is needed to keep them at append.
///
/// Deltas are append-only: a row says what the records of one ledger entry change in one agent's day, as seen by assessments
/// as of the midnights after `seen_day`. The other tables are indexes of records, made anew from them at any time; nothing
/// is proved by them.
extension Schema {
    static let rollupTables = """
        CREATE TABLE interaction_day_deltas (
          agent_id INTEGER NOT NULL, environment INTEGER NOT NULL, day INTEGER NOT NULL, seen_day INTEGER NOT NULL,
          ledger_index INTEGER NOT NULL, first_at INTEGER,
          \(InteractionCount.allCases.map { "\($0.column) INTEGER NOT NULL" }.joined(separator: ", ")),
          PRIMARY KEY (agent_id, environment, day, seen_day, ledger_index)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE context_day_deltas (
          agent_id INTEGER NOT NULL, environment INTEGER NOT NULL, day INTEGER NOT NULL, context_version_id INTEGER NOT NULL,
          ledger_index INTEGER NOT NULL, first_at INTEGER NOT NULL, total INTEGER NOT NULL,
          PRIMARY KEY (agent_id, environment, day, context_version_id, ledger_index)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE interaction_references (
          interaction_id TEXT PRIMARY KEY, record INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX interaction_references_waiting ON interaction_references (interaction_id) WHERE record IS NULL;
        CREATE TABLE interaction_uses (
          agent_id INTEGER NOT NULL, prompt_version_id INTEGER NOT NULL, config_digest INTEGER NOT NULL,
          first_record INTEGER NOT NULL, last_record INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
          PRIMARY KEY (agent_id, prompt_version_id, config_digest)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX interaction_uses_by_version ON interaction_uses (prompt_version_id);
        """

    /// Indexes of records that the keeping of roll-ups asks.
    static let rollupIndexes = """
        CREATE TABLE interaction_ids (
          hash INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (hash, record)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX prompt_version_records_by_author ON prompt_version_records (author_id);
        CREATE INDEX prompt_version_records_by_parent ON prompt_version_records (parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX prompt_version_records_by_prompt ON prompt_version_records (prompt_id);
        DROP INDEX interaction_records_by_id;
        """
}
