import RungCrypto
import RungLedger

/// The tree over the stored entries, read as one stream of leaf hashes.
enum StoredTree {
    /// Hands over the leaf hashes of entries, from `first` on up to `size`.
    static func forEachLeaf(
        from first: Int = 0, to size: Int, _ connection: OpaquePointer, _ body: (Digest) throws -> Void
    ) throws {
        let select = try SQLStatement(
            "SELECT leaf FROM ledger_entries WHERE sequence >= \(first) AND sequence < \(size) ORDER BY sequence", on: connection)
        var count = first
        try select.forEach { row in
            guard let leaf = row.digest(0) else { throw damaged("entry \(count) has no leaf hash") }
            count += 1
            try body(leaf)
        }
        guard count == size else { throw damaged("it has \(count) entries, expected \(size)") }
    }

    /// Roots over the first entries, for each of these sizes that the ledger reaches, in one pass.
    static func roots(at sizes: some Sequence<Int>, _ connection: OpaquePointer) throws -> [Int: Digest] {
        let present = try StoredHead.read(connection).chain.size
        let wanted = Set(sizes).filter { (0...present).contains($0) }
        guard let last = wanted.max() else { return [:] }
        var frontier = MerkleFrontier()
        var roots: [Int: Digest] = wanted.contains(0) ? [0: frontier.root] : [:]
        try forEachLeaf(to: last, connection) { leaf in
            frontier.append(leaf)
            if wanted.contains(frontier.size) { roots[frontier.size] = frontier.root }
        }
        return roots
    }

    /// The hashes of a proof over the first `size` entries.
    static func path(_ prover: MerkleProver, size: Int, _ connection: OpaquePointer) throws -> [Digest] {
        var prover = prover
        try forEachLeaf(to: size, connection) { prover.append($0) }
        guard let path = prover.finish() else { preconditionFailure("the prover had every leaf") }
        return path
    }

    /// The entry with this number.
    static func entry(_ sequence: Int, _ connection: OpaquePointer) throws -> StoredEntry? {
        let select = try SQLStatement("SELECT \(StoredEntry.columns) FROM ledger_entries WHERE sequence = \(sequence)", on: connection)
        return try select.first { try entry($0) }
    }

    /// The entry that binds the record with this number.
    static func entry(of record: Int, _ connection: OpaquePointer) throws -> StoredEntry? {
        let select = try SQLStatement(
            "SELECT \(StoredEntry.columns) FROM ledger_entries WHERE first_record <= \(record) ORDER BY first_record DESC LIMIT 1",
            on: connection)
        guard let stored = try select.first({ try entry($0) }), record < Int(stored.firstRecord) + stored.entry.count else { return nil }
        return stored
    }

    /// A row of `StoredEntry.columns` whose bytes give its leaf hash.
    static func entry(_ row: SQLStatement) throws -> StoredEntry {
        guard let stored = StoredEntry(row), (try? stored.entry.leaf()) == stored.leaf else {
            throw damaged("entry \(row.int(0)) is not what its leaf hash says")
        }
        return stored
    }

    static func damaged(_ reason: String) -> EvidenceError {
        EvidenceError(.damaged, "the ledger is broken: \(reason)", suggestion: "`rung ledger verify` names the first broken entry")
    }
}
