import RungCrypto
import RungLedger

/// How far the ledger of a connection holds, as views at a cut-off need it.
struct LedgerTrust {
    /// Entries from the first on that are unbroken.
    var verified: Int
    /// Checkpoints of at most this size are signed as they should be and agree with those entries; −1 when none does.
    var consistent: Int
    /// Entries from the first on that a checkpoint of the ledger's own covers.
    var covered: Int

    static let none = LedgerTrust(verified: 0, consistent: 0, covered: 0)

    /// Reads the first `entries` entries and every checkpoint, in one pass.
    static func of(_ connection: OpaquePointer, entries: Int) throws -> LedgerTrust {
        let checkpoints: [StoredCheckpoint]?
        do {
            checkpoints = try CheckpointTable.read(connection)
        } catch let error as EvidenceError where error.kind == .damaged {
            checkpoints = nil
        }
        let sizes = Set((checkpoints ?? []).map(\.note.checkpoint.size))
        let (chain, roots) = try verify(entries, rootsAt: sizes, connection)
        guard let checkpoints else { return LedgerTrust(verified: chain.size, consistent: -1, covered: 0) }
        let origin = try CheckpointTable.origin(connection)
        let present = Int(try EvidenceDatabase.integer("SELECT COUNT(*) FROM ledger_entries", on: connection) ?? 0)
        // Heads between the cut-off and the present are not seen; larger ones tell of entries that are gone.
        let seen = checkpoints.filter { $0.note.checkpoint.size <= entries || $0.note.checkpoint.size > present }
        let wrong = seen.filter { checkpoint in
            let head = checkpoint.note.checkpoint
            return head.origin != origin || roots[head.size] != head.root
                || checkpoint.note.trust(in: [checkpoint.key]) != .signed([checkpoint.key])
        }
        let consistent = wrong.map(\.note.checkpoint.size).min().map { $0 - 1 } ?? chain.size
        let sound = seen.map(\.note.checkpoint.size).filter { $0 <= min(consistent, chain.size) }
        return LedgerTrust(verified: chain.size, consistent: consistent, covered: sound.max() ?? 0)
    }

    private static func verify(
        _ entries: Int, rootsAt sizes: Set<Int>, _ connection: OpaquePointer
    ) throws -> (LedgerChain, [Int: Digest]) {
        var chain = LedgerChain()
        var roots = sizes.contains(0) ? [0: chain.root] : [:]
        let select = try SQLStatement(
            "SELECT \(StoredEntry.columns) FROM ledger_entries WHERE sequence < \(entries) ORDER BY sequence", on: connection)
        defer { select.reset() }
        while try select.step() {
            guard let stored = StoredEntry(select), chain.accept(stored.entry, leaf: stored.leaf) == nil else { break }
            if sizes.contains(chain.size) { roots[chain.size] = chain.root }
        }
        return (chain, roots)
    }
}
