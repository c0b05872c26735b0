/// Finds interactions by their identifier.
///
/// New ones are kept in memory and written in the order of their hashes, many at a time, so that identifiers in any order
/// cost little however large the index is. A class because it owns statements and memory.
final class InteractionIndex {
    private let pending: HashedRecords
    private let find: SQLStatement
    private let insert: SQLStatement
    private let identifier: SQLStatement

    /// - Parameter capacity: interactions that are kept in memory at most, a power of two.
    init(_ connection: OpaquePointer, capacity: Int = 1 << 16) throws {
        pending = HashedRecords(capacity: capacity)
        find = try SQLStatement("SELECT record FROM interaction_ids WHERE hash = ? ORDER BY record", on: connection)
        insert = try SQLStatement("INSERT INTO interaction_ids (hash, record) VALUES (?, ?)", on: connection)
        identifier = try SQLStatement("SELECT id FROM interaction_records WHERE record = ?", on: connection)
    }

    /// The record of an interaction; nil when none of that identifier is stored.
    func record(of id: UnsafeBufferPointer<UInt8>, hash: Int64) throws -> Int64? {
        var found: Int64?
        let isPending = try pending.contains(hash) { record in
            found = record
            return try self.isIdentifier(id, of: record)
        }
        if isPending { return found }
        find.bind(1, hash)
        defer { find.reset() }
        while try find.step() {
            let record = find.int(0)
            if try isIdentifier(id, of: record) { return record }
        }
        return nil
    }

    func record(of id: String) throws -> Int64? {
        var id = id
        return try id.withUTF8 { try record(of: $0, hash: InteractionIdentifier.hash($0)) }
    }

    private func isIdentifier(_ id: UnsafeBufferPointer<UInt8>, of record: Int64) throws -> Bool {
        identifier.bind(1, record)
        return try identifier.first { row in row.bytes(0).elementsEqual(id) } ?? false
    }

    /// Adds an interaction that is stored.
    func add(hash: Int64, record: Int64) throws {
        if pending.isFull { try flush() }
        pending.insert(hash, record)
    }

    /// Writes what is only in memory.
    func flush() throws {
        try pending.drain { slot in
            insert.bind(1, slot.hash)
            insert.bind(2, slot.record)
            try insert.run()
        }
    }

    /// Forgets what is only in memory; the transaction has failed.
    func forget() { pending.removeAll() }
}
