import RungCrypto
public import RungLedger
public import RungText

/// A signed head that the store has put down.
public struct StoredCheckpoint: Sendable, Equatable {
    /// Counts the checkpoints of the store, from 1.
    public var number: Int
    /// When it was signed, by the clock of the signing process.
    public var at: Timestamp
    /// The key that signed for the ledger.
    public var key: VerifierKey
    /// The checkpoint with that signature first, and those of others after it.
    public var note: SignedCheckpoint
    /// The keys of the others, in the order of their signatures.
    public var cosigners: [VerifierKey]
}

/// Rows of the tables `ledger_identity`, `ledger_checkpoints` and `ledger_cosignatures`.
enum CheckpointTable {
    /// The ledger's name; nil while none was needed.
    static func origin(_ connection: OpaquePointer) throws -> String? {
        try SQLStatement("SELECT origin FROM ledger_identity WHERE id = 1", on: connection).first { $0.text(0) }
    }

    static func setOrigin(_ origin: String, _ connection: OpaquePointer) throws {
        let insert = try SQLStatement("INSERT INTO ledger_identity (id, origin) VALUES (1, ?)", on: connection)
        insert.bind(1, origin)
        try insert.run()
    }

    /// The checkpoints that fit a condition over the columns, which holds nothing but numbers of ours, newest first.
    static func read(where condition: String = "TRUE", limit: Int? = nil, _ connection: OpaquePointer) throws -> [StoredCheckpoint] {
        let select = try SQLStatement(
            "SELECT id, at, key, note FROM ledger_checkpoints WHERE \(condition) ORDER BY id DESC LIMIT \(limit ?? -1)", on: connection)
        var checkpoints: [StoredCheckpoint] = []
        try select.forEach { checkpoints.append(try checkpoint($0, connection)) }
        return checkpoints
    }

    private static func checkpoint(_ row: SQLStatement, _ connection: OpaquePointer) throws -> StoredCheckpoint {
        let number = Int(row.int(0))
        do {
            var note = try SignedCheckpoint(parsing: Array(row.text(3).utf8))
            var cosigners: [VerifierKey] = []
            let select = try SQLStatement(
                "SELECT key, line FROM ledger_cosignatures WHERE checkpoint = \(number) ORDER BY rowid", on: connection)
            try select.forEach {
                cosigners.append(try VerifierKey(parsing: Array($0.text(0).utf8)))
                note.signatures += try NoteSignature.lines(parsing: Array($0.text(1).utf8))
            }
            let key = try VerifierKey(parsing: Array(row.text(2).utf8))
            return StoredCheckpoint(
                number: number, at: Timestamp(seconds: row.int(1)), key: key, note: note, cosigners: cosigners)
        } catch let error as LedgerSyntaxError {
            throw EvidenceError(
                .damaged, "checkpoint \(number) of the ledger cannot be read: \(error.message)",
                suggestion: "restore the evidence from a backup")
        }
    }

    /// Stores a checkpoint with the right edge of its tree.
    static func insert(
        _ note: SignedCheckpoint, _ frontier: MerkleFrontier, key: VerifierKey, at: Timestamp, _ connection: OpaquePointer
    ) throws {
        let insert = try SQLStatement(
            "INSERT INTO ledger_checkpoints (size, root, frontier, at, key, note) VALUES (?, ?, ?, ?, ?, ?)", on: connection)
        insert.bind(1, Int64(note.checkpoint.size))
        insert.bind(2, note.checkpoint.root)
        frontier.bytes.withUnsafeBytes { insert.bind(3, blob: $0) }
        insert.bind(4, at.seconds)
        insert.bind(5, key.description)
        insert.bind(6, note.description)
        try insert.run()
    }

    /// The right edge of the tree under the latest checkpoint; nil when there is none.
    static func latestFrontier(_ connection: OpaquePointer) throws -> MerkleFrontier? {
        let select = try SQLStatement("SELECT frontier, root FROM ledger_checkpoints ORDER BY id DESC LIMIT 1", on: connection)
        return try select.first { row in
            guard let frontier = MerkleFrontier(bytes: Array(row.bytes(0))), frontier.root == row.digest(1) else {
                throw EvidenceError(
                    .damaged, "the latest checkpoint of the ledger is damaged", suggestion: "restore the evidence from a backup")
            }
            return frontier
        }
    }

    static func insert(_ signature: NoteSignature, by key: VerifierKey, of number: Int, at: Timestamp, _ connection: OpaquePointer) throws {
        let insert = try SQLStatement(
            "INSERT OR IGNORE INTO ledger_cosignatures (checkpoint, key, at, line) VALUES (?, ?, ?, ?)", on: connection)
        insert.bind(1, Int64(number))
        insert.bind(2, key.description)
        insert.bind(3, at.seconds)
        insert.bind(4, "\(signature)\n")
        try insert.run()
    }
}
