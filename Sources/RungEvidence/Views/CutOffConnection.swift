import GRDBSQLite
import RungCore
import RungText

/// A connection that only reads, with the views at one cut-off as temporary tables, on which measures run under guard.
///
/// A class because it owns the connection.
final class CutOffConnection {
    private let database: EvidenceDatabase
    private let records: Int64
    private let entries: Int
    private let before: Timestamp
    private let guardian: MeasureGuard
    private var ready: Set<String> = []
    private let trust: SharedTrust

    init(
        _ database: EvidenceDatabase, records: Int64, entries: Int, before: Timestamp, trust: SharedTrust, timeLimit: Duration,
        cacheKiB: Int
    ) throws(EvidenceError) {
        self.database = database
        self.records = records
        self.entries = entries
        self.before = before
        self.trust = trust
        guardian = MeasureGuard(timeLimit: timeLimit)
        try database.perform { connection in
            sqlite3_set_authorizer(connection, nil, nil)
            // Views are looked up again and again by one query, and the usual two megabytes for temporary tables do not hold one.
            try EvidenceDatabase.execute("PRAGMA temp.cache_size = -\(cacheKiB)", on: connection)
            try EvidenceDatabase.execute("BEGIN", on: connection)
        }
    }

    /// Prepares the views that `sql` names, runs it under guard and reads its result.
    func query<Value>(
        _ sql: String, _ window: EvidenceWindow, _ read: (SQLStatement) throws -> Value
    ) throws(MeasureFailure) -> Value {
        do {
            return try database.withConnection { connection in
                try prepareViews(namedIn: sql, connection)
                try EvidenceDatabase.execute("PRAGMA query_only = 1", on: connection)
                defer { sqlite3_exec(connection, "PRAGMA query_only = 0", nil, nil, nil) }
                return try guardian.run(sql, on: connection) { statement in
                    for (name, value) in [(":as_of", window.asOf), (":window_start", window.start)] {
                        let parameter = statement.parameter(name)
                        if parameter > 0 { statement.bind(parameter, value.description) }
                    }
                    return try read(statement)
                }
            }
        } catch let failure as MeasureFailure {
            throw failure
        } catch let failure as SQLFailure {
            throw MeasureFailure("the query failed: \(failure.message)")
        } catch {
            throw MeasureFailure("the evidence cannot be read: \(error)")
        }
    }

    // MARK: - Views

    private func prepareViews(namedIn sql: String, _ connection: OpaquePointer) throws {
        let text = sql.lowercased()
        for view in ViewCatalog.all where ByteSearch.holds(text, view.name) { try prepare(view, connection) }
    }

    private func prepare(_ view: View, _ connection: OpaquePointer) throws {
        guard !ready.contains(view.name) else { return }
        for name in view.uses {
            guard let used = ViewCatalog.view(name) else { preconditionFailure("there is no view \(name)") }
            try prepare(used, connection)
        }
        let trust = view.needsTrust ? try trust.of(connection, entries: entries) : .none
        let sql = ViewCatalog.sql(
            view,
            .init(
                records: records, entries: Int64(entries), before: before, verified: Int64(trust.verified),
                consistent: Int64(trust.consistent)))
        switch view.kind {
        case .view: try EvidenceDatabase.execute("CREATE TEMP VIEW \(view.name) AS \(sql)", on: connection)
        case .table: try materialize(view, sql, connection)
        }
        ready.insert(view.name)
    }

    private func materialize(_ view: View, _ sql: String, _ connection: OpaquePointer) throws {
        let columns = view.columns.map { "\($0.name) \($0.type.rawValue)" }.joined(separator: ", ")
        let names = view.columns.map(\.name).joined(separator: ", ")
        try EvidenceDatabase.execute("CREATE TEMP TABLE \(view.name) (\(columns))", on: connection)
        try EvidenceDatabase.execute("INSERT INTO temp.\(view.name) (\(names)) SELECT \(names) FROM (\(sql))", on: connection)
        guard !view.index.isEmpty else { return }
        try EvidenceDatabase.execute(
            "CREATE INDEX temp.\(view.name)_index ON \(view.name) (\(view.index.joined(separator: ", ")))", on: connection)
    }
}

/// How far the ledger holds, worked out once for all moments at which one snapshot is asked.
///
/// A class because the connections of a snapshot share it; only touched by the thread that uses the snapshot.
final class SharedTrust {
    private var known: LedgerTrust?

    func of(_ connection: OpaquePointer, entries: Int) throws -> LedgerTrust {
        if let known { return known }
        let trust = try LedgerTrust.of(connection, entries: entries)
        known = trust
        return trust
    }
}
