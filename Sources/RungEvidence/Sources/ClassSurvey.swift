import GRDBSQLite
import RungCore
import RungText

/// Counts the records behind measures by kind and class, at one size of the ledger.
///
/// A class because it owns a connection that only reads and remembers what it has counted.
final class ClassSurvey {
    private let database: EvidenceDatabase
    private let records: Int64
    private let entries: Int64
    private let covered: Int64
    private let coveredRecords: Int64
    private var sources: [String: EvidenceSource.SourceType] = [:]
    private var authorities: [Origin: Authority] = [:]
    private var counted: [Counted: [EvidenceBasis.Count]] = [:]

    private struct Origin: Hashable {
        let kind: String
        let column: Int64
    }

    private struct Counted: Hashable {
        let kind: String
        let bounds: ClassReach.Bounds
    }

    /// - Parameters:
    ///   - database: a connection of its own.
    ///   - trust: what says how far checkpoints cover the ledger.
    init(_ database: EvidenceDatabase, records: Int64, entries: Int, trust: SharedTrust) throws(EvidenceError) {
        self.database = database
        self.records = records
        self.entries = Int64(entries)
        (sources, covered, coveredRecords) = try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN", on: connection)
            let sources = try SourceHistory.all(before: records, connection, CodeBook(connection, .readOnly))
                .compactMapValues { $0.state?.source.type }
            let covered = Int64(try trust.of(connection, entries: entries).covered)
            let next = try EvidenceDatabase.integer("SELECT first_record FROM ledger_entries WHERE sequence = \(covered)", on: connection)
            return (sources, covered, min(next ?? records, records))
        }
    }

    /// The records of these kinds that a measure over this window reads.
    ///
    /// - Parameter attested: records that two people stand for, as far as they are known.
    func basis(of kinds: [RecordKind], in window: EvidenceWindow, attested: (RecordKind) throws -> [Attested]) throws -> EvidenceBasis {
        let bounds = ClassReach.Bounds(
            records: records, entries: entries, covered: covered, coveredRecords: coveredRecords, start: window.start.seconds,
            before: window.asOf.seconds)
        return EvidenceBasis(try kinds.flatMap { try counts(of: $0, bounds, attested) })
    }

    private func counts(
        of kind: RecordKind, _ bounds: ClassReach.Bounds, _ attested: (RecordKind) throws -> [Attested]
    ) throws -> [EvidenceBasis.Count] {
        let key = Counted(kind: kind.name, bounds: bounds)
        if let known = counted[key] { return known }
        let counts = try database.withConnection { connection -> [EvidenceBasis.Count] in
            let codes = try CodeBook(connection, .readOnly)
            var byClass: [EvidenceClass: Int] = [:]
            for group in try groups(of: kind, bounds, connection) {
                byClass[try evidenceClass(kind, group, codes), default: 0] += group.count
            }
            if byClass[.d] != nil {
                let lifted = try count(attested(kind), of: kind, bounds, connection, codes)
                byClass[.c, default: 0] += lifted
                byClass[.d, default: 0] -= lifted
            }
            return byClass.map { .init(kind: kind.name, evidenceClass: $0.key, records: $0.value) }
        }
        counted[key] = counts
        return counts
    }

    /// Records that came the same way.
    private struct Group {
        let origin: Int64
        /// Whether the ledger bound them when they had just happened.
        let isTimely: Bool
        /// Whether a checkpoint covers them.
        let isCovered: Bool
        let count: Int
    }

    private func groups(of kind: RecordKind, _ bounds: ClassReach.Bounds, _ connection: OpaquePointer) throws -> [Group] {
        let reach = ClassReach.of(kind)
        let select =
            if let firstDay = reach.firstDay(bounds) {
                try SQLStatement(
                    """
                    SELECT c.origin, \(Self.isTimely(day: "c.day", told: "e.at")) AS timely, c.ledger_index < \(bounds.covered) AS covered,
                      SUM(c.count)
                    FROM class_days c JOIN ledger_entries e ON e.sequence = c.ledger_index
                    WHERE c.kind = '\(kind.name)' AND c.day >= \(firstDay) AND c.day < \(ClassTally.day(bounds.before))
                      AND c.ledger_index < \(bounds.entries)
                    GROUP BY 1, 2, 3
                    """, on: connection)
            } else {
                try SQLStatement(
                    """
                    SELECT r.origin, \(Self.isTimely(day: "\(ClassReach.time(kind, "r")) / 86400", told: ViewSQL.ledgerTime("r.record")))
                      AS timely, r.record < \(bounds.coveredRecords) AS covered, COUNT(*)
                    FROM \(kind.table) r WHERE \(reach.condition(kind, bounds)) GROUP BY 1, 2, 3
                    """, on: connection)
            }
        var groups: [Group] = []
        try select.forEach { row in
            groups.append(Group(origin: row.int(0), isTimely: row.int(1) != 0, isCovered: row.int(2) != 0, count: Int(row.int(3))))
        }
        return groups
    }

    /// Days after the one of a record within which it must be bound to count as seen when it happened.
    static let timelyDays = 2

    /// SQL: whether a record of a day was told no later than that.
    private static func isTimely(day: String, told: String) -> String { "\(told) / 86400 <= \(day) + \(timelyDays)" }

    /// What records that came this way are worth: the best class takes a checkpoint over what the program itself has seen, in
    /// its own runs or as it came in from a source.
    private func evidenceClass(_ kind: RecordKind, _ group: Group, _ codes: CodeBook) throws -> EvidenceClass {
        switch try authority(kind, group.origin, codes) {
        case .recorded: group.isCovered ? .a : .b
        case .source: group.isCovered && group.isTimely ? .a : .b
        case .nobody: .d
        }
    }

    /// Who vouches for records of a kind.
    private enum Authority { case recorded, source, nobody }

    private func authority(_ kind: RecordKind, _ column: Int64, _ codes: CodeBook) throws -> Authority {
        if let known = authorities[Origin(kind: kind.name, column: column)] { return known }
        let found: Authority =
            switch try RecordOrigin(column: column, codes) {
            case .recorded: .recorded
            case .source(let name): sources[name].map { SourceAuthority.covers(kind.name, $0) } == true ? .source : .nobody
            case .imported, nil: .nobody
            }
        authorities[Origin(kind: kind.name, column: column)] = found
        return found
    }

    // MARK: - Attestations

    /// How many records of class D are among the attested ones.
    private func count(
        _ attested: [Attested], of kind: RecordKind, _ bounds: ClassReach.Bounds, _ connection: OpaquePointer, _ codes: CodeBook
    ) throws -> Int {
        guard !attested.isEmpty else { return 0 }
        let select = try SQLStatement(
            "SELECT r.record, r.origin FROM \(kind.table) r WHERE \(Attested.identity(kind)) = ? AND "
                + ClassReach.of(kind).condition(kind, bounds), on: connection)
        var found: Set<Int64> = []
        for subject in attested {
            select.bind(1, subject.id)
            try select.forEach { row in
                if try authority(kind, row.int(1), codes) == .nobody { found.insert(row.int(0)) }
            }
        }
        return found.count
    }
}
