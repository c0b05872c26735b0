import RungCore
import RungLedger
import RungText

/// A bundle that has been verified, and is read within one transaction.
///
/// A class because it owns statements of a connection, which must not outlive it.
final class Bundle {
    let path: String
    /// What names the store; nil for an empty one.
    let origin: String?
    let head: StoredHead
    let pieces: MergedPieces
    private let connection: OpaquePointer
    private let codes: CodeBook

    /// Reads the whole bundle and recomputes everything, before anybody has to wait for it.
    ///
    /// - Throws: `EvidenceError` (damaged) when its ledger is broken.
    static func verify(_ path: String, lockSeconds: Int) throws(EvidenceError) -> LedgerHead {
        let database = try EvidenceDatabase(path: path, access: .readOnly, lockSeconds: lockSeconds)
        let verification = try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN", on: connection)
            return try LedgerVerification.of(connection)
        }
        guard let problem = verification.problem else { return verification.head }
        throw EvidenceError(
            .damaged, "the ledger of \(path) is broken, nothing was merged: \(problem)",
            suggestion: "export the bundle again on the machine that it comes from")
    }

    /// - Parameter verified: what verifying it found; merging checks every new entry against it once more.
    init(_ path: String, verified: LedgerHead, _ connection: OpaquePointer) throws {
        self.path = path
        self.connection = connection
        codes = try CodeBook(connection, .readOnly)
        origin = try StoreOrigin.read(connection)
        head = try StoredHead.read(connection)
        pieces = try MergedPieces(connection, codes)
        guard head.ledger == verified else {
            throw EvidenceError(
                .refused, "\(path) was written to while it was read", suggestion: "merge it again when nothing writes to it")
        }
    }

    /// The Merkle root of the first entries of its ledger.
    func root(at size: Int) throws -> FieldValue {
        try Self.root("SELECT leaf FROM ledger_entries WHERE sequence < ? ORDER BY sequence", size, connection)
    }

    /// The root over leaf hashes that `sql` gives, which must be `size`; null when they are fewer.
    static func root(_ sql: String, _ size: Int, _ connection: OpaquePointer, origin: Int64? = nil) throws -> FieldValue {
        let leaves = try SQLStatement(sql, on: connection)
        leaves.bind(1, Int64(size))
        if let origin { leaves.bind(2, origin) }
        var frontier = MerkleFrontier()
        try leaves.forEach { row in if let leaf = row.digest(0) { frontier.append(leaf) } }
        return frontier.size == size ? .digest(frontier.root) : .null
    }

    /// Calls `body` for each entry from `first` on; the chain of all of them must lead to the head that was verified.
    func forEachEntry(from first: Int, _ body: (StoredEntry) throws -> Void) throws {
        let select = try SQLStatement("SELECT \(StoredEntry.columns) FROM ledger_entries ORDER BY sequence", on: connection)
        var chain = LedgerChain()
        try select.forEach { row in
            guard let stored = StoredEntry(row), chain.accept(stored.entry, leaf: stored.leaf) == nil else {
                throw EvidenceError(.damaged, "entry \(chain.size) of \(path) is broken, nothing was merged")
            }
            if stored.entry.sequence >= first { try body(stored) }
        }
        guard chain == head.chain else { throw EvidenceError(.damaged, "the entries of \(path) do not give its root") }
    }

    /// The number of the first record of an entry; that of the next record to come when there is no such entry.
    func firstRecord(ofEntry sequence: Int) throws -> Int64 {
        try EvidenceDatabase.integer("SELECT first_record FROM ledger_entries WHERE sequence = \(sequence)", on: connection)
            ?? head.records
    }

    /// The records from `first` on, in the order in which they were appended.
    func records(from first: Int64) throws -> RecordSequence { try RecordSequence(from: first, connection, codes) }

    /// What an entry is called in the ledgers of the stores that it came over before, by origin.
    func earlierNames(ofEntry sequence: Int) throws -> [MergedEntry] {
        if pieces.isEmpty { return [] }
        let select = try SQLStatement(
            "SELECT origin_id, sequence, at, actor, reason, leaf FROM merged_entries WHERE entry = \(sequence)", on: connection)
        var names: [MergedEntry] = []
        try select.forEach { row in
            guard let origin = try codes.word(of: row.int(0)), let leaf = row.digest(5) else { return }
            names.append(
                MergedEntry(
                    origin: origin, sequence: Int(row.int(1)), at: Timestamp(seconds: row.int(2)), actor: row.text(3),
                    reason: row.optionalText(4), leaf: leaf))
        }
        return names
    }
}

/// Records of all kinds in the order in which they were appended; one of each kind is read ahead.
///
/// A class because it owns statements.
final class RecordSequence {
    private var streams: [(reader: RecordReader, next: StoredRecord?)]
    private let twins: TwinReader
    private var current = 0
    private var number: Int64

    init(from first: Int64, _ connection: OpaquePointer, _ codes: CodeBook) throws {
        number = first
        twins = try TwinReader(connection, codes)
        streams = try RecordCatalog.all.map { kind in
            let reader = try RecordReader(kind, where: "record >= \(first)", connection, codes)
            return (reader, try reader.next())
        }
    }

    /// The next record.
    ///
    /// - Throws: `EvidenceError` (damaged) when there is none of the next number.
    func next() throws -> StoredRecord {
        defer { number += 1 }
        if streams[current].next?.record != number {
            guard let index = streams.firstIndex(where: { $0.next?.record == number }) else {
                if let twin = try twins.twin(number) { return twin }
                throw EvidenceError(.damaged, "record \(number) is missing")
            }
            current = index
        }
        guard let record = streams[current].next else { throw EvidenceError(.damaged, "record \(number) is missing") }
        streams[current].next = try streams[current].reader.next()
        return record
    }
}
