public import RungCore
import RungLedger

/// What was looked at before the evidence was used, and what was found: everything in a small store, the entries of the
/// ledger in a large one.
public struct LedgerCheck: Sendable, Equatable {
    /// The stored head.
    public var head: LedgerHead
    /// Records behind the ledger, of all kinds together.
    public var records: Int
    public var scope: Scope
    /// The first thing that is broken; nil when everything that was looked at agrees.
    public var failure: LedgerVerification.Failure?

    /// How far a check goes.
    public enum Scope: Sendable, Equatable {
        /// Every entry and every record was recomputed.
        case records
        /// Every entry was recomputed, with its link, the tree and its head; of the records only the numbers.
        case entries
    }

    /// What was looked at, for people; with the way to look at everything.
    public var text: String {
        let entries = "\(head.size) \(head.size == 1 ? "entry" : "entries") of the ledger"
        switch scope {
        case .records: return "verified: all \(entries) and all \(records) records behind them"
        case .entries:
            return
                "verified: all \(entries), not the \(records) records behind them, which `rung ledger verify` recomputes one by one"
        }
    }
}

extension EvidenceStore {
    /// Verifies the ledger as far as can be done in well under a second: with all records, or, when there are more than
    /// `recordLimit`, the entries alone.
    ///
    /// - Throws: `EvidenceError` when the file cannot be read; a broken ledger is a result, not an error.
    public func checkLedger(recordLimit: Int = 200_000) throws(EvidenceError) -> LedgerCheck {
        let records = try read { try EvidenceDatabase.integer("SELECT records FROM ledger_head WHERE id = 1", on: $0) ?? 0 }
        guard records > recordLimit else {
            let found = try verify()
            return LedgerCheck(head: found.head, records: found.records, scope: .records, failure: found.failure)
        }
        return try read { try LedgerCheck.entries($0) }
    }
}

extension LedgerCheck {
    /// Recomputes every entry; the numbers of the records must follow each other without gaps and end with the head's.
    static func entries(_ connection: OpaquePointer) throws -> LedgerCheck {
        let head: StoredHead
        do {
            head = try StoredHead.read(connection)
        } catch let error as EvidenceError where error.kind == .damaged {
            let empty = LedgerHead(size: 0, root: LedgerChain().root)
            return LedgerCheck(head: empty, records: 0, scope: .entries, failure: .init(entry: nil, reason: error.message))
        }
        return LedgerCheck(
            head: head.ledger, records: Int(head.records), scope: .entries, failure: try failure(head, connection))
    }

    private static func failure(_ head: StoredHead, _ connection: OpaquePointer) throws -> LedgerVerification.Failure? {
        var chain = LedgerChain()
        var next: Int64 = 0
        let select = try SQLStatement("SELECT \(StoredEntry.columns) FROM ledger_entries ORDER BY sequence", on: connection)
        defer { select.reset() }
        while try select.step() {
            guard let stored = StoredEntry(select) else { return .init(entry: chain.size, reason: "its columns cannot be an entry") }
            guard stored.firstRecord == next else {
                return .init(entry: chain.size, reason: "its records begin at \(stored.firstRecord), expected \(next)")
            }
            if let found = chain.accept(stored.entry, leaf: stored.leaf) { return .init(entry: chain.size, reason: found.description) }
            next += Int64(stored.entry.count)
        }
        if head != StoredHead(chain: chain, records: next) {
            let reason = "it says \(head.chain.size) entries and \(head.records) records, found \(chain.size) and \(next)"
            return .init(entry: nil, reason: reason)
        }
        for kind in RecordCatalog.all {
            guard let last = try EvidenceDatabase.integer("SELECT MAX(record) FROM \(kind.table)", on: connection), last >= next else {
                continue
            }
            return .init(entry: nil, reason: "record \(last) of \(kind.table) belongs to no entry")
        }
        return nil
    }
}
