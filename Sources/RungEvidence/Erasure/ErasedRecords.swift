import GRDBSQLite
import RungCrypto
import RungLedger
import RungText

/// The hashes that stand for erased records. A class because it owns statements.
final class ErasedRecords {
    private let connection: OpaquePointer
    private let find: SQLStatement
    private let known: SQLStatement
    private var buffer = PayloadBuffer()
    private var pepper: [UInt8]?
    private var seal: RowSeal?
    /// Whether anything was ever erased; read once a transaction.
    private(set) var isEmpty: Bool

    init(_ connection: OpaquePointer) throws {
        self.connection = connection
        find = try SQLStatement("SELECT leaf FROM erased_records WHERE record = ? AND kind = ?", on: connection)
        known = try SQLStatement("SELECT 1 FROM erased_records WHERE identity = ? LIMIT 1", on: connection)
        isEmpty = try EvidenceDatabase.integer("SELECT 1 FROM erased_records LIMIT 1", on: connection) == nil
        pepper = try SQLStatement("SELECT bytes FROM erasure_pepper WHERE id = 1", on: connection).first { Array($0.bytes(0)) }
    }

    /// The leaf hash that stands for a record; nil when it was never erased.
    func leaf(of record: StoredRecord) throws -> Digest? {
        find.bind(1, record.record)
        find.bind(2, record.kind.name)
        return try find.first { $0.digest(0) } ?? nil
    }

    /// Whether a record with the identity of `draft` was erased here.
    func wasErased(_ draft: RecordDraft) throws -> Bool {
        guard !isEmpty, let identity = identity(draft.kind, draft.values) else { return false }
        known.bind(1, identity)
        return try known.first { _ in true } ?? false
    }

    /// Puts hashes in the place of records that are about to lose their payload.
    func insert(_ record: StoredRecord, leaf: Digest, erasure: Int64, _ environment: EvidenceEnvironment) throws {
        if pepper == nil {
            let bytes = environment.randomBytes(32)
            let insert = try SQLStatement("INSERT INTO erasure_pepper (id, bytes) VALUES (1, ?)", on: connection)
            bytes.withUnsafeBytes { insert.bind(1, blob: $0) }
            try insert.run()
            try RowSeal(.pepper, connection).closeInserted()
            pepper = bytes
        }
        guard let identity = identity(record.kind, record.values) else { return }
        let insert = try SQLStatement(
            "INSERT INTO erased_records (record, kind, leaf, identity, erasure) VALUES (?, ?, ?, ?, ?)", on: connection)
        insert.bind(1, record.record)
        insert.bind(2, record.kind.name)
        insert.bind(3, leaf)
        insert.bind(4, identity)
        insert.bind(5, erasure)
        try insert.run()
        let seal = try seal ?? RowSeal(.erased, connection)
        self.seal = seal
        try seal.closeInserted()
        isEmpty = false
    }

    /// The record of an erasure, which binds all that stands for the records that are gone.
    static func draft(ofErasure erasure: Int64, kinds: [String: Int], _ connection: OpaquePointer) throws -> RecordDraft {
        let (digest, count) = try digest(ofErasure: erasure, connection)
        var draft = RecordDraft(.erasure)
        draft["digest"] = .digest(digest)
        draft["records"] = .integer(count)
        draft["kinds"] = .json(.object(kinds.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) }))
        if let rollups = try ErasedRollups.digest(connection) { draft["rollups"] = .digest(rollups) }
        return draft
    }

    /// A keyed digest of what tells a record apart, so that it is known again without being named.
    private func identity(_ kind: RecordKind, _ values: [FieldValue]) -> Digest? {
        guard let pepper else { return nil }
        var only = [FieldValue](repeating: .null, count: values.count)
        for key in kind.identity { only[kind.position(of: key)] = values[kind.position(of: key)] }
        buffer.content(kind, only)
        var hasher = SHA256Hasher()
        hasher.update(pepper)
        hasher.update(kind.name)
        hasher.update(0)
        hasher.update(buffer.bytes)
        return hasher.finalize()
    }

    // MARK: - Verifying

    /// What is wrong with the erasures that the ledger tells of; nil when every hash that stands for a record is bound by one.
    static func fault(_ connection: OpaquePointer) throws -> String? {
        var bound: Int64 = 0
        let erasures = try SQLStatement("SELECT record, digest, records FROM erasure_records ORDER BY record", on: connection)
        defer { erasures.reset() }
        while try erasures.step() {
            let record = erasures.int(0)
            let (digest, count) = try Self.digest(ofErasure: record, connection)
            // An erasure that came with another store tells of records of that store.
            if count == 0, try isMerged(record, connection) { continue }
            guard digest == erasures.digest(1), count == erasures.int(2) else {
                return "what stands for the records that record \(record) erased is not what it binds"
            }
            bound += count
        }
        let rows = try EvidenceDatabase.integer("SELECT COUNT(*) FROM erased_records", on: connection) ?? 0
        return rows == bound ? nil : "\(rows - bound) records are marked as erased and no erasure tells of them"
    }

    /// Whether a record came with another store.
    static func isMerged(_ record: Int64, _ connection: OpaquePointer) throws -> Bool {
        let select = try SQLStatement(
            """
            SELECT 1 FROM merged_entries m JOIN ledger_entries e ON e.sequence = m.entry
            WHERE e.first_record <= ?1 AND e.sequence = (SELECT MAX(sequence) FROM ledger_entries WHERE first_record <= ?1) LIMIT 1
            """, on: connection)
        select.bind(1, record)
        return try select.first { _ in true } ?? false
    }

    /// Digest over number, kind and leaf hash of the records of an erasure, and how many there are.
    static func digest(ofErasure erasure: Int64, _ connection: OpaquePointer) throws -> (Digest, Int64) {
        let select = try SQLStatement("SELECT record, kind, leaf FROM erased_records WHERE erasure = ? ORDER BY record", on: connection)
        select.bind(1, erasure)
        var hasher = SHA256Hasher()
        var count: Int64 = 0
        try select.forEach { row in
            hasher.update("\(row.int(0)) \(row.text(1)) \(row.digest(2)?.hex ?? "-")\n")
            count += 1
        }
        return (hasher.finalize(), count)
    }
}
