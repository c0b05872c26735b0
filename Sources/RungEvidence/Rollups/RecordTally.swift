/// How many records of which kind and class an entry binds, kept so that nobody has to count tables.
struct RecordTally {
    private let counts: [(kind: String, origin: RecordClass, count: Int)]

    init(_ counts: [(kind: RecordKind, origin: RecordClass, count: Int)]) {
        self.counts = counts.map { ($0.kind.name, $0.origin, $0.count) }
    }

    /// Appends the counts of one entry.
    func write(ledgerIndex: Int64, _ connection: OpaquePointer) throws {
        let insert = try SQLStatement(
            "INSERT INTO record_count_deltas (ledger_index, kind, class, records) VALUES (?, ?, ?, ?)", on: connection)
        for (kind, origin, count) in counts {
            insert.bind(1, ledgerIndex)
            insert.bind(2, kind)
            insert.bind(3, origin.rawValue)
            insert.bind(4, Int64(count))
            try insert.run()
        }
    }

    /// Records of the first entries of the ledger by kind and class, sorted by kind.
    static func counts(entries: Int, _ connection: OpaquePointer) throws -> [RecordCount] {
        let select = try SQLStatement(
            "SELECT kind, class, SUM(records) FROM record_count_deltas WHERE ledger_index < ? GROUP BY kind, class ORDER BY kind",
            on: connection)
        select.bind(1, Int64(entries))
        var counts: [RecordCount] = []
        try select.forEach { row in
            let kind = row.text(0)
            if counts.last?.kind != kind { counts.append(RecordCount(kind: kind, recorded: 0, authenticated: 0, imported: 0)) }
            let count = Int(row.int(2))
            switch RecordClass(rawValue: row.int(1)) {
            case .recorded: counts[counts.count - 1].recorded += count
            case .imported: counts[counts.count - 1].imported += count
            case .authenticated: counts[counts.count - 1].authenticated += count
            case nil: throw EvidenceError(.damaged, "the counts of records have an unknown class")
            }
        }
        return counts
    }
}
