import RungCrypto
public import RungLedger

/// What of the ledger is to be proved.
public enum ProofTarget: Sendable, Equatable {
    /// An entry by its number.
    case entry(Int)
    /// A record by its number.
    case record(Int)
    /// A record by its kind and id; of states of the same thing, the latest.
    case named(kind: String, id: String)
}

/// Proofs that can be checked without the store.
extension EvidenceStore {
    /// Proves an entry, or a record with its entry, under a checkpoint.
    ///
    /// - Parameter checkpoint: a head of this ledger; nil for the latest one that the store has signed.
    /// - Throws: `EvidenceError`: unknown record for what is not there, refused for what is not yet under the checkpoint, damaged when the ledger does
    ///   not give the checkpoint's root.
    public func receipt(for target: ProofTarget, under checkpoint: SignedCheckpoint? = nil) throws(EvidenceError) -> LogProof {
        try read { connection in
            let (stored, record) = try Self.find(target, connection)
            let checkpoint = try Self.head(checkpoint, after: stored.entry.sequence, connection)
            var receipt = LedgerReceipt(entry: try stored.entry.canonicalBytes())
            if let record {
                let proof = try RecordProof(record, in: stored, connection)
                receipt.record = .init(
                    number: record, index: record - Int(stored.firstRecord), path: proof.path, salt: proof.salt, payload: proof.payload)
            }
            let (index, size) = (stored.entry.sequence, checkpoint.checkpoint.size)
            let path = try StoredTree.path(.inclusion(of: index, in: size), size: size, connection)
            let proof = LogProof(
                extra: receipt.bytes, inclusion: InclusionProof(index: index, size: size, path: path), checkpoint: checkpoint)
            if let fault = receipt.fault(under: proof) { throw StoredTree.damaged(fault) }
            return proof
        }
    }

    /// Proves that the ledger under a checkpoint grew from its first `size` entries.
    ///
    /// - Parameter checkpoint: a head of this ledger; nil for the latest one that the store has signed.
    public func growth(from size: Int, to checkpoint: SignedCheckpoint? = nil) throws(EvidenceError) -> GrowthProof {
        try read { connection in
            let checkpoint = try Self.head(checkpoint, after: size - 1, connection)
            let to = checkpoint.checkpoint.size
            let path = try StoredTree.path(.consistency(from: size, to: to), size: to, connection)
            let roots = try StoredTree.roots(at: [size, to], connection)
            let proof = ConsistencyProof(from: size, to: to, path: path)
            guard let earlier = roots[size], proof.proves(checkpoint.checkpoint.root, growsFrom: earlier) else {
                throw StoredTree.damaged("it does not give the root of the checkpoint at \(to) entries")
            }
            return GrowthProof(consistency: proof, checkpoint: checkpoint)
        }
    }

    /// The checkpoint to prove under; it must hold the entry with this number.
    private static func head(_ given: SignedCheckpoint?, after entry: Int, _ connection: OpaquePointer) throws -> SignedCheckpoint {
        let present = try StoredHead.read(connection).chain.size
        guard entry < present else {
            throw EvidenceError(.unknownRecord, "the ledger has \(present) entries", suggestion: "name a number up to that")
        }
        let stored = try given ?? CheckpointTable.read(where: "size > \(entry)", limit: 1, connection).first?.note
        guard let checkpoint = stored, checkpoint.checkpoint.size > entry else {
            throw EvidenceError(
                .refused, given == nil ? "no checkpoint covers it yet" : "the checkpoint has only \(stored?.checkpoint.size ?? 0) entries",
                suggestion: "sign the present head with: rung ledger checkpoint")
        }
        guard checkpoint.checkpoint.origin == (try CheckpointTable.origin(connection)) else {
            throw EvidenceError(.refused, "the checkpoint is of another ledger, \(checkpoint.checkpoint.origin)")
        }
        guard checkpoint.checkpoint.size <= present else {
            throw StoredTree.damaged("the checkpoint has \(checkpoint.checkpoint.size) entries, and only \(present) are left")
        }
        return checkpoint
    }

    // MARK: - Finding

    private static func find(_ target: ProofTarget, _ connection: OpaquePointer) throws -> (entry: StoredEntry, record: Int?) {
        switch target {
        case .entry(let sequence):
            guard let stored = try StoredTree.entry(sequence, connection) else {
                let size = try StoredHead.read(connection).chain.size
                throw EvidenceError(.unknownRecord, "there is no entry \(sequence); the ledger has \(size), counted from 0")
            }
            return (stored, nil)
        case .record(let record):
            guard let stored = try StoredTree.entry(of: record, connection) else {
                let count = try StoredHead.read(connection).records
                throw EvidenceError(.unknownRecord, "there is no record \(record); the ledger has \(count), counted from 0")
            }
            return (stored, record)
        case .named(let kind, let id): return try find(.record(number(of: kind, id, connection)), connection)
        }
    }

    private static func number(of name: String, _ id: String, _ connection: OpaquePointer) throws -> Int {
        guard let kind = RecordCatalog.all.first(where: { $0.name == name }) else {
            throw EvidenceError(
                .unknownRecord, "there is no kind of record \"\(name)\"",
                suggestion: "kinds are \(RecordCatalog.all.map(\.name).sorted().joined(separator: ", "))")
        }
        let keys = kind.fields.map(\.name).filter { $0 == "id" } + kind.identity
        guard let key = keys.first else {
            throw EvidenceError(
                .unknownRecord, "records of the kind \(name) have no id", suggestion: "name one by its number, with --record")
        }
        let numbers = try numbers(kind, kind.fields[kind.position(of: key)], id, connection)
        guard let latest = numbers.first else {
            throw EvidenceError(.unknownRecord, "there is no record of the kind \(name) with the \(key) \"\(id)\"")
        }
        if numbers.count > 1, case .never = kind.change {
            let shown = numbers.prefix(10).reversed().map(String.init).joined(separator: ", ")
            throw EvidenceError(
                .unknownRecord, "several records of the kind \(name) have the \(key) \"\(id)\"",
                suggestion: "name one by its number, with --record; the latest are \(shown)")
        }
        return latest
    }

    /// Numbers of the records with this value, latest first, at most eleven.
    private static func numbers(_ kind: RecordKind, _ field: RecordField, _ value: String, _ connection: OpaquePointer) throws -> [Int] {
        let select = try SQLStatement(
            "SELECT record FROM \(kind.table) WHERE \(field.column) = ? ORDER BY record DESC LIMIT 11", on: connection)
        if case .coded = field.storage {
            guard let code = try CodeBook(connection, .readOnly).existingCode(of: value) else { return [] }
            select.bind(1, code)
        } else {
            select.bind(1, value)
        }
        var numbers: [Int] = []
        try select.forEach { numbers.append(Int($0.int(0))) }
        return numbers
    }
}
