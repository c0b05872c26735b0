import GRDBSQLite
import RungCore

/// Lets a query read the views and nothing else, and stops it when it takes too long.
///
/// SQLite asks it about everything that a statement would do while the statement is prepared. A class because SQLite keeps
/// a pointer to it.
final class MeasureGuard {
    private let timeLimit: Duration
    private var deadline = ContinuousClock.now
    private var refusal: String?
    /// The query in lower case.
    private var text = ""

    init(timeLimit: Duration) {
        self.timeLimit = timeLimit
    }

    /// Prepares `sql` and hands it to `body`, both under guard.
    func run<Value>(_ sql: String, on connection: OpaquePointer, _ body: (SQLStatement) throws -> Value) throws -> Value {
        refusal = nil
        text = sql.lowercased()
        deadline = ContinuousClock.now + timeLimit
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(connection, Self.authorize, pointer)
        sqlite3_progress_handler(connection, 1_000, Self.isOverdue, pointer)
        defer {
            sqlite3_set_authorizer(connection, nil, nil)
            sqlite3_progress_handler(connection, 0, nil, nil)
        }
        do {
            try refuseTables()
            try Self.refuseSecondStatement(in: sql, connection)
            return try body(SQLStatement(sql, on: connection))
        } catch let failure as SQLFailure {
            throw translated(failure)
        }
    }

    private func translated(_ failure: SQLFailure) -> MeasureFailure {
        if let refusal { return MeasureFailure(refusal) }
        if failure.code & 0xFF == SQLITE_INTERRUPT {
            return MeasureFailure("the query took longer than \(timeLimit.components.seconds) s")
        }
        return MeasureFailure("the query is wrong: \(failure.message)")
    }

    // MARK: - Rules

    /// A query cannot read a stored table without writing its name, nor a view of the file, which knows no cut-off, without
    /// writing `main`.
    private func refuseTables() throws {
        if let table = Self.tables.first(where: { ByteSearch.holds(text, $0) }) {
            throw MeasureFailure("the query reads the table \"\(table)\"; measures may read only the views")
        }
        if text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }).contains("main") {
            throw MeasureFailure("the query names the schema \"main\"; measures may read only the views")
        }
    }

    /// Stored tables, the longer names of those that begin alike first.
    private static let tables =
        RecordCatalog.all.map(\.table).sorted { $0.count > $1.count } + [
            "ledger_checkpoints", "ledger_cosignatures", "class_days", "ledger_entries", "ledger_head", "ledger_identity", "record_codes",
            "sqlite_master", "sqlite_schema", "sqlite_temp", "pragma_",
        ]

    private static func refuseSecondStatement(in sql: String, _ connection: OpaquePointer) throws {
        try sql.withCString { start in
            var handle: OpaquePointer?
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection, start, -1, &handle, &tail)
            defer { sqlite3_finalize(handle) }
            guard code == SQLITE_OK else { throw SQLFailure(connection) }
            guard handle != nil else { throw MeasureFailure("the query is empty") }
            let rest = tail.map { String(cString: $0) } ?? ""
            guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
                throw MeasureFailure("the query holds more than one statement")
            }
        }
    }

    private static let isOverdue: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { pointer in
        guard let pointer else { return 1 }
        let guardian = Unmanaged<MeasureGuard>.fromOpaque(pointer).takeUnretainedValue()
        return ContinuousClock.now > guardian.deadline ? 1 : 0
    }

    private static let authorize:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32 = { pointer, action, first, second, database, _ in
            guard let pointer else { return SQLITE_DENY }
            let guardian = Unmanaged<MeasureGuard>.fromOpaque(pointer).takeUnretainedValue()
            func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
            let reason = guardian.refusal(of: action, text(first), text(second), database: text(database))
            guard let reason else { return SQLITE_OK }
            guardian.refusal = guardian.refusal ?? reason
            return SQLITE_DENY
        }

    /// Why a step of a query is refused; nil when it is allowed.
    ///
    /// What the query itself does not name is done by one of our views. SQLite says which view that is, but a query could
    /// give a common table expression the same name, so that is no proof.
    private func refusal(of action: Int32, _ first: String, _ second: String, database: String) -> String? {
        switch action {
        case SQLITE_SELECT: return nil
        case SQLITE_READ:
            let isView = database == "temp" && ViewCatalog.view(first) != nil
            if isView || database.isEmpty || !text.contains(first.lowercased()) { return nil }
            return "the query reads the table \"\(first)\"; measures may read only the views"
        case SQLITE_FUNCTION:
            if Self.functions.contains(second.lowercased()) || !text.contains(second.lowercased()) { return nil }
            return "the query uses the function \"\(second)\", which measures may not use"
        case SQLITE_ATTACH: return "the query attaches a database; measures may only read the views"
        case SQLITE_PRAGMA: return "the query uses PRAGMA \(first); measures may only read the views"
        case SQLITE_RECURSIVE: return "the query is recursive, which measures may not be"
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            return "the query writes to \"\(first)\"; measures may only read the views"
        default: return "the query changes the database; measures may only read the views"
        }
    }

    /// The portable functions, and a few that cannot do harm.
    private static let functions: Set<String> = [
        "abs", "avg", "coalesce", "count", "glob", "ifnull", "iif", "length", "like", "lower", "max", "min", "nullif", "round",
        "substr", "substring", "sum", "total", "upper",
    ]
}
