/// Holds roll-ups against the records on a thread and a connection of its own, while somebody else reads the ledger.
///
/// A class because both threads share it; the result changes hands once.
final class SideRollupAudit {
    private let handover = Handover<Audit>()
    private var audit: Audit?

    /// What was found.
    struct Audit: Sendable {
        /// The ledger that the connection saw; the result holds for no other.
        var head: StoredHead
        /// What is wrong with the roll-ups; nil when nothing is.
        var fault: String?
    }

    /// Begins; nil where one thread is as fast, or where there is no second connection.
    init?(_ database: EvidenceDatabase, from records: Int64) throws(EvidenceError) {
        guard database.path != EvidenceDatabase.memory else { return nil }
        let reader = try database.reader()
        let count = try reader.perform { try EvidenceDatabase.integer("SELECT records FROM ledger_head", on: $0) ?? 0 }
        guard count >= records else { return nil }
        let handover = handover
        try SideThread.start {
            // Whatever cannot be read here is found again, and told, by whoever asks for the result.
            if let audit = try? reader.perform({ try Self.audit($0) }) { handover.put(audit) }
            handover.close()
        }
    }

    private static func audit(_ connection: OpaquePointer) throws -> Audit {
        try EvidenceDatabase.execute("BEGIN", on: connection)
        defer { try? EvidenceDatabase.execute("COMMIT", on: connection) }
        return try Audit(head: StoredHead.read(connection), fault: RollupAudit.fault(connection))
    }

    /// The result, waiting for it; nil when there is none, because something could not be read.
    @discardableResult
    func wait() -> Audit? {
        if let next = handover.take() { audit = next }
        return audit
    }
}
