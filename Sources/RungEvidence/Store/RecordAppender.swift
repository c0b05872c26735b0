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
    private let environment: EvidenceEnvironment
    private var inserts: [String: SQLStatement] = [:]
    fileprivate var salts: SaltSource
    fileprivate var text = JSONText(reserving: 1_024)

    init(_ connection: OpaquePointer, _ environment: EvidenceEnvironment) throws {
        self.connection = connection
        self.environment = environment
        codes = try CodeBook(connection, .readWrite)
        salts = SaltSource(environment)
    }

    /// Runs `body` in one transaction with everything that it appends; nothing of it stays when it throws.
    func transaction<Value>(
        actor: String, reason: String?, _ completion: Completion = .commit, _ body: (RecordAppender) throws -> Value
    ) throws -> Value {
        try EvidenceDatabase.execute("BEGIN IMMEDIATE", on: connection)
        do {
            let appender = try RecordAppender(self, at: environment.now(), actor: actor, reason: reason)
            let value = try body(appender)
            try appender.finish()
            try EvidenceDatabase.execute(completion == .commit ? "COMMIT" : "ROLLBACK", on: connection)
            if completion == .rollback { codes.forget() }
            return value
        } catch {
            if sqlite3_get_autocommit(connection) == 0 { sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }
            codes.forget()
            throw error
        }
    }

    /// What becomes of a transaction whose body went well.
    enum Completion { case commit, rollback }

    fileprivate func insert(into kind: RecordKind) throws -> SQLStatement {
        if let statement = inserts[kind.name] { return statement }
        let columns = ["record", "origin", "salt"] + kind.fields.map(\.column)
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let statement = try SQLStatement(
            "INSERT INTO \(kind.table) (\(columns.joined(separator: ", "))) VALUES (\(marks))", on: connection)
        inserts[kind.name] = statement
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
    private(set) var records: Int64
    private let actor: String
    private let reason: String?
    private var chain: LedgerChain
    private var batch = MerkleFrontier()
    private var counts: [(kind: RecordKind, count: Int)] = []
    private var firstRecord: Int64
    private var firstCommitment: Digest?

    /// Records under one entry at most.
    private static let batchLimit = 65_536

    fileprivate init(_ writer: RecordWriter, at: Timestamp, actor: String, reason: String?) throws {
        self.writer = writer
        self.at = at
        self.actor = actor
        self.reason = reason
        let head = try StoredHead.read(writer.connection)
        chain = head.chain
        records = head.records
        firstRecord = head.records
    }

    /// Stores a record and adds it to the open entry; returns its number.
    @discardableResult
    func append(_ kind: RecordKind, _ values: [FieldValue], _ origin: RecordOrigin) throws -> Int64 {
        let insert = try writer.insert(into: kind)
        writer.text.payload(kind, values, origin)
        let commitment = writer.salts.next { salt in
            insert.bind(3, blob: salt)
            return writer.text.bytes.withUnsafeBytes { Commitment.digest(salt: salt, payload: $0) }
        }
        insert.bind(1, records)
        insert.bind(2, origin.rawValue)
        for offset in values.indices { try bind(values[offset], kind.fields[offset].storage, offset + 4, insert) }
        try insert.run()
        count(kind, commitment)
        if batch.size == Self.batchLimit { try closeEntry() }
        return records - 1
    }

    @discardableResult
    func append(_ draft: RecordDraft, _ origin: RecordOrigin) throws -> Int64 {
        try append(draft.kind, draft.values, origin)
    }

    private func bind(_ value: FieldValue, _ storage: RecordField.Storage, _ index: Int, _ insert: SQLStatement) throws {
        switch value {
        case .null: insert.bindNull(index)
        case .integer(let number): insert.bind(index, number)
        case .real(let number): insert.bind(index, number)
        case .digest(let digest): insert.bind(index, digest)
        case .text(let text):
            if case .coded = storage { insert.bind(index, try writer.codes.code(of: text)) } else { insert.bind(index, text) }
        }
    }

    private func count(_ kind: RecordKind, _ commitment: Digest) {
        if batch.size == 0 { firstCommitment = commitment }
        batch.append(Merkle.leaf(commitment))
        records += 1
        if let index = counts.lastIndex(where: { $0.kind === kind }) {
            counts[index].count += 1
        } else {
            counts.append((kind, 1))
        }
    }

    // MARK: - Entries

    /// Writes the entry over what has been appended since the last one, if anything.
    func closeEntry() throws {
        guard let first = firstCommitment else { return }
        let kinds = Dictionary(counts.map { ($0.kind.name, $0.count) }) { $0 + $1 }
        let content: LedgerEntry.Content =
            batch.size == 1 ? .record(commitment: first) : .batch(.init(kinds: kinds, root: batch.root))
        let kind = counts.count == 1 ? counts[0].kind.name : "batch"
        let (entry, leaf) = try chain.append(kind: kind, at: at, actor: actor, reason: reason, content: content)
        try StoredEntry(entry: entry, firstRecord: firstRecord, leaf: leaf).insert(writer.connection)
        batch.removeAll()
        counts.removeAll()
        firstCommitment = nil
        firstRecord = records
    }

    /// The head after everything appended so far, open entry included when it is closed first.
    var head: StoredHead { StoredHead(chain: chain, records: records) }

    fileprivate func finish() throws {
        let before = chain.size
        try closeEntry()
        guard chain.size != before || chain.size > 0 else { return }
        try head.write(writer.connection)
    }
}
