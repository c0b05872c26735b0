/// The stored counts of records by kind, origin and day, held against the records themselves.
enum ClassDays {
    /// What is wrong with the counts; nil when they agree. One pass over every table.
    ///
    /// An entry of another store may bind records that were here already, and are counted once. Of records whose payload was erased only the kind and origin can still be compared.
    static func problem(_ connection: OpaquePointer) throws -> String? {
        let isMerged = try EvidenceDatabase.integer("SELECT 1 FROM merged_entries LIMIT 1", on: connection) != nil
        let unbound = try EvidenceDatabase.integer(
            """
            SELECT e.sequence FROM ledger_entries e
            WHERE (SELECT COALESCE(SUM(d.count), 0) FROM class_days d WHERE d.ledger_index = e.sequence) \(isMerged ? ">" : "<>")
              COALESCE((SELECT n.first_record FROM ledger_entries n WHERE n.sequence = e.sequence + 1),
                (SELECT records FROM ledger_head)) - e.first_record
            ORDER BY e.sequence LIMIT 1
            """, on: connection)
        if let unbound { return "the counts of records by day do not add up to ledger entry \(unbound)" }
        for kind in RecordCatalog.all {
            if let day = try wrongDay(kind, connection) {
                return "the counts of \(kind.name) records by day and origin are wrong for day \(day)"
            }
        }
        return nil
    }

    private static func wrongDay(_ kind: RecordKind, _ connection: OpaquePointer) throws -> Int64? {
        try EvidenceDatabase.integer(
            """
            WITH stored AS (
              SELECT origin, day, SUM(count) AS count FROM class_days WHERE kind = '\(kind.name)' GROUP BY origin, day),
            found AS (
              SELECT r.origin, (\(ClassReach.time(kind, "r"))) / 86400 AS day, COUNT(*) AS count FROM \(kind.table) r
              WHERE length(r.salt) > 0 GROUP BY 1, 2)
            SELECT day FROM found f
            WHERE f.count > COALESCE((SELECT s.count FROM stored s WHERE s.origin = f.origin AND s.day = f.day), 0)
            UNION ALL
            SELECT MIN(s.day) FROM stored s GROUP BY s.origin
            HAVING SUM(s.count) <> (SELECT COUNT(*) FROM \(kind.table) r WHERE r.origin = s.origin)
            LIMIT 1
            """, on: connection)
    }
}
