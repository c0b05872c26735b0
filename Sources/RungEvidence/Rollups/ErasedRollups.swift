import GRDBSQLite
import RungCrypto
import RungText

/// What roll-ups counted of records that have been erased since: the difference between what is stored and what the records
/// give that are left. Every erasure binds it by a digest, so that roll-ups can be checked exactly ever after.
enum ErasedRollups {
    /// Works the differences out anew, after records were emptied, and makes the indexes those of the records that are left.
    static func update(_ connection: OpaquePointer) throws {
        try RollupRebuild.with(connection) { _ in
            for table in DeltaTable.all {
                try EvidenceDatabase.execute("DELETE FROM main.\(table.erased)", on: connection)
                try EvidenceDatabase.execute(difference(table), on: connection)
            }
            for (name, _) in RollupRebuild.indexes {
                try EvidenceDatabase.execute(
                    "DELETE FROM main.\(name); INSERT INTO main.\(name) SELECT * FROM temp.\(name);", on: connection)
            }
        }
    }

    private static func difference(_ table: DeltaTable) -> String {
        let counts = table.counts.map { "COALESCE(s.\($0), 0) - COALESCE(b.\($0), 0)" }
        let differs = table.counts.map { "COALESCE(s.\($0), 0) <> COALESCE(b.\($0), 0)" } + ["s.first_at IS NOT b.first_at"]
        return """
            WITH keys AS (\(keys(table, ["main.\(table.name)", "temp.\(table.name)"])))
            INSERT INTO main.\(table.erased) (\(table.columns.joined(separator: ", ")))
            SELECT \((table.key.map { "k.\($0)" } + ["s.first_at"] + counts).joined(separator: ", "))
            FROM keys k \(join(table, "main.\(table.name)", "s")) \(join(table, "temp.\(table.name)", "b"))
            WHERE \(differs.joined(separator: " OR "))
            """
    }

    /// SQL that finds a row of a table that is not what the records give, with what is kept of erased ones.
    static func fault(_ table: DeltaTable) -> String {
        let differs = table.counts.map { "COALESCE(s.\($0), 0) <> COALESCE(b.\($0), 0) + COALESCE(e.\($0), 0)" }
        return """
            WITH keys AS (\(keys(table, ["main.\(table.name)", "temp.\(table.name)", "main.\(table.erased)"])))
            SELECT 1 FROM keys k \(join(table, "main.\(table.name)", "s")) \(join(table, "temp.\(table.name)", "b"))
            \(join(table, "main.\(table.erased)", "e"))
            WHERE \(differs.joined(separator: " OR "))
              OR s.first_at IS NOT CASE WHEN e.agent_id IS NULL THEN b.first_at ELSE e.first_at END
            LIMIT 1
            """
    }

    private static func keys(_ table: DeltaTable, _ tables: [String]) -> String {
        tables.map { "SELECT \(table.key.joined(separator: ", ")) FROM \($0)" }.joined(separator: " UNION ")
    }

    private static func join(_ table: DeltaTable, _ name: String, _ alias: String) -> String {
        "LEFT JOIN \(name) \(alias) ON " + table.key.map { "\(alias).\($0) = k.\($0)" }.joined(separator: " AND ")
    }

    static func isEmpty(_ table: DeltaTable, _ connection: OpaquePointer) throws -> Bool {
        try EvidenceDatabase.integer("SELECT 1 FROM \(table.erased) LIMIT 1", on: connection) == nil
    }

    // MARK: - Binding

    /// Digest over all rows with their words; nil when there are none.
    static func digest(_ connection: OpaquePointer) throws -> Digest? {
        var hasher = SHA256Hasher()
        var isEmpty = true
        for table in DeltaTable.all {
            let columns = table.columns.map { column in
                table.words.contains(column) ? "(SELECT quote(text) FROM record_codes WHERE code = \(column))" : "quote(\(column))"
            }
            let row = columns.joined(separator: " || ',' || ")
            let order = table.key.joined(separator: ", ")
            try SQLStatement("SELECT \(row) FROM \(table.erased) ORDER BY \(order)", on: connection).forEach { row in
                // A row with a word that is not there is no text at all.
                hasher.update("\(table.name) \(row.optionalText(0) ?? "-")\n")
                isEmpty = false
            }
        }
        return isEmpty ? nil : hasher.finalize()
    }

    /// What is wrong with what is kept of erased records; nil when the latest erasure binds it.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        var bound: (record: Int64, digest: Digest?)?
        let erasures = try SQLStatement("SELECT record, rollups FROM erasure_records ORDER BY record DESC", on: connection)
        // An erasure that came with another store tells of roll-ups of that store.
        while bound == nil, try erasures.step() {
            if try !ErasedRecords.isMerged(erasures.int(0), connection) { bound = (erasures.int(0), erasures.digest(1)) }
        }
        erasures.reset()
        guard try digest(connection) != bound?.digest else { return try excess(connection) }
        guard let bound else { return "roll-ups of erased records are kept, and no erasure tells of them" }
        return "what is kept of the roll-ups of erased records is not what record \(bound.record) binds"
    }

    /// Entries of which more interactions are kept than were erased of them.
    private static func excess(_ connection: OpaquePointer) throws -> String? {
        let entry = try EvidenceDatabase.integer(
            """
            WITH kept AS (SELECT ledger_index, SUM(total) AS total FROM erased_interaction_day_deltas GROUP BY 1),
            erased AS (
              SELECT (SELECT sequence FROM ledger_entries WHERE first_record <= r.record ORDER BY first_record DESC LIMIT 1)
                AS ledger_index, COUNT(*) AS total
              FROM erased_records r WHERE kind = 'interaction' GROUP BY 1)
            SELECT k.ledger_index FROM kept k LEFT JOIN erased e ON e.ledger_index = k.ledger_index
            WHERE k.total NOT BETWEEN 0 AND COALESCE(e.total, 0) LIMIT 1
            """, on: connection)
        return entry.map { "the roll-ups count interactions of ledger entry \($0) that were never there" }
    }
}
