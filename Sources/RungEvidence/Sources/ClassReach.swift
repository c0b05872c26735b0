import RungText

/// Which records of a kind a measure reads, as far as its window tells.
///
/// What is not listed here as an event counts from the beginning on, so that a record of a new kind can make a class worse
/// and never hide.
enum ClassReach: Equatable {
    /// Events: those of the window.
    case window
    /// What is looked at long after, such as an approval or a decision: those of the year before the window too.
    case yearBefore
    /// What was declared once: everything up to the end of the window.
    case allBefore
    /// States: the latest one of each thing; of things that happen at a time (cases, experiments) those with any time in the
    /// window.
    case latest
    /// Until the next one with the same value in this column: those of the window, and the ones in force when it began.
    case inForce(String)

    static func of(_ kind: RecordKind) -> ClassReach {
        if case .state = kind.change { return .latest }
        if kind.name == "release" { return .inForce("agent_id") }
        if lasting.contains(kind.name) { return .yearBefore }
        return events.contains(kind.name) || kind.importable.isEmpty ? .window : .allBefore
    }

    private static let lasting: Set<String> = [
        "act", "assessment", "capacity", "change", "comparison", "decision", "idea", "prediction", "preregistration",
        "thresholdChange", "waiver",
    ]

    private static let events: Set<String> = [
        "attestation", "auditDraw", "auditResult", "changeEnd", "decisionResponse", "driftCheck", "feedback", "flowStep", "handoff",
        "ideaDecision", "interaction", "judgeLabel", "judgeVerdict", "outcome", "override", "releaseEnd", "review", "run", "scan",
        "score", "toolCall", "triage", "usageCount", "waiverEnd",
    ]

    /// Every kind that is named here, for a test.
    static var named: Set<String> { events.union(lasting).union(["release"]) }

    /// How much is seen.
    struct Bounds: Hashable {
        /// Records with a lower number.
        var records: Int64
        /// Entries with a lower number.
        var entries: Int64
        /// Entries with a lower number are covered by a checkpoint; so are records with a lower number.
        var covered: Int64
        var coveredRecords: Int64
        /// Midnights, in seconds.
        var start: Int64
        var before: Int64
    }

    /// SQL over the table of the kind as `r`: whether a record is read.
    func condition(_ kind: RecordKind, _ bounds: Bounds) -> String {
        let seen = "r.record < \(bounds.records) AND \(Self.time(kind, "r")) < \(bounds.before)"
        switch self {
        case .allBefore: return seen
        case .window: return "\(seen) AND \(Self.time(kind, "r")) >= \(bounds.start)"
        case .yearBefore: return "\(seen) AND \(Self.time(kind, "r")) >= \(bounds.start - Self.year)"
        case .latest:
            let things = kind.identity.map { "s.\(kind.fields[kind.position(of: $0)].column)" }
            return "\(Self.last(kind, things, bounds, before: bounds.before)) \(Self.inWindow(kind, bounds))"
        case .inForce(let column):
            let before = Self.last(kind, ["s.\(column)"], bounds, before: bounds.start)
            return "\(seen) AND (\(Self.time(kind, "r")) >= \(bounds.start) OR \(before))"
        }
    }

    /// Where the counts of days are enough: the first day that is read; nil where the records themselves must be looked at.
    func firstDay(_ bounds: Bounds) -> Int64? {
        switch self {
        case .window: ClassTally.day(bounds.start)
        case .yearBefore: ClassTally.day(bounds.start - Self.year)
        case .allBefore: 0
        case .latest, .inForce: nil
        }
    }

    private static let year: Int64 = 365 * 86_400

    /// SQL for the time of a record in seconds: its own, else the ledger's.
    static func time(_ kind: RecordKind, _ row: String) -> String {
        let ledger = ViewSQL.ledgerTime("\(row).record")
        guard let field = kind.timePosition.map({ kind.fields[$0] }) else { return ledger }
        return field.isRequired ? "\(row).\(field.column)" : "COALESCE(\(row).\(field.column), \(ledger))"
    }

    /// The last record of each thing before a moment.
    private static func last(_ kind: RecordKind, _ columns: [String], _ bounds: Bounds, before: Int64) -> String {
        """
        r.record IN (
          SELECT record FROM (
            SELECT s.record, ROW_NUMBER() OVER (
              PARTITION BY \(columns.joined(separator: ", ")) ORDER BY \(rank(kind))\(time(kind, "s")) DESC, s.record DESC) AS place
            FROM \(kind.table) s WHERE s.record < \(bounds.records) AND \(time(kind, "s")) < \(before))
          WHERE place = 1)
        """
    }

    /// What the registry or a source says of people outranks what a file says; see `PrincipalSQL`.
    private static func rank(_ kind: RecordKind) -> String { kind === RecordKind.principal ? "s.origin = 1, " : "" }

    /// For states of things that happen at a time: that any of their times lies in the window or after it began.
    private static func inWindow(_ kind: RecordKind, _ bounds: Bounds) -> String {
        let times = kind.fields.filter { $0.isTime && !$0.isPromise }
        guard times.contains(where: \.isRequired) else { return "" }
        return "AND (" + times.map { "r.\($0.column) >= \(bounds.start)" }.joined(separator: " OR ") + ")"
    }
}

extension RecordField {
    var isTime: Bool { if case .time = storage { true } else { false } }
}

extension RecordKind {
    /// The field that says when a record happened: `at`, else the first time that every record of the kind has.
    static func timePosition(of fields: [RecordField]) -> Int? {
        fields.firstIndex { $0.name == "at" && $0.isTime } ?? fields.firstIndex { $0.isTime && $0.isRequired && !$0.isPromise }
    }
}
