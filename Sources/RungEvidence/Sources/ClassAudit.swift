import RungText

/// Holds the counts that were stored with each entry, by kind, origin and day, against the records that the entry binds.
///
/// A class because it owns a statement.
final class ClassAudit {
    private let select: SQLStatement
    private var tally = ClassTally()
    /// Records without payload: their day is known to the stored counts alone.
    private var erased: [Key: Int64] = [:]
    private var next: Row?

    private struct Key: Hashable {
        var kind: String
        var origin: Int64
        /// Nil for all days together.
        var day: Int64?
    }

    private struct Row {
        var entry: Int64
        var key: Key
        var count: Int64
    }

    init(_ connection: OpaquePointer) throws {
        select = try SQLStatement("SELECT ledger_index, kind, origin, day, count FROM class_days ORDER BY ledger_index", on: connection)
        try advance()
    }

    private func advance() throws {
        guard try select.step() else {
            select.reset()
            next = nil
            return
        }
        next = Row(
            entry: select.int(0), key: Key(kind: select.text(1), origin: select.int(2), day: select.int(3)), count: select.int(4))
    }

    /// Counts a record of the entry at hand.
    ///
    /// - Parameter seconds: when it happened; that of the entry for records that only the ledger dates.
    func add(_ kind: RecordKind, origin: Int64, seconds: Int64) { tally.add(kind, at: seconds, origin) }

    /// Counts a record of the entry at hand whose payload is gone.
    func addErased(_ kind: RecordKind, origin: Int64) { erased[Key(kind: kind.name, origin: origin, day: nil), default: 0] += 1 }

    /// What is wrong with the stored counts of the entry at hand; nil when they are right. Goes on to the next entry.
    func fault(entry: Int) throws -> String? {
        defer {
            tally.removeAll()
            erased.removeAll()
        }
        var stored: [Key: Int64] = [:]
        while let row = next, row.entry <= entry {
            if row.entry < entry { return Self.fault }
            stored[row.key, default: 0] += row.count
            try advance()
        }
        for row in tally.rows { stored[Key(kind: row.kind.name, origin: row.origin, day: row.day), default: 0] -= row.count }
        if erased.isEmpty { return stored.values.allSatisfy { $0 == 0 } ? nil : Self.fault }
        var rest: [Key: Int64] = [:]
        for (key, count) in stored {
            if count < 0 { return Self.fault }
            if count > 0 { rest[Key(kind: key.kind, origin: key.origin, day: nil), default: 0] += count }
        }
        return rest == erased ? nil : Self.fault
    }

    /// What is wrong with the counts after the last entry.
    var rest: String? { next.map { "counts of records by day are stored for entry \($0.entry), which is not there" } }

    private static let fault = "its counts of records by kind, origin and day are not those of its records"
}
