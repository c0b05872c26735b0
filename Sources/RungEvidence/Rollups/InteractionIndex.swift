/// Finds interactions by their identifier.
///
/// New ones are kept in memory and written in the order of their hashes, many at a time; once many have been asked for, a
/// filter over the stored ones answers most questions. So identifiers in any order cost little however large the index is.
/// A class because it owns statements and memory.
final class InteractionIndex {
    private var pending: HashedRecords
    private let limit: Int
    private var filter: HashFilter?
    /// Questions that went to the file.
    private var questions = 0
    private let find: SQLStatement
    private let all: SQLStatement
    private let bound: SQLStatement
    private let insert: SQLStatement
    private let identifier: SQLStatement
    private let use: Use
    /// Only records with a lower number are found, while the index is only checked.
    private var before: Int64 = .max
    /// What was added while the index was only checked.
    private(set) var added = PairSum()

    /// What becomes of interactions that are added.
    enum Use {
        case written
        /// Nothing is written: the stored index is there already, and is held against what is added.
        case checked
    }

    /// - Parameter limit: interactions that are kept in memory at most, a power of two; each takes 32 bytes.
    init(_ connection: OpaquePointer, _ use: Use = .written, limit: Int = 1 << 19) throws {
        self.use = use
        self.limit = limit
        pending = HashedRecords(capacity: min(limit, 1 << 10))
        all = try SQLStatement("SELECT hash FROM interaction_ids", on: connection)
        bound = try SQLStatement("SELECT COALESCE(MAX(record), -1) + 1 FROM interaction_records", on: connection)
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
        if let filter = try filterIfWorthwhile(), !filter.mayContain(hash) { return nil }
        questions += 1
        find.bind(1, hash)
        defer { find.reset() }
        while try find.step() {
            let record = find.int(0)
            if record < before, try isIdentifier(id, of: record) { return record }
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
        if case .checked = use { return added.add(hash, record) }
        if pending.isFull {
            if pending.capacity < limit { pending = pending.doubled() } else { try flush() }
        }
        pending.insert(hash, record)
    }

    /// Says which record is being looked at: while the index is only checked, later ones are there already and must not be found.
    func isAt(record: Int64) {
        if case .checked = use { before = record }
    }

    /// The sum of what is stored.
    static func stored(_ connection: OpaquePointer) throws -> PairSum {
        var sum = PairSum()
        try SQLStatement("SELECT hash, record FROM interaction_ids", on: connection).forEach { sum.add($0.int(0), $0.int(1)) }
        return sum
    }

    // MARK: - Filter

    /// The filter, once as much time went into questions as it takes to make it: reading a hash is some twenty times as fast
    /// as finding one.
    private func filterIfWorthwhile() throws -> HashFilter? {
        if let filter { return filter }
        // The largest record number bounds how many there are; it costs a question, so it is asked for at powers of two.
        guard questions & (questions - 1) == 0 else { return nil }
        let stored = Int(try bound.first { $0.int(0) } ?? 0)
        return questions >= stored / 20 ? try makeFilter(for: stored) : nil
    }

    private func makeFilter(for count: Int) throws -> HashFilter {
        let made = HashFilter(capacity: count * 2)
        try all.forEach { made.insert($0.int(0)) }
        filter = made
        return made
    }

    // MARK: - Writing

    /// Writes what is only in memory.
    func flush() throws {
        try pending.drain { slot in
            insert.bind(1, slot.hash)
            insert.bind(2, slot.record)
            try insert.run()
            filter?.insert(slot.hash)
        }
        if let filter, filter.isFull { _ = try makeFilter(for: filter.count) }
    }

    /// Forgets what is only in memory; the transaction has failed.
    func forget() {
        pending.removeAll()
        filter = nil
        questions = 0
    }
}

/// Tells whether two heaps hold the same pairs of numbers, in whatever order: the sum of a keyed hash of each.
///
/// The key is that of the process, so nobody can prepare other pairs with the same sum.
struct PairSum: Equatable {
    private var count = 0
    private var sum = 0

    mutating func add(_ a: Int64, _ b: Int64) {
        var hasher = Hasher()
        hasher.combine(a)
        hasher.combine(b)
        sum &+= hasher.finalize()
        count += 1
    }
}
