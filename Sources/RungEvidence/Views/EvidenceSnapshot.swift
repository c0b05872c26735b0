public import RungCore
import RungCrypto
import RungLedger
public import RungText

/// Read-only evidence as it stood at one moment: what measures are asked of.
///
/// Each moment that is asked for has a connection of its own with the views at that cut-off; a view is worked out when the
/// first query names it. A class because it owns those connections; not for use from several threads.
public final class EvidenceSnapshot: EvidenceReading {
    /// Size and root of the ledger at the cut-off.
    public let head: LedgerHead
    /// Midnight; nothing at or later than this is seen.
    public let asOf: Timestamp
    let store: EvidenceStore
    let records: Int64
    private let timeLimit: Duration
    private var present: CutOffConnection?
    /// Connections for earlier days, the one that was used last at the end; no more than `mostEarlier`.
    private var earlier: [(day: Timestamp, connection: CutOffConnection)] = []
    /// Made when the class of a measure is asked for first.
    var classSurvey: ClassSurvey?
    var attestationLists: [Timestamp: AttestationList] = [:]
    let trust = SharedTrust()

    init(_ store: EvidenceStore, asOf: Timestamp, ledgerSize: Int?, timeLimit: Duration) throws(EvidenceError) {
        self.store = store
        self.asOf = asOf.midnight
        self.timeLimit = timeLimit
        (head, records) = try store.read { try Self.limits($0, ledgerSize) }
    }

    /// What a reader should know of the evidence: how much there is and where it comes from.
    public var notes: [String] {
        guard let counts = try? recordCounts() else { return [] }
        let recorded = counts.reduce(0) { $0 + $1.recorded }
        let authenticated = counts.reduce(0) { $0 + $1.authenticated }
        let imported = counts.reduce(0) { $0 + $1.imported }
        guard recorded + authenticated + imported > 0 else { return ["there is no evidence yet"] }
        let total = "\(recorded + authenticated + imported) records in \(head.size) ledger entries"
        let from = authenticated > 0 ? ", \(authenticated) from registered sources" : ""
        return ["\(total): \(recorded) recorded by the program itself\(from), \(imported) imported"]
    }

    /// Head and number of records after `size` entries; the present ones for nil.
    private static func limits(_ connection: OpaquePointer, _ size: Int?) throws -> (LedgerHead, Int64) {
        let head = try StoredHead.read(connection)
        guard let size, size != head.chain.size else { return (head.ledger, head.records) }
        guard size >= 0, size < head.chain.size else {
            throw EvidenceError(
                .refused, "the ledger has \(head.chain.size) entries, not \(size)", suggestion: "name a size up to \(head.chain.size)")
        }
        var frontier = MerkleFrontier()
        let leaves = try SQLStatement("SELECT leaf FROM ledger_entries WHERE sequence < \(size) ORDER BY sequence", on: connection)
        try leaves.forEach { row in
            guard let leaf = row.digest(0) else { throw EvidenceError(.damaged, "an entry of the ledger has no leaf hash") }
            frontier.append(leaf)
        }
        let records = try EvidenceDatabase.integer("SELECT first_record FROM ledger_entries WHERE sequence = \(size)", on: connection)
        return (LedgerHead(size: size, root: frontier.root), records ?? head.records)
    }

    /// Runs a measure; throws for a query that is wrong, forbidden or too slow, and for a result that is no measure's.
    public func rows(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> [MeasureRow] {
        try connection(for: window).query(sql, window, MeasureResult.rows)
    }

    /// Runs a detector or predicate that gives one row with one 0 or 1.
    public func flag(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> Bool {
        try connection(for: window).query(sql, window, MeasureResult.flag)
    }

    /// Records that are seen at the ledger size, by kind and origin, sorted by kind.
    public func recordCounts() throws(EvidenceError) -> [RecordCount] {
        let entries = head.size
        return try store.read { try RecordTally.counts(entries: entries, $0) }
    }

    func connection(for window: EvidenceWindow) throws(MeasureFailure) -> CutOffConnection {
        guard window.asOf <= asOf else {
            throw MeasureFailure("the window ends at \(window.asOf), later than the evidence, which ends at \(asOf)")
        }
        if window.asOf == asOf {
            if let present { return present }
            let opened = try open(at: asOf)
            present = opened
            return opened
        }
        if let position = earlier.firstIndex(where: { $0.day == window.asOf }) {
            earlier.append(earlier.remove(at: position))
        } else {
            if earlier.count == Self.mostEarlier { earlier.removeFirst() }
            earlier.append((window.asOf, try open(at: window.asOf)))
        }
        return earlier[earlier.count - 1].connection
    }

    /// Each length of windows has an earlier day of its own; looking back for a notice asks for a few more.
    private static let mostEarlier = 6

    /// Memory for the pages of all views at the cut-off; earlier days are asked little.
    private static let cacheKiB = 12_288

    private func open(at day: Timestamp) throws(MeasureFailure) -> CutOffConnection {
        do {
            return try CutOffConnection(
                store.database.reader(), records: records, entries: head.size, before: day, trust: trust, timeLimit: timeLimit,
                cacheKiB: day == asOf ? Self.cacheKiB : Self.cacheKiB / 4)
        } catch {
            throw MeasureFailure("the evidence cannot be read: \(error.message)")
        }
    }
}

/// How many records of a kind there are, by where they come from.
public struct RecordCount: Sendable, Equatable {
    public var kind: String
    /// The program saw them itself.
    public var recorded: Int
    /// Registered sources handed them in, and proved who they are.
    public var authenticated: Int
    /// Somebody handed them in.
    public var imported: Int
}

extension EvidenceStore {
    /// The evidence as it stood.
    ///
    /// - Parameters:
    ///   - asOf: floored to midnight; nothing at or later than this is seen.
    ///   - ledgerSize: only this many entries are seen; all present ones for nil.
    ///   - timeLimit: for each measure.
    public func snapshot(
        asOf: Timestamp, ledgerSize: Int? = nil, timeLimit: Duration = .seconds(10)
    ) throws(EvidenceError) -> EvidenceSnapshot {
        try EvidenceSnapshot(self, asOf: asOf, ledgerSize: ledgerSize, timeLimit: timeLimit)
    }
}
