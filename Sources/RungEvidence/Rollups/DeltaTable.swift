/// A table of deltas, and the table beside it that keeps what they counted of records that have been erased since.
struct DeltaTable: Sendable {
    let name: String
    /// What tells rows apart.
    let key: [String]
    /// Columns of the key that hold numbers of words.
    let words: Set<String>
    /// What rows add up, the earliest moment apart.
    let counts: [String]

    static let all = [
        DeltaTable(
            name: "interaction_day_deltas", key: ["agent_id", "environment", "day", "seen_day", "ledger_index"],
            words: ["agent_id", "environment"], counts: InteractionCount.allCases.map(\.column)),
        DeltaTable(
            name: "context_day_deltas", key: ["agent_id", "environment", "day", "context_version_id", "ledger_index"],
            words: ["agent_id", "environment", "context_version_id"], counts: ["total"]),
    ]

    var erased: String { "erased_" + name }
    var columns: [String] { key + ["first_at"] + counts }

    /// SQL of the table of what was erased.
    var erasedSchema: String {
        """
        CREATE TABLE \(erased) (
          \(key.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")), first_at INTEGER,
          \(counts.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")), PRIMARY KEY (\(key.joined(separator: ", ")))
        ) STRICT, WITHOUT ROWID;
        """
    }
}
