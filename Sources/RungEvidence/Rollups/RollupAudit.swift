/// Holds the tables that are derived from records against what the records say.
enum RollupAudit {
    /// The derived tables, with the columns that tell their rows apart.
    private static let tables: [(name: String, key: [String])] = [
        ("interaction_day_deltas", ["agent_id", "environment", "day", "seen_day", "ledger_index"]),
        ("context_day_deltas", ["agent_id", "environment", "day", "context_version_id", "ledger_index"]),
        ("interaction_references", ["interaction_id"]), ("interaction_uses", ["agent_id", "prompt_version_id", "config_digest"]),
    ]

    /// What is wrong with the derived tables; nil when they are what the records give.
    ///
    /// They are built anew beside the stored ones, from all records, in temporary tables of the connection. Of erased records
    /// nobody can say any more what they added; where there are any, only the number of interactions under each entry is
    /// compared.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        let erased = try erasedInteractions(connection)
        if let entry = try wrongTotal(erased, connection) {
            return "the roll-ups do not count the interactions of ledger entry \(entry)"
        }
        guard try !hasErased(connection) else { return nil }
        try EvidenceDatabase.execute(temporary(Schema.rollupTables), on: connection)
        defer { try? EvidenceDatabase.execute(tables.map { "DROP TABLE temp.\($0.name);" }.joined(), on: connection) }
        let codes = try CodeBook(connection, .readOnly)
        let keeper = try RollupKeeper(connection, codes, index: .checked)
        try RollupReplay.fill(keeper, codes, connection)
        guard try keeper.index.added == InteractionIndex.stored(connection) else {
            return "interaction_ids is not what the records give"
        }
        for (name, key) in tables where try differs(name, key, connection) { return "\(name) is not what the records give" }
        return nil
    }

    /// Erased interactions; those that came from another store without a payload were never counted.
    private static func erasedInteractions(_ connection: OpaquePointer) throws -> Int64 {
        try EvidenceDatabase.integer("SELECT COUNT(*) FROM erased_records WHERE kind = 'interaction'", on: connection) ?? 0
    }

    /// The first entry whose interactions are not as many as the deltas say.
    private static func wrongTotal(_ erased: Int64, _ connection: OpaquePointer) throws -> Int64? {
        try EvidenceDatabase.integer(
            """
            WITH told AS (SELECT ledger_index, SUM(total) AS total FROM interaction_day_deltas GROUP BY 1),
            counted AS (SELECT ledger_index, SUM(count) AS total FROM class_days WHERE kind = 'interaction' GROUP BY 1)
            SELECT c.ledger_index FROM counted c LEFT JOIN told t ON t.ledger_index = c.ledger_index
            WHERE c.total - COALESCE(t.total, 0) NOT BETWEEN 0 AND \(erased)
            UNION ALL
            SELECT t.ledger_index FROM told t
            WHERE t.total <> 0 AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.ledger_index = t.ledger_index)
            LIMIT 1
            """, on: connection)
    }

    private static func hasErased(_ connection: OpaquePointer) throws -> Bool {
        let kinds = RecordCatalog.all.filter(\.isRolledUp).map { "'\($0.name)'" }.joined(separator: ", ")
        return try EvidenceDatabase.integer("SELECT 1 FROM erased_records WHERE kind IN (\(kinds)) LIMIT 1", on: connection) != nil
    }

    /// The same statements for tables that hide the stored ones of the same names.
    private static func temporary(_ sql: String) -> String {
        sql.replacing("CREATE TABLE ", with: "CREATE TEMP TABLE ").replacing("CREATE INDEX ", with: "CREATE INDEX temp.")
    }

    private static func differs(_ table: String, _ key: [String], _ connection: OpaquePointer) throws -> Bool {
        let columns = try columns(of: table, connection)
        let isSameRow = key.map { "a.\($0) = b.\($0)" }.joined(separator: " AND ")
        let isEqual = columns.filter { !key.contains($0) }.map { " AND a.\($0) IS b.\($0)" }.joined()
        let missing = "SELECT 1 FROM main.\(table) a WHERE NOT EXISTS (SELECT 1 FROM temp.\(table) b WHERE \(isSameRow)\(isEqual)) LIMIT 1"
        if try EvidenceDatabase.integer(missing, on: connection) != nil { return true }
        let counts = "SELECT (SELECT COUNT(*) FROM main.\(table)) <> (SELECT COUNT(*) FROM temp.\(table))"
        return try EvidenceDatabase.integer(counts, on: connection) != 0
    }

    private static func columns(of table: String, _ connection: OpaquePointer) throws -> [String] {
        var columns: [String] = []
        try SQLStatement("SELECT name FROM pragma_table_info('\(table)', 'main')", on: connection).forEach { columns.append($0.text(0)) }
        return columns
    }
}
