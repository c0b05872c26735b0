import RungCrypto
import RungText

/// What an entry is called in the ledger of another store: everything that its hash needs besides the records.
struct MergedEntry {
    /// The store; digest of its first entry, as text.
    var origin: String
    var sequence: Int
    var at: Timestamp
    var actor: String
    var reason: String?
    var leaf: Digest
}

/// Writes the table `merged_entries`. A class because it owns a statement.
final class MergedEntryWriter {
    private let insert: SQLStatement
    private let find: SQLStatement
    private let codes: CodeBook

    init(_ writer: RecordWriter) throws {
        codes = writer.codes
        insert = try SQLStatement(
            "INSERT INTO merged_entries (origin_id, sequence, entry, at, actor, reason, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)",
            on: writer.connection)
        find = try SQLStatement("SELECT 1 FROM merged_entries WHERE origin_id = ? AND sequence = ?", on: writer.connection)
    }

    /// Whether an entry of another store is here already.
    func has(_ sequence: Int, of origin: String) throws -> Bool {
        guard let code = try codes.existingCode(of: origin) else { return false }
        find.bind(1, code)
        find.bind(2, Int64(sequence))
        return try find.first { _ in true } ?? false
    }

    /// Notes what entry `here` of this store was called before.
    func write(_ entry: MergedEntry, here: Int) throws {
        insert.bind(1, try codes.code(of: entry.origin))
        insert.bind(2, Int64(entry.sequence))
        insert.bind(3, Int64(here))
        insert.bind(4, entry.at.seconds)
        insert.bind(5, entry.actor)
        insert.bind(6, entry.reason)
        insert.bind(7, entry.leaf)
        try insert.run()
    }
}
