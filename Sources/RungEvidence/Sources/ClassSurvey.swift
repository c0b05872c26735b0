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
    private var sources: [String: EvidenceSource.SourceType] = [:]
    private var classes: [Origin: EvidenceClass] = [:]
    private var counted: [Counted: [EvidenceBasis.Count]] = [:]

    private struct Origin: Hashable {
        let kind: String
        let column: Int64
    }

    private struct Counted: Hashable {
        let kind: String
        let bounds: ClassReach.Bounds
    }

    /// - Parameter database: a connection of its own.
    init(_ database: EvidenceDatabase, records: Int64, entries: Int) throws(EvidenceError) {
        self.database = database
        self.records = records
        self.entries = Int64(entries)
        sources = try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN", on: connection)
            return try SourceHistory.all(before: records, connection, CodeBook(connection, .readOnly))
                .compactMapValues { $0.state?.source.type }
        }
    }

    /// The records of these kinds that a measure over this window reads.
    ///
    /// - Parameter attested: records that two people stand for, as far as they are known.
    func basis(of kinds: [RecordKind], in window: EvidenceWindow, attested: (RecordKind) throws -> [Attested]) throws -> EvidenceBasis {
        let bounds = ClassReach.Bounds(records: records, entries: entries, start: window.start.seconds, before: window.asOf.seconds)
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
            for (origin, count) in try origins(of: kind, bounds, connection) {
                byClass[try evidenceClass(kind, origin, codes), default: 0] += count
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

    private func origins(
        of kind: RecordKind, _ bounds: ClassReach.Bounds, _ connection: OpaquePointer
    ) throws -> [(origin: Int64, count: Int)] {
        let reach = ClassReach.of(kind)
        let select =
            if let firstDay = reach.firstDay(bounds) {
                try SQLStatement(
                    """
                    SELECT origin, SUM(count) FROM class_days WHERE kind = '\(kind.name)' AND day >= \(firstDay)
                      AND day < \(ClassTally.day(bounds.before)) AND ledger_index < \(bounds.entries) GROUP BY origin
                    """, on: connection)
            } else {
                try SQLStatement(
                    "SELECT origin, COUNT(*) FROM \(kind.table) r WHERE \(reach.condition(kind, bounds)) GROUP BY origin", on: connection)
            }
        var origins: [(origin: Int64, count: Int)] = []
        try select.forEach { origins.append(($0.int(0), Int($0.int(1)))) }
        return origins
    }

    /// What the column `origin` of a kind is worth.
    private func evidenceClass(_ kind: RecordKind, _ column: Int64, _ codes: CodeBook) throws -> EvidenceClass {
        if let known = classes[Origin(kind: kind.name, column: column)] { return known }
        let found: EvidenceClass
        switch try RecordOrigin(column: column, codes) {
        case .recorded: found = .a
        case .source(let name): found = sources[name].map { SourceAuthority.covers(kind.name, $0) } == true ? .b : .d
        case .imported, nil: found = .d
        }
        classes[Origin(kind: kind.name, column: column)] = found
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
                if try evidenceClass(kind, row.int(1), codes) == .d { found.insert(row.int(0)) }
            }
        }
        return found.count
    }
}
