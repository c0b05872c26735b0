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
        try RowSeal(.identity, connection).closeInserted()
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
        try RowSeal(.checkpoints, connection).closeInserted()
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
        try RowSeal(.cosignatures, connection).closeInserted()
    }
}

// MARK: - Verifying

extension CheckpointTable {
    /// What is wrong with the stored checkpoints, apart from what they say about the ledger; nil when nothing is: each is there,
    /// its columns are those of its note, and every cosignature is of the key that it is stored with.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        let checkpoints: [StoredCheckpoint]
        do {
            checkpoints = try read(connection)
        } catch let error as EvidenceError where error.kind == .damaged {
            return error.message
        }
        for (expected, checkpoint) in zip(1..., checkpoints.reversed()) {
            guard checkpoint.number == expected else { return "checkpoint \(expected) is missing" }
            for key in checkpoint.cosigners where checkpoint.note.trust(in: [key]) != .signed([key]) {
                return "the signature of \(key.label) under checkpoint \(expected) is wrong"
            }
        }
        let select = try SQLStatement("SELECT id, size, root, frontier FROM ledger_checkpoints ORDER BY id DESC", on: connection)
        var notes = checkpoints.makeIterator()
        var different: Int64?
        try select.forEach { row in
            guard let head = notes.next()?.note.checkpoint, let frontier = MerkleFrontier(bytes: Array(row.bytes(3))),
                row.int(1) == Int64(head.size), row.digest(2) == head.root, frontier.size == head.size, frontier.root == head.root
            else { return different = row.int(0) }
        }
        if let different { return "checkpoint \(different) is kept with another head than the one that it signs" }
        let strays = "SELECT checkpoint FROM ledger_cosignatures WHERE checkpoint NOT IN (SELECT id FROM ledger_checkpoints)"
        return try EvidenceDatabase.integer(strays, on: connection).map { "there is a signature under checkpoint \($0), which is missing" }
    }
}
