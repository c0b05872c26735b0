/// Holds the tables that are derived from records against what the records say.
enum RollupAudit {
    /// What is wrong with the derived tables; nil when they are what the records give, with what is kept of erased ones.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        if let fault = try ErasedRollups.fault(connection) { return fault }
        return try RollupRebuild.with(connection) { index in
            guard try index == InteractionIndex.stored(connection) else { return "interaction_ids is not what the records give" }
            for table in DeltaTable.all where try differs(table, connection) { return "\(table.name) is not what the records give" }
            for (name, key) in RollupRebuild.indexes where try differs(name, key, connection) {
                return "\(name) is not what the records give"
            }
            return nil
        }
    }

    private static func differs(_ table: DeltaTable, _ connection: OpaquePointer) throws -> Bool {
        // Rows can be looked up once instead of thrice while nothing was erased.
        if try ErasedRollups.isEmpty(table, connection) { return try differs(table.name, table.key, connection) }
        return try EvidenceDatabase.integer(ErasedRollups.fault(table), on: connection) != nil
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
