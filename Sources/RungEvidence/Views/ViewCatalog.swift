import GRDBSQLite
import RungText

/// Every view of the contract; a view stands after those that it reads.
public enum ViewCatalog {
    static let all: [View] = [
        .principals, .promptVersions, .interactionDays, .agents, .releases, .acts, .ideas, .experiments, .interactions, .contextDays,
        .usageDays, .overrides, .feedback, .cases, .changes, .thresholds, .waivers, .scans,
        .toolCalls, .systems, .handoffs, .flowRuns, .decisions, .predictions, .scores, .capacity,
        .runs, .duties, .suites, .scenarios, .comparisons, .driftChecks, .audits,
        .ledgerEvents, .checkpoints,
    ]

    /// Names of the views, in the order of the catalog.
    public static var names: [String] { all.map(\.name) }

    static func view(_ name: String) -> View? { all.first { $0.name == name } }

    /// How much of the evidence is seen.
    struct CutOff: Hashable {
        /// Records with a lower number are seen.
        var records: Int64
        /// Entries with a lower number are seen; those that hold the records.
        var entries: Int64
        /// Times before this one are seen.
        var before: Timestamp
        /// Entries with a lower number verify.
        var verified: Int64
        /// Checkpoints of at most this size agree with the entries.
        var consistent: Int64

        /// Everything: what the views in the file show.
        static let none = CutOff(
            records: .max, entries: .max, before: Timestamp(seconds: 253_402_300_800), verified: .max, consistent: .max)
    }

    /// The definition of a view with the cut-off filled in; it holds nothing but numbers of ours.
    static func sql(_ view: View, _ cutOff: CutOff) -> String {
        var sql = ""
        for (offset, piece) in view.sql.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).enumerated() {
            guard offset > 0, let end = piece.firstIndex(of: UInt8(ascii: "}")) else {
                sql += String(Substring(piece))
                continue
            }
            switch Substring(piece[..<end]) {
            case "cut": sql += String(cutOff.records)
            case "entries": sql += String(cutOff.entries)
            case "before": sql += String(cutOff.before.seconds)
            case "consistent": sql += String(cutOff.consistent)
            case "verified": sql += String(cutOff.verified)
            case let mark: preconditionFailure("the view \(view.name) has an unknown mark \(mark)")
            }
            sql += String(Substring(piece[piece.index(after: end)...]))
        }
        return sql
    }

    // MARK: - Views in the file

    /// Makes the views in the file anew, so that any SQLite client can read the present state.
    static func persist(_ connection: OpaquePointer) throws {
        for view in all {
            try EvidenceDatabase.execute("DROP VIEW IF EXISTS \(view.name)", on: connection)
            try EvidenceDatabase.execute(statement(view), on: connection)
        }
    }

    /// Whether the file has exactly the views of this version.
    static func areCurrent(_ connection: OpaquePointer) throws -> Bool {
        let select = try SQLStatement("SELECT name, sql FROM sqlite_master WHERE type = 'view'", on: connection)
        var found: [String: String] = [:]
        try select.forEach { found[$0.text(0)] = $0.text(1) }
        return found == Dictionary(all.map { ($0.name, statement($0)) }) { first, _ in first }
    }

    private static func statement(_ view: View) -> String { "CREATE VIEW \(view.name) AS\n\(sql(view, .none))" }
}
