/// What is left of erased records: the hash that keeps every proof standing.
extension Schema {
    static let erasureTables = """
        CREATE TABLE erasure_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          digest BLOB, kinds TEXT, records INTEGER
        ) STRICT;
        CREATE TABLE erased_records (
          record INTEGER PRIMARY KEY, kind TEXT NOT NULL, leaf BLOB NOT NULL, identity BLOB NOT NULL, erasure INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX erased_records_by_identity ON erased_records (identity);
        CREATE INDEX erased_records_by_erasure ON erased_records (erasure);
        CREATE TABLE erasure_pepper (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL) STRICT;
        """

    /// What roll-ups counted of erased records.
    static let erasedRollupTables =
        "ALTER TABLE erasure_records ADD COLUMN rollups BLOB;" + DeltaTable.all.map(\.erasedSchema).joined()
}
