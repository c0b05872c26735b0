public import RungLedger

/// Signed heads of the ledger, for keeping elsewhere.
extension EvidenceStore {
    /// The ledger's name in checkpoints, such as `rung/0f1e2d3c4b5a6978`; nil while none was needed.
    public func logOrigin() throws(EvidenceError) -> String? { try read { try CheckpointTable.origin($0) } }

    /// Puts down a checkpoint of the present head, or returns the one that this key has signed at this size already.
    ///
    /// Gives the ledger its name when it has none. Before anything is signed, the ledger must be seen to have grown from the
    /// latest checkpoint; that costs one hash for each entry since.
    ///
    /// - Throws: `EvidenceError`: damaged when the ledger was cut off or rewritten below its latest checkpoint.
    @discardableResult
    public func checkpoint(signedBy key: SignerKey) throws(EvidenceError) -> StoredCheckpoint {
        try write { connection in
            let origin = try Self.origin(connection, environment)
            let head = try StoredHead.read(connection).chain
            try Self.requireGrowth(to: head, connection)
            let stored = try CheckpointTable.read(where: "size = \(head.size)", connection)
            if let same = stored.first(where: { $0.key == key.verifierKey }) { return same }
            let note = SignedCheckpoint(Checkpoint(origin: origin, size: head.size, root: head.root), signedBy: key)
            try CheckpointTable.insert(note, head.frontier, key: key.verifierKey, at: environment.now(), connection)
            guard let inserted = try CheckpointTable.read(limit: 1, connection).first else {
                throw EvidenceError(.other, "the checkpoint was not stored in \(path)")
            }
            return inserted
        }
    }

    /// The present head without a signature; nothing but the ledger's name is stored.
    public func unsignedCheckpoint() throws(EvidenceError) -> SignedCheckpoint {
        try write { connection in
            let origin = try Self.origin(connection, environment)
            let head = try StoredHead.read(connection).chain
            return SignedCheckpoint(Checkpoint(origin: origin, size: head.size, root: head.root))
        }
    }

    /// All checkpoints, newest first.
    ///
    /// - Parameter limit: how many at most.
    public func checkpoints(limit: Int? = nil) throws(EvidenceError) -> [StoredCheckpoint] {
        try read { try CheckpointTable.read(limit: limit, $0) }
    }

    /// Adds the signatures of somebody else, such as a witness, to the checkpoints that they are for.
    ///
    /// - Parameters:
    ///   - signatures: lines of a note; those of other keys are ignored.
    ///   - key: of the cosigner, who must not be the ledger itself.
    /// - Returns: the checkpoint that the key has signed.
    /// - Throws: `EvidenceError` (refused) when no signature of the key fits any checkpoint.
    @discardableResult
    public func addCosignatures(_ signatures: [NoteSignature], of key: VerifierKey) throws(EvidenceError) -> StoredCheckpoint {
        try write { connection in
            let checkpoints = try CheckpointTable.read(connection)
            guard !checkpoints.contains(where: { $0.key.key == key.key }) else {
                throw EvidenceError(
                    .refused, "\(key.label) is a key of the ledger itself",
                    suggestion: "a cosigner is somebody else, with a key of their own")
            }
            for checkpoint in checkpoints {
                for signature in signatures {
                    let note = SignedCheckpoint(checkpoint.note.checkpoint, signatures: [signature])
                    guard note.trust(in: [key]) == .signed([key]) else { continue }
                    try CheckpointTable.insert(signature, by: key, of: checkpoint.number, at: environment.now(), connection)
                    return try CheckpointTable.read(where: "id = \(checkpoint.number)", connection).first ?? checkpoint
                }
            }
            throw EvidenceError(
                .refused, "no signature of \(key.label) fits a checkpoint of this ledger",
                suggestion: "give the key of the cosigner and the lines that it answered to a checkpoint of this ledger")
        }
    }

    /// Whether outside copies of the head agree with the ledger, and up to which size.
    ///
    /// The tree is rebuilt from the stored leaf hashes; that these are those of the entries is what `verify` tells.
    ///
    /// - Parameters:
    ///   - anchors: checkpoints that were kept elsewhere.
    ///   - keys: who must have signed them; empty when they are trusted for where they were kept.
    public func anchoring(of anchors: [SignedCheckpoint], keys: [VerifierKey] = []) throws(EvidenceError) -> LedgerAnchoring {
        try read { connection in
            LedgerAnchoring.judging(
                anchors, origin: try CheckpointTable.origin(connection), size: try StoredHead.read(connection).chain.size,
                roots: try StoredTree.roots(at: anchors.map(\.checkpoint.size), connection), keys: keys)
        }
    }

    /// The same for the checkpoints that the store itself holds, each by the key stored with it: catches whoever changed
    /// entries and forgot these, and nobody else.
    public func ownAnchoring() throws(EvidenceError) -> LedgerAnchoring {
        try read { connection in
            let checkpoints = try CheckpointTable.read(connection)
            let origin = try CheckpointTable.origin(connection)
            let size = try StoredHead.read(connection).chain.size
            let roots = try StoredTree.roots(at: checkpoints.map(\.note.checkpoint.size), connection)
            return LedgerAnchoring(
                findings: checkpoints.flatMap {
                    LedgerAnchoring.judging([$0.note], origin: origin, size: size, roots: roots, keys: [$0.key]).findings
                })
        }
    }

    // MARK: - Inner workings

    private static func origin(_ connection: OpaquePointer, _ environment: EvidenceEnvironment) throws -> String {
        if let origin = try CheckpointTable.origin(connection) { return origin }
        // 64 random bits: one key may sign for many ledgers, and no two of them may ever share a name.
        let digits = environment.randomBytes(8).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        let origin = "rung/" + digits.joined()
        try CheckpointTable.setOrigin(origin, connection)
        return origin
    }

    /// A log that signs two histories is worth nothing, whoever changed the first one.
    private static func requireGrowth(to head: LedgerChain, _ connection: OpaquePointer) throws {
        guard var frontier = try CheckpointTable.latestFrontier(connection) else { return }
        let size = frontier.size
        guard size <= head.size else {
            throw StoredTree.damaged("a checkpoint was signed at \(size) entries, and only \(head.size) are left")
        }
        try StoredTree.forEachLeaf(from: size, to: head.size, connection) { frontier.append($0) }
        guard frontier == head.frontier else {
            throw StoredTree.damaged("it does not grow from its latest checkpoint at \(size) entries; nothing was signed")
        }
    }
}
