import GRDBSQLite

/// The tables of the evidence file as named steps; a published step is never changed, only followed by another.
enum Schema {
    /// One step from one format to the next.
    struct Migration: Sendable {
        var name: String
        var sql: String
        /// What SQL cannot say, done in the same transaction when all steps have made their tables.
        var fill: @Sendable (OpaquePointer) throws -> Void = { _ in }
    }

    static let migrations = [
        Migration(name: "ledger", sql: ledgerTables),
        Migration(name: "records", sql: recordTables),
        Migration(name: "outcomes", sql: outcomeTables),
        Migration(name: "policies", sql: policyTables),
        Migration(name: "feedback", sql: feedbackTables),
        Migration(name: "workflow", sql: workflowTables),
        Migration(name: "flows", sql: flowTables),
        Migration(name: "decisions", sql: decisionTables),
        Migration(name: "proof", sql: proofTables),
        Migration(name: "stage", sql: stageTables),
        Migration(name: "sources", sql: sourceTables),
        Migration(name: "checkpoints", sql: checkpointTables),
        Migration(name: "merge", sql: mergeTables),
        Migration(name: "rollups", sql: rollupTables + rollupIndexes, fill: RollupReplay.fill),
        Migration(name: "erasure", sql: erasureTables),
        Migration(name: "seals", sql: sealColumns, fill: RowSeal.closeAll),
        Migration(name: "erased roll-ups", sql: erasedRollupTables),
        Migration(name: "assessments", sql: assessmentTables),
    ]

    /// The format that this version writes: the number of steps.
    static var version: Int64 { Int64(migrations.count) }

    /// Takes the steps that are still missing, each in a transaction, then renews the views.
    static func migrate(_ connection: OpaquePointer) throws {
        if try EvidenceDatabase.integer("PRAGMA user_version", on: connection) == version,
            try ViewCatalog.areCurrent(connection)
        {
            return
        }
        try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: connection)
        do {
            let done = Int(try EvidenceDatabase.integer("PRAGMA user_version", on: connection) ?? 0)
            for (offset, migration) in migrations.enumerated().dropFirst(done) {
                try EvidenceDatabase.execute(migration.sql, on: connection)
                try EvidenceDatabase.execute("PRAGMA user_version = \(offset + 1)", on: connection)
            }
            for migration in migrations.dropFirst(done) { try migration.fill(connection) }
            try EvidenceDatabase.execute("PRAGMA application_id = \(EvidenceDatabase.applicationID)", on: connection)
            try ViewCatalog.persist(connection)
            try EvidenceDatabase.execute("COMMIT", on: connection)
        } catch {
            sqlite3_exec(connection, "ROLLBACK", nil, nil, nil)
            throw error
        }
    }

    /// A reader cannot take steps.
    static func requireCurrent(_ connection: OpaquePointer, _ path: String) throws {
        // Whoever was to make the file was stopped before it had made anything.
        if try EvidenceDatabase.integer("SELECT COUNT(*) FROM sqlite_master", on: connection) == 0 {
            throw EvidenceError.noEvidence(at: path)
        }
        guard try EvidenceDatabase.integer("PRAGMA user_version", on: connection) == version else {
            throw EvidenceError(
                .readOnly, "\(path) has an older format and was opened for reading only",
                suggestion: "open it once with a command that writes, such as `rung test`, to bring it up to date")
        }
    }

    private static let ledgerTables = """
        CREATE TABLE ledger_entries (
          sequence INTEGER PRIMARY KEY,
          first_record INTEGER NOT NULL UNIQUE,
          kind TEXT NOT NULL,
          at INTEGER NOT NULL,
          actor TEXT NOT NULL,
          reason TEXT,
          commitment BLOB,
          batch_kinds TEXT,
          batch_root BLOB,
          previous BLOB,
          leaf BLOB NOT NULL
        ) STRICT;
        CREATE TABLE ledger_head (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          size INTEGER NOT NULL,
          records INTEGER NOT NULL,
          root BLOB NOT NULL,
          frontier BLOB NOT NULL,
          last BLOB
        ) STRICT;
        CREATE TABLE record_codes (code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        """
}
