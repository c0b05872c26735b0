/// Interactions that other records name, by their identifier, so that views can join them without an index over all of
/// them; also remembers which names wait for an interaction that has not come yet.
///
/// A class because it owns statements.
final class InteractionReferences {
    private let index: InteractionIndex
    private let find: SQLStatement
    private let insert: SQLStatement
    private let resolve: SQLStatement
    private let count: SQLStatement
    private var waiting: Int64?

    /// Kinds whose `interactionId` views join.
    static let kinds: Set<String> = ["feedback", "outcome", "override", "review", "scenario"]

    init(_ connection: OpaquePointer, _ index: InteractionIndex) throws {
        self.index = index
        find = try SQLStatement("SELECT record FROM interaction_references WHERE interaction_id = ?", on: connection)
        insert = try SQLStatement("INSERT INTO interaction_references (interaction_id, record) VALUES (?, ?)", on: connection)
        resolve = try SQLStatement("UPDATE interaction_references SET record = ? WHERE interaction_id = ?", on: connection)
        count = try SQLStatement("SELECT COUNT(*) FROM interaction_references WHERE record IS NULL", on: connection)
    }

    /// Notes that a record names an interaction; returns that interaction's record, nil while it has not come.
    func name(_ id: String) throws -> Int64? {
        if let known = try stored(id) { return known }
        let record = try index.record(of: id)
        insert.bind(1, id)
        if let record { insert.bind(2, record) } else { insert.bindNull(2) }
        try insert.run()
        if record == nil { waiting = try waitingCount() + 1 }
        return record
    }

    /// What is stored under a name: nil when it is not, an inner nil while the interaction has not come.
    private func stored(_ id: String) throws -> Int64?? {
        find.bind(1, id)
        return try find.first { row -> Int64? in row.optionalInt(0) }
    }

    /// Notes that an interaction has come; whether records that came before name it.
    func arrived(_ id: UnsafeBufferPointer<UInt8>, _ record: Int64) throws -> Bool {
        guard try waitingCount() > 0 else { return false }
        find.bind(1, text: id)
        guard let known = try find.first({ row -> Int64? in row.optionalInt(0) }), known == nil else { return false }
        resolve.bind(1, record)
        resolve.bind(2, text: id)
        try resolve.run()
        waiting = try waitingCount() - 1
        return true
    }

    private func waitingCount() throws -> Int64 {
        if let waiting { return waiting }
        let count = try count.first { $0.int(0) } ?? 0
        waiting = count
        return count
    }

    /// Forgets what has been counted; another process may have written, or the transaction has failed.
    func forget() { waiting = nil }
}
