import RungCore
import RungCrypto
import RungLedger
import RungText

/// The records that an audit has to look at, as anybody can work them out again.
///
/// The seed is the root of the ledger that ends with the entry of the announcement, which nobody knows before that entry is
/// written. Position p draws with replacement: the first eight bytes of SHA-256 over `rung audit v1`, root, id of the draw
/// and p, each on a line of its own, as a big-endian number modulo the size of the population, give the place in it, in the
/// order of the records. The population is what the ledger held before the announcement's entry, as old as demanded.
struct AuditDraw {
    let subject: Subject
    /// Numbers of the drawn records by position; empty when there is nothing to draw from.
    let records: [Int64]

    /// Most records of one draw.
    static let limit = 1_000

    /// What can be drawn.
    enum Subject: String, CaseIterable {
        /// Any record.
        case record
        /// A decision.
        case decision
        /// An interaction that delivered an explanation.
        case explanation
    }

    /// The place in the population that a position demands.
    ///
    /// The error of the modulus is below one in 2⁶⁴ divided by the size.
    static func place(of position: Int, draw id: String, seed: Digest, population: Int) -> Int {
        precondition(population > 0, "nothing can be drawn from an empty population")
        let digest = SHA256Hasher.digest(of: "rung audit v1\n\(seed)\n\(id)\n\(position)\n")
        let number = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(number % UInt64(population))
    }

    /// SQL condition over a table of records `i` for the population, and the table; nil where every record belongs to it.
    private static func population(_ subject: Subject) -> String? {
        switch subject {
        case .record: nil
        case .decision: "decision_records i WHERE TRUE"
        case .explanation: "interaction_records i WHERE i.explanation_ref IS NOT NULL"
        }
    }

    // MARK: - From the store

    /// The draw with this id; nil when it is not on the ledger yet.
    ///
    /// - Throws: `EvidenceError` when the ledger cannot be read.
    static func find(_ id: String, _ connection: OpaquePointer) throws -> AuditDraw? {
        let select = try SQLStatement(
            "SELECT record, count, COALESCE(minimum_age_days, 0), (SELECT text FROM record_codes WHERE code = type)"
                + " FROM audit_draw_records WHERE id = ? ORDER BY record LIMIT 1",
            on: connection)
        select.bind(1, id)
        let row = try select.first { (record: $0.int(0), count: Int($0.int(1)), age: $0.int(2), type: $0.text(3)) }
        guard let row, let entry = try StoredEntry.binding(row.record, connection) else { return nil }
        guard let subject = Subject(rawValue: row.type), (1...limit).contains(row.count) else {
            throw EvidenceError(.damaged, "the draw \"\(id)\" has impossible values")
        }
        let latest = entry.entry.at.seconds - row.age * 86_400
        let young = try EvidenceDatabase.integer(
            "SELECT first_record FROM ledger_entries WHERE at > \(latest) ORDER BY first_record LIMIT 1", on: connection)
        let end = min(entry.firstRecord, young ?? entry.firstRecord)
        let seed = try root(ofSize: entry.entry.sequence + 1, connection)
        let records = try drawn(subject, before: end, count: row.count, connection) { position, population in
            place(of: position, draw: id, seed: seed, population: population)
        }
        return AuditDraw(subject: subject, records: records)
    }

    private static func drawn(
        _ subject: Subject, before end: Int64, count: Int, _ connection: OpaquePointer, _ place: (Int, Int) -> Int
    ) throws -> [Int64] {
        guard let population = population(subject) else {
            return end == 0 ? [] : (0..<count).map { Int64(place($0, Int(end))) }
        }
        let size = try EvidenceDatabase.integer("SELECT COUNT(*) FROM \(population) AND i.record < \(end)", on: connection) ?? 0
        guard size > 0 else { return [] }
        let places = (0..<count).map { place($0, Int(size)) }
        let wanted = Set(places)
        var found: [Int: Int64] = [:]
        var index = 0
        let select = try SQLStatement("SELECT i.record FROM \(population) AND i.record < \(end) ORDER BY i.record", on: connection)
        defer { select.reset() }
        while found.count < wanted.count, try select.step() {
            if wanted.contains(index) { found[index] = select.int(0) }
            index += 1
        }
        return try places.map { place in
            guard let record = found[place] else { throw EvidenceError(.damaged, "the records to draw from cannot be counted") }
            return record
        }
    }

    private static func root(ofSize size: Int, _ connection: OpaquePointer) throws -> Digest {
        var frontier = MerkleFrontier()
        let leaves = try SQLStatement("SELECT leaf FROM ledger_entries WHERE sequence < \(size) ORDER BY sequence", on: connection)
        try leaves.forEach { row in
            guard let leaf = row.digest(0) else { throw EvidenceError(.damaged, "an entry of the ledger has no leaf hash") }
            frontier.append(leaf)
        }
        return frontier.root
    }
}

extension EvidenceStore {
    /// Numbers of the records that the draw with this id demands, by position; empty without it, and with nothing to draw from.
    package func drawnRecords(_ id: String) throws(EvidenceError) -> [Int64] {
        try read { try AuditDraw.find(id, $0)?.records ?? [] }
    }
}

extension AuditDraw {
    /// Checks that a result is about the record that its draw demands, and reads that record.
    static func resolve(_ draft: inout RecordDraft, _ resolver: RecordResolver) throws -> [RecordKind.Problem] {
        let id = draft["drawId"].text ?? ""
        let connection = resolver.writer.connection
        guard let draw = try resolver.draws[id] ?? find(id, connection) else {
            return [
                .init(
                    key: "drawId", message: "the draw \"\(id)\" is not on the ledger",
                    suggestion: "import its auditDraw record first, in an import of its own; its entry gives the seed")
            ]
        }
        resolver.draws[id] = draw
        guard !draw.records.isEmpty else {
            return [.init(key: "drawId", message: "the draw \"\(id)\" has nothing to draw from", suggestion: nil)]
        }
        let position = Int(draft["position"].integer ?? 0)
        guard draw.records.indices.contains(position) else {
            return [.init(key: "position", message: "the draw \"\(id)\" has the positions 0 to \(draw.records.count - 1)", suggestion: nil)]
        }
        let record = draw.records[position]
        guard draft["drawnRecord"].integer == record else {
            return [
                .init(
                    key: "drawnRecord", message: "position \(position) of the draw \"\(id)\" demands record \(record)",
                    suggestion: "look at the record that was drawn")
            ]
        }
        draft["retrieved"] = .flag(try isRetrievable(record, resolver))
        return []
    }

    private static func isRetrievable(_ record: Int64, _ resolver: RecordResolver) throws -> Bool {
        guard let entry = try StoredEntry.binding(record, resolver.writer.connection) else { return false }
        if let known = resolver.intactEntries[entry.firstRecord] { return known }
        let isIntact = try entry.bindsItsRecords(resolver.writer.connection, resolver.writer.codes)
        resolver.intactEntries[entry.firstRecord] = isIntact
        return isIntact
    }
}
