/// Parts of runs, and what came from other stores.
extension Schema {
    /// `merged_entries` keeps what an entry was called in its origin's ledger, so that the origin's chain can be computed
    /// again; an entry that came over several stores has a row for each. `merged_twins` stands for records that were here
    /// already, word for word: such a record has its own salt and shares the values of its twin.
    static let mergeTables = """
        CREATE TABLE shard_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          cases INTEGER, count INTEGER, number INTEGER, run INTEGER, run_key INTEGER, trials INTEGER
        ) STRICT;
        CREATE INDEX shard_records_by_run ON shard_records (run);
        CREATE TABLE shard_case_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          case_result INTEGER, file INTEGER, line INTEGER, slices TEXT, title TEXT
        ) STRICT;
        CREATE TABLE merged_run_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          run INTEGER, shards TEXT
        ) STRICT;
        CREATE INDEX merged_run_records_by_run ON merged_run_records (run);
        CREATE TABLE merge_records (
          record INTEGER PRIMARY KEY, origin INTEGER NOT NULL, salt BLOB NOT NULL,
          checkpoint TEXT, entries INTEGER, first_entry INTEGER, first_record INTEGER, origin_id INTEGER, records INTEGER,
          root BLOB, size INTEGER, trusted_by TEXT
        ) STRICT;
        CREATE INDEX merge_records_by_origin ON merge_records (origin_id);
        CREATE TABLE merged_entries (
          origin_id INTEGER NOT NULL, sequence INTEGER NOT NULL, entry INTEGER NOT NULL, at INTEGER NOT NULL,
          actor TEXT NOT NULL, reason TEXT, leaf BLOB NOT NULL,
          PRIMARY KEY (origin_id, sequence)
        ) STRICT;
        CREATE INDEX merged_entries_by_entry ON merged_entries (entry);
        CREATE TABLE merged_twins (
          record INTEGER PRIMARY KEY, kind TEXT NOT NULL, origin INTEGER NOT NULL, salt BLOB NOT NULL, twin INTEGER NOT NULL
        ) STRICT;
        """
}
