import RungText

/// Counts the records of an open entry by kind, origin and day, and writes the counts with the entry: one row each.
///
/// The rows of the table `class_days` are never changed, so that the counts at any earlier size of the ledger can be told.
struct ClassTally {
    private(set) var rows: [Row] = []
    /// The row counted last; the next record mostly belongs to it.
    private var last = 0
    private var indices: [Key: Int] = [:]

    /// One count.
    struct Row {
        let kind: RecordKind
        let origin: Int64
        let day: Int64
        var count: Int64
    }

    private struct Key: Hashable {
        let kind: ObjectIdentifier
        let origin: Int64
        let day: Int64
    }

    /// - Parameters:
    ///   - origin: the column of that name.
    ///   - at: the ledger's time, for kinds and records that have none of their own.
    mutating func add(_ kind: RecordKind, _ values: [FieldValue], _ origin: Int64, at: Timestamp) {
        add(kind, at: kind.timePosition.flatMap { values[$0].integer } ?? at.seconds, origin)
    }

    /// Counts a record of a moment, in seconds since 1970.
    mutating func add(_ kind: RecordKind, at seconds: Int64, _ origin: Int64) {
        let day = Self.day(seconds)
        if last < rows.count, rows[last].kind === kind, rows[last].day == day, rows[last].origin == origin {
            return rows[last].count += 1
        }
        let key = Key(kind: ObjectIdentifier(kind), origin: origin, day: day)
        if let index = indices[key] {
            last = index
            rows[index].count += 1
        } else {
            last = rows.count
            indices[key] = last
            rows.append(Row(kind: kind, origin: origin, day: day, count: 1))
        }
    }

    /// Writes the counts under the entry that binds the records, and begins anew.
    mutating func write(entry: Int, _ connection: OpaquePointer) throws {
        let insert = try SQLStatement(
            "INSERT INTO class_days (kind, origin, day, count, ledger_index) VALUES (?, ?, ?, ?, ?)", on: connection)
        for row in rows {
            insert.bind(1, row.kind.name)
            insert.bind(2, row.origin)
            insert.bind(3, row.day)
            insert.bind(4, row.count)
            insert.bind(5, Int64(entry))
            try insert.run()
        }
        removeAll()
    }

    /// Begins anew.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        if !indices.isEmpty { indices.removeAll(keepingCapacity: true) }
        last = 0
    }

    /// Days since 1970, UTC.
    static func day(_ seconds: Int64) -> Int64 { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }
}
