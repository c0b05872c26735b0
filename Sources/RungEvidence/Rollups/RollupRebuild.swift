/// Roll-ups built anew from the records that are left, in temporary tables of the connection that hide the stored ones of the
/// same names.
enum RollupRebuild {
    /// Tables that hold nothing but what the records say that are left.
    static let indexes: [(name: String, key: [String])] = [
        ("interaction_references", ["interaction_id"]), ("interaction_uses", ["agent_id", "prompt_version_id", "config_digest"]),
    ]

    /// Builds the tables, hands over the sum of the interactions' index, and removes them again.
    static func with<Value>(_ connection: OpaquePointer, _ body: (PairSum) throws -> Value) throws -> Value {
        try EvidenceDatabase.execute(temporary(Schema.rollupTables), on: connection)
        defer {
            let names = DeltaTable.all.map(\.name) + indexes.map(\.name)
            try? EvidenceDatabase.execute(names.map { "DROP TABLE temp.\($0);" }.joined(), on: connection)
        }
        return try body(fill(connection))
    }

    private static func fill(_ connection: OpaquePointer) throws -> PairSum {
        let codes = try CodeBook(connection, .readOnly)
        let keeper = try RollupKeeper(connection, codes, index: .checked)
        try RollupReplay.fill(keeper, codes, connection)
        return keeper.index.added
    }

    /// The same statements for temporary tables.
    private static func temporary(_ sql: String) -> String {
        sql.replacing("CREATE TABLE ", with: "CREATE TEMP TABLE ").replacing("CREATE INDEX ", with: "CREATE INDEX temp.")
    }
}
