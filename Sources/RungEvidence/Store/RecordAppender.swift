import GRDBSQLite
import RungCrypto
import RungLedger
import RungText

/// Everything that writing needs for one connection: statements, words, salts, buffers.
///
/// A class because it owns statements; it lives inside a mutex of the store and is never shared.
final class RecordWriter {
    let connection: OpaquePointer
    let codes: CodeBook
    let rollups: RollupKeeper
    /// For records that the program makes itself; imported ones have been redacted when they are looked up.
    let redaction: RecordRedaction
    private let environment: EvidenceEnvironment
    private var lastErasure: Int64?
    /// A dozen at most in one process, the frequent ones found first; cheaper than hashing.
    private var inserts: [(kind: RecordKind, statement: SQLStatement)] = []
    /// Kept over imports, because many are small: to prepare the statement costs more than to use it a few times.
    private var lookups: [String: RecordLookup] = [:]
    fileprivate var salts: SaltSource
    fileprivate var payload = PayloadBuffer()

    init(_ connection: OpaquePointer, _ environment: EvidenceEnvironment) throws {
        self.connection = connection
        self.environment = environment
        codes = try CodeBook(connection, .readWrite)
        rollups = try RollupKeeper(connection, codes)
        redaction = RecordRedaction(environment.redactor)
        salts = SaltSource(environment)
    }

    /// Runs `body` in one transaction with everything that it appends; nothing of it stays when it throws.
    func transaction<Value>(
        actor: String, reason: String?, _ completion: Completion = .commit, _ body: (RecordAppender) throws -> Value
    ) throws -> Value {
        try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: connection)
        do {
            try forgetErasedWords()
            let appender = try RecordAppender(self, at: environment.now(), actor: actor, reason: reason)
            let value = try body(appender)
            try appender.finish()
            try EvidenceDatabase.execute(completion == .commit ? "COMMIT" : "ROLLBACK", on: connection)
            if completion == .rollback { forget() }
            return value
        } catch {
            if sqlite3_get_autocommit(connection) == 0 { sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }
            forget()
            throw error
        }
    }

    /// What a transaction that failed has added does not exist.
    private func forget() {
        codes.forget()
        rollups.forget()
    }

    /// An erasure removes words, perhaps in another process: what is remembered of them is void from then on.
    private func forgetErasedWords() throws {
        let last = try EvidenceDatabase.integer("SELECT MAX(record) FROM erasure_records", on: connection)
        guard last != lastErasure else { return }
        lastErasure = last
        forget()
    }

    /// What becomes of a transaction whose body went well.
    enum Completion { case commit, rollback }

    /// Salts for somebody who binds records before they are appended; none of them is handed out here.
    func newSalts() -> SaltSource { SaltSource(environment) }

    /// What finds stored records of a kind.
    func lookup(_ kind: RecordKind) throws -> RecordLookup {
        if let lookup = lookups[kind.name] { return lookup }
        let lookup = try RecordLookup(kind, self)
        lookups[kind.name] = lookup
        return lookup
    }

    fileprivate func insert(into kind: RecordKind) throws -> SQLStatement {
        for insert in inserts where insert.kind === kind { return insert.statement }
        let columns = ["record", "origin", "salt"] + kind.fields.map(\.column)
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try SQLStatement(
            "INSERT INTO \(kind.table) (\(columns.joined(separator: ", "))) VALUES (\(marks))", on: connection)
        inserts.append((kind, statement))
        return statement
    }
}

/// Appends records within one transaction and binds them into entries of the ledger.
///
/// A class because appending runs through callbacks that must share it.
final class RecordAppender {
    /// The ledger time of everything in this transaction.
    let at: Timestamp
    let writer: RecordWriter
    /// Records stored so far; the number of the next one.
    var records: Int64 { batch.nextRecord }
    private let actor: String
    private let reason: String?
    private var chain: LedgerChain
    private var batch: OpenBatch
    /// Entries before this transaction; when there are no more afterwards, nothing need be written.
    private let sizeBefore: Int
    /// The entry that was written last in this transaction.
    private(set) var closed: LedgerEntry?
    private var classes = ClassTally()

    /// Records under one entry at most.
    private static let batchLimit = 65_536

    fileprivate init(_ writer: RecordWriter, at: Timestamp, actor: String, reason: String?) throws {
        self.writer = writer
        self.at = at
        self.actor = actor
        self.reason = reason
        let head = try StoredHead.read(writer.connection)
        chain = head.chain
        sizeBefore = head.chain.size
        batch = OpenBatch(firstRecord: head.records)
        writer.rollups.open(record: head.records, at: at)
    }

    /// Stores a record and adds it to the open entry; returns its number.
    @discardableResult
    func append(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin) throws -> Int64 {
        let values = origin == .recorded ? writer.redaction.redacted(kind, values) : values
        writer.salts.next { writer.payload.leaf(kind, values, origin, salt: $0) }
        return try store(kind, values, origin, column: try origin.column(writer.codes))
    }

    /// Stores a record of another store with its own salt, so that it is bound by the same digest as there.
    ///
    /// - Parameters:
    ///   - record: as it was in the store in which it was recorded first.
    ///   - values: its values as this store counts records; nil when the same record is here already.
    ///   - origin: how far it is believed here.
    func append(merged record: StoredRecord, _ values: [FieldValue]?, _ origin: RecordOrigin) throws -> Int64 {
        record.salt.withUnsafeBytes { writer.payload.leaf(record.kind, record.values, record.origin, salt: $0) }
        let column = try origin.column(writer.codes)
        if let values { return try store(record.kind, values, origin, column: column) }
        return try bindLeaf(of: record.kind)
    }

    /// Stores the place of a record of another store whose payload was erased, and the hash that its entry binds.
    ///
    /// - Parameter commitment: what the entry binds when it binds this record alone; nil when it binds several.
    func append(erased kind: RecordKind, leaf: Digest, commitment: Digest?, _ origin: RecordOrigin) throws -> Int64 {
        let insert = try writer.insert(into: kind)
        let column = try origin.column(writer.codes)
        insert.bind(1, batch.nextRecord)
        insert.bind(2, column)
        insert.bindEmptyBlob(3)
        for index in kind.layout.indices { insert.bindNull(index + 4) }
        try insert.run()
        classes.add(kind, at: at.seconds, column)
        return try bind(leaf, commitment ?? leaf, kind)
    }

    /// - Parameter origin: what the record counts as here.
    private func store(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin, column: Int64) throws -> Int64 {
        let insert = try writer.insert(into: kind)
        insert.bind(1, batch.nextRecord)
        insert.bind(2, column)
        insert.bind(3, uncopied: writer.payload.salt)
        try bind(values, kind, insert)
        try insert.run()
        classes.add(kind, values, column, at: at)
        if kind.isRolledUp { try writer.rollups.follow(kind, values, origin, batch.nextRecord, writer.codes) }
        return try bindLeaf(of: kind)
    }

    /// Adds the leaf in the buffer to the open entry; returns the number of its record.
    private func bindLeaf(of kind: RecordKind) throws -> Int64 {
        let commitment = batch.count == 0 ? Commitment.digest(saltedPayload: writer.payload.saltedPayload) : nil
        return try bind(Merkle.leaf(prefixed: writer.payload.bytes), commitment, kind)
    }

    private func bind(_ leaf: Digest, _ commitment: Digest?, _ kind: RecordKind) throws -> Int64 {
        if batch.count == 0 { batch.firstCommitment = commitment }
        let record = batch.nextRecord
        if batch.add(kind, leaf) == Self.batchLimit { try closeEntry() }
        return record
    }

    /// Stores an interaction whose values still lie in its line, and adds it to the open entry.
    ///
    /// - Parameters:
    ///   - flat: with nothing in it that must be redacted.
    ///   - hash: of its identifier, which must not be stored yet.
    ///   - leaf: its salt, and the hash of salt, values and origin.
    func append(interaction flat: FlatRecord, _ origin: RecordOrigin, hash: Int64, _ leaf: SaltedLeaf) throws {
        let insert = try writer.insert(into: flat.kind)
        let column = try origin.column(writer.codes)
        let record = batch.nextRecord
        var commitment: Digest?
        if batch.count == 0 {
            writer.payload.leaf(flat, origin, salt: leaf.salt)
            commitment = Commitment.digest(saltedPayload: writer.payload.saltedPayload)
        }
        insert.bind(1, record)
        insert.bind(2, column)
        insert.bind(3, uncopied: leaf.salt)
        try bind(flat, insert)
        try insert.run()
        var told = InteractionFacts(flat)
        told.isReceived = origin != .imported
        classes.add(flat.kind, at: told.at, column)
        try writer.rollups.interaction(told, id: flat.columns[InteractionFacts.idPosition].text, hash: hash, record: record)
        _ = try bind(leaf.digest, commitment, flat.kind)
    }

    /// Binds the values; numbers of words stay in the columns.
    private func bind(_ flat: FlatRecord, _ insert: SQLStatement) throws {
        for index in flat.columns.indices {
            switch flat.columns[index].form {
            case .absent: insert.bindNull(index + 4)
            case .integer, .flag, .time: insert.bind(index + 4, flat.columns[index].integer)
            case .real: insert.bind(index + 4, flat.columns[index].real)
            case .text:
                if case .coded = flat.kind.layout[index].storage {
                    let code = try writer.codes.code(of: flat.columns[index].text)
                    flat.columns[index].integer = code
                    insert.bind(index + 4, code)
                } else {
                    insert.bind(index + 4, text: flat.columns[index].text)
                }
            }
        }
    }

    @discardableResult
    func append(_ draft: RecordDraft, _ origin: RecordOrigin) throws -> Int64 {
        try append(draft.kind, draft.values, origin)
    }

    private func bind(_ values: [FieldValue], _ kind: RecordKind, _ insert: SQLStatement) throws {
        for index in values.indices {
            switch values[index] {
            case .null: insert.bindNull(index + 4)
            case .integer(let number): insert.bind(index + 4, number)
            case .real(let number): insert.bind(index + 4, number)
            case .digest(let digest): insert.bind(index + 4, digest)
            case .text(let text):
                if case .coded = kind.layout[index].storage {
                    insert.bind(index + 4, try writer.codes.code(of: text))
                } else {
                    insert.bind(index + 4, text)
                }
            }
        }
    }

    // MARK: - Entries

    /// Writes the entry over what has been appended since the last one, if anything.
    func closeEntry() throws {
        guard batch.count > 0, let first = batch.firstCommitment else { return }
        let content: LedgerEntry.Content =
            batch.count == 1 ? .record(commitment: first) : .batch(.init(kinds: batch.kinds, root: batch.root))
        let (entry, leaf) = try chain.append(kind: batch.kind, at: at, actor: actor, reason: reason, content: content)
        try StoredEntry(entry: entry, firstRecord: batch.firstRecord, leaf: leaf).insert(writer.connection)
        try classes.write(entry: entry.sequence, writer.connection)
        try writer.rollups.close(ledgerIndex: Int64(entry.sequence), records: batch.nextRecord)
        batch = OpenBatch(firstRecord: batch.nextRecord)
        writer.rollups.open(record: batch.firstRecord, at: at)
        closed = entry
    }

    /// The head after everything appended so far, open entry included when it is closed first.
    var head: StoredHead { StoredHead(chain: chain, records: records) }

    fileprivate func finish() throws {
        try closeEntry()
        try writer.rollups.flush()
        guard chain.size > sizeBefore else { return }
        try head.write(writer.connection)
    }
}

/// What binds a record: the salt, which must stay where it is, and the leaf hash.
struct SaltedLeaf {
    var salt: UnsafeRawBufferPointer
    var digest: Digest
}

/// The records that the next entry will bind.
private struct OpenBatch {
    let firstRecord: Int64
    /// Of the first record, in case it stays the only one.
    var firstCommitment: Digest?
    private var tree = MerkleFrontier()
    private var counts: [(kind: RecordKind, count: Int)] = []

    init(firstRecord: Int64) {
        self.firstRecord = firstRecord
    }

    var count: Int { tree.size }
    var nextRecord: Int64 { firstRecord + Int64(tree.size) }
    var root: Digest { tree.root }
    /// The word for the entry: the kind of all its records, or `batch`.
    var kind: String { counts.count == 1 ? counts[0].kind.name : "batch" }
    var kinds: [String: Int] { Dictionary(counts.map { ($0.kind.name, $0.count) }) { $0 + $1 } }

    /// Adds a record; returns how many there are now.
    mutating func add(_ kind: RecordKind, _ leaf: Digest) -> Int {
        tree.append(leaf)
        if let index = counts.lastIndex(where: { $0.kind === kind }) {
            counts[index].count += 1
        } else {
            counts.append((kind, 1))
        }
        return tree.size
    }
}
