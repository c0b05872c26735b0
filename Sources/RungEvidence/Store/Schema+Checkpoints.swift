/// Signed heads of the ledger, and who else has signed them. They lie beside the ledger, not in it: they speak about it.
extension Schema {
    static let checkpointTables = """
        CREATE TABLE ledger_identity (id INTEGER PRIMARY KEY CHECK (id = 1), origin TEXT NOT NULL) STRICT;
        CREATE TABLE ledger_checkpoints (
          id INTEGER PRIMARY KEY,
          size INTEGER NOT NULL,
          root BLOB NOT NULL,
          frontier BLOB NOT NULL,
          at INTEGER NOT NULL,
          key TEXT NOT NULL,
          note TEXT NOT NULL,
          UNIQUE (size, key)
        ) STRICT;
        CREATE TABLE ledger_cosignatures (
          checkpoint INTEGER NOT NULL,
          key TEXT NOT NULL,
          at INTEGER NOT NULL,
          line TEXT NOT NULL,
          PRIMARY KEY (checkpoint, key)
        ) STRICT;
        """
}
