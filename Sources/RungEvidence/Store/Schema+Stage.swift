/// What waits for the rest of its group; no part of the ledger, because it is no record yet.
extension Schema {
    static let stageTables = """
        CREATE TABLE held_pieces (
          piece_group TEXT NOT NULL, name TEXT NOT NULL, held_at INTEGER NOT NULL, content TEXT NOT NULL,
          PRIMARY KEY (piece_group, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX held_pieces_by_time ON held_pieces (name, held_at);
        """
}
