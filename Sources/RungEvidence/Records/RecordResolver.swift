/// What a kind may look up in the store while a record of it is taken in.
///
/// A class because it remembers for one import what was costly to find out.
final class RecordResolver {
    let writer: RecordWriter
    /// Draws for audits by their id; a missing one is not remembered.
    var draws: [String: AuditDraw] = [:]
    /// Entries of the ledger whose records have been recomputed: whether they are what the entry commits to.
    var intactEntries: [Int64: Bool] = [:]

    init(_ writer: RecordWriter) {
        self.writer = writer
    }
}
