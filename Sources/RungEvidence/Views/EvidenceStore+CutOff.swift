import RungLedger
public import RungText

/// How much of the ledger an assessment as of a moment reads.
public struct LedgerCutOff: Sendable, Equatable {
    /// Entries that are read.
    public var size: Int
    /// Entries that were appended later, and records in them.
    public var hiddenEntries: Int
    public var hiddenRecords: Int
}

extension EvidenceStore {
    /// The part of the ledger that stood at the midnight before `time`: up to the last checkpoint that is not later; where no
    /// checkpoint is, up to the last entry that is not later. Of today it is the whole ledger.
    public func cutOff(asOf time: Timestamp) throws(EvidenceError) -> LedgerCutOff {
        let (midnight, today) = (time.midnight, environment.now().midnight)
        return try read { connection in
            let head = try StoredHead.read(connection)
            guard midnight < today else { return LedgerCutOff(size: head.chain.size, hiddenEntries: 0, hiddenRecords: 0) }
            let size = try Self.checkpoint(before: midnight, connection) ?? Self.entries(before: midnight, connection)
            let first = try EvidenceDatabase.integer("SELECT first_record FROM ledger_entries WHERE sequence = \(size)", on: connection)
            return LedgerCutOff(
                size: size, hiddenEntries: head.chain.size - size, hiddenRecords: first.map { Int(head.records - $0) } ?? 0)
        }
    }

    /// Size at the last checkpoint that is not later; nil without one.
    private static func checkpoint(before midnight: Timestamp, _ connection: OpaquePointer) throws -> Int? {
        try EvidenceDatabase.integer(
            """
            SELECT c.size FROM ledger_checkpoints c WHERE c.at <= \(midnight.seconds) AND c.size <= (SELECT COUNT(*) FROM ledger_entries)
            ORDER BY c.at DESC, c.size DESC LIMIT 1
            """, on: connection
        ).map { Int($0) }
    }

    /// Entries up to the last one that is not later. Clocks may go back, so the last one counts and not the first later one.
    private static func entries(before midnight: Timestamp, _ connection: OpaquePointer) throws -> Int {
        let last = try EvidenceDatabase.integer(
            "SELECT sequence FROM ledger_entries WHERE at <= \(midnight.seconds) ORDER BY sequence DESC LIMIT 1", on: connection)
        return last.map { Int($0) + 1 } ?? 0
    }
}
