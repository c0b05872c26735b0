import GRDBSQLite
import RungCore
import RungCrypto
import RungLedger
import RungText

/// The one row of the table `ledger_head`: where the ledger stands.
struct StoredHead: Equatable {
    var chain: LedgerChain
    /// Records of all kinds together.
    var records: Int64

    var ledger: LedgerHead { LedgerHead(size: chain.size, root: chain.root) }

    /// The stored head; that of an empty ledger when there is none.
    static func read(_ connection: OpaquePointer) throws -> StoredHead {
        let select = try SQLStatement("SELECT size, records, root, frontier, last FROM ledger_head WHERE id = 1", on: connection)
        let head = try select.first { row in
            guard let frontier = MerkleFrontier(bytes: Array(row.bytes(3))), frontier.size == Int(row.int(0)),
                row.digest(2) == frontier.root, frontier.size == 0 || row.digest(4) != nil
            else {
                throw EvidenceError(
                    .damaged, "the head of the ledger is damaged", suggestion: "restore the evidence from a backup")
            }
            return StoredHead(chain: LedgerChain(frontier: frontier, last: row.digest(4)), records: row.int(1))
        }
        return head ?? StoredHead(chain: LedgerChain(), records: 0)
    }

    func write(_ connection: OpaquePointer) throws {
        let replace = try SQLStatement(
            "INSERT OR REPLACE INTO ledger_head (id, size, records, root, frontier, last) VALUES (1, ?, ?, ?, ?, ?)", on: connection)
        replace.bind(1, Int64(chain.size))
        replace.bind(2, records)
        replace.bind(3, chain.root)
        chain.frontier.bytes.withUnsafeBytes { replace.bind(4, blob: $0) }
        replace.bind(5, chain.last)
        try replace.run()
    }
}

/// A row of the table `ledger_entries`.
struct StoredEntry {
    var entry: LedgerEntry
    /// Number of the first record that the entry binds; the others follow without gaps.
    var firstRecord: Int64
    var leaf: Digest

    static let columns = "sequence, first_record, kind, at, actor, reason, commitment, batch_kinds, batch_root, previous, leaf"

    func insert(_ connection: OpaquePointer) throws {
        let insert = try SQLStatement(
            "INSERT INTO ledger_entries (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", on: connection)
        insert.bind(1, Int64(entry.sequence))
        insert.bind(2, firstRecord)
        insert.bind(3, entry.kind)
        insert.bind(4, entry.at.seconds)
        insert.bind(5, entry.actor)
        insert.bind(6, entry.reason)
        switch entry.content {
        case .record(let commitment): insert.bind(7, commitment)
        case .batch(let batch):
            insert.bind(8, Self.text(of: batch.kinds))
            insert.bind(9, batch.root)
        }
        insert.bind(10, entry.previous)
        insert.bind(11, leaf)
        try insert.run()
    }

    /// Reads a row of `columns`; nil when its values cannot be an entry.
    init?(_ row: SQLStatement) {
        guard let leaf = row.digest(10), row.isNull(9) || row.digest(9) != nil, let content = Self.content(row), Self.hasTypes(row)
        else { return nil }
        entry = LedgerEntry(
            sequence: Int(row.int(0)), kind: row.text(2), at: Timestamp(seconds: row.int(3)), actor: row.text(4),
            reason: row.optionalText(5), content: content, previous: row.digest(9))
        firstRecord = row.int(1)
        self.leaf = leaf
    }

    init(entry: LedgerEntry, firstRecord: Int64, leaf: Digest) {
        self.entry = entry
        self.firstRecord = firstRecord
        self.leaf = leaf
    }

    /// Whether the columns that are no digests hold what the table says; other types could give the same bytes.
    private static func hasTypes(_ row: SQLStatement) -> Bool {
        [0, 1, 3].allSatisfy { row.type($0) == SQLITE_INTEGER } && [2, 4].allSatisfy { row.type($0) == SQLITE_TEXT }
            && [5, 7].allSatisfy { row.isNull($0) || row.type($0) == SQLITE_TEXT }
    }

    private static func content(_ row: SQLStatement) -> LedgerEntry.Content? {
        if row.isNull(7), row.isNull(8) { return row.digest(6).map { .record(commitment: $0) } }
        guard row.isNull(6), let root = row.digest(8), let members = (try? JSONReader.read(row.text(7)))?.members else { return nil }
        var kinds: [String: Int] = [:]
        for member in members {
            guard let count = member.value.int, count > 0 else { return nil }
            kinds[member.key] = count
        }
        guard !kinds.isEmpty, text(of: kinds) == row.text(7) else { return nil }
        return .batch(.init(kinds: kinds, root: root))
    }

    private static func text(of kinds: [String: Int]) -> String {
        JSONText.compact(.object(kinds.sorted { $0.key < $1.key }.map { .init($0.key, .int($0.value)) }))
    }
}
