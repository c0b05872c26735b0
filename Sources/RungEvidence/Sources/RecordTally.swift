import RungCore

/// How many records of which kind and origin there are, without counting tables.
enum RecordTally {
    /// Records of the first entries of the ledger by kind and origin, sorted by kind.
    static func counts(entries: Int, _ connection: OpaquePointer) throws -> [RecordCount] {
        let select = try SQLStatement(
            "SELECT kind, origin, SUM(count) FROM class_days WHERE ledger_index < ? GROUP BY kind, origin ORDER BY kind", on: connection)
        select.bind(1, Int64(entries))
        var counts: [RecordCount] = []
        try select.forEach { row in
            let kind = row.text(0)
            if counts.last?.kind != kind { counts.append(RecordCount(kind: kind, recorded: 0, authenticated: 0, imported: 0)) }
            let count = Int(row.int(2))
            switch RecordClass(column: row.int(1)) {
            case .recorded: counts[counts.count - 1].recorded += count
            case .imported: counts[counts.count - 1].imported += count
            case .authenticated: counts[counts.count - 1].authenticated += count
            }
        }
        return counts
    }
}
