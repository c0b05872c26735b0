import RungCrypto
public import RungLedger

extension EvidenceStore {
    /// The ledger as files of C2SP tlog-tiles: hash tiles, bundles of entries, and the checkpoint last.
    ///
    /// One pass; memory does not grow with the ledger. No payload of a record is in it.
    ///
    /// - Parameters:
    ///   - checkpoint: a head of this ledger.
    ///   - body: gets the path below the log's folder and the content of each file.
    /// - Throws: what `body` throws; `EvidenceError` (damaged) before the checkpoint is handed over when the entries do not
    ///   give its root.
    public func forEachTileFile(
        under checkpoint: SignedCheckpoint, _ body: (_ path: String, _ bytes: [UInt8]) throws -> Void
    ) throws {
        var failure: (any Error)?
        try read { connection in
            do {
                try Self.writeTiles(checkpoint, connection, body)
            } catch let error as EvidenceError {
                throw error
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func writeTiles(
        _ checkpoint: SignedCheckpoint, _ connection: OpaquePointer, _ body: (String, [UInt8]) throws -> Void
    ) throws {
        let size = checkpoint.checkpoint.size
        let select = try SQLStatement(
            "SELECT \(StoredEntry.columns) FROM ledger_entries WHERE sequence < \(size) ORDER BY sequence", on: connection)
        var (frontier, tiler, bundle) = (MerkleFrontier(), LedgerTiler(), EntryBundle())
        try select.forEach { row in
            let stored = try StoredTree.entry(row)
            frontier.append(stored.leaf)
            bundle.append(try stored.entry.canonicalBytes())
            for tile in tiler.append(stored.leaf) { try body(tile.path, tile.bytes) }
            guard bundle.isFull else { return }
            try body(bundle.path, bundle.bytes)
            bundle = EntryBundle(index: bundle.index + 1)
        }
        guard frontier.size == size, frontier.root == checkpoint.checkpoint.root else {
            throw StoredTree.damaged("it does not give the root of the checkpoint at \(size) entries")
        }
        for tile in tiler.partial { try body(tile.path, tile.bytes) }
        if bundle.count > 0 { try body(bundle.path, bundle.bytes) }
        try body("checkpoint", Array(checkpoint.description.utf8))
    }
}
