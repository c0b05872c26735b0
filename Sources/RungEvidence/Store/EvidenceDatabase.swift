import GRDB
import GRDBSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection to the evidence file: opens it, checks whose it is, brings its schema up to date, translates errors.
///
/// A class because it owns the connection; GRDB's queue lets one thread in at a time.
final class EvidenceDatabase: Sendable {
    let path: String
    private let link: Link

    /// How long to wait for another process before giving up.
    private let lockSeconds: Int

    /// `Rung` in ASCII; tells an evidence file from any other database.
    static let applicationID: Int64 = 0x5275_6E67

    /// Whether a connection may write, and so create the file.
    enum Access { case readOnly, readWrite }

    /// - Throws: `EvidenceError`: missing, foreign (also a folder or a pipe), newer format, read-only, locked.
    init(path: String, access: Access, lockSeconds: Int) throws(EvidenceError) {
        self.path = path
        self.lockSeconds = lockSeconds
        if access == .readOnly, !Self.exists(path) { throw EvidenceError.noEvidence(at: path) }
        // SQLite would wait for ever for somebody to write to a pipe.
        if let thing = Self.otherThanFile(path) {
            throw EvidenceError(.foreign, "\(path) is \(thing), not an evidence database", suggestion: "name another file")
        }
        do {
            link = try Self.open(path, access, lockSeconds)
            try withConnection { connection in
                if access == .readWrite {
                    try Schema.migrate(connection)
                } else {
                    try Schema.requireCurrent(connection, path)
                }
            }
        } catch {
            throw EvidenceError(error, at: path, lockSeconds: lockSeconds)
        }
    }

    /// The way to the file.
    private enum Link {
        case queue(DatabaseQueue)
        /// On a read-only file system.
        case frozen(FrozenConnection)
    }

    private static func open(_ path: String, _ access: Access, _ lockSeconds: Int) throws -> Link {
        do {
            return .queue(try DatabaseQueue(path: path, configuration: configuration(access, path, lockSeconds)))
        } catch {
            guard access == .readOnly, cannotOpen(error) else { throw error }
            let frozen = try FrozenConnection(path: path)
            try frozen.withConnection { try checkOwner($0, path) }
            return .frozen(frozen)
        }
    }

    private static func cannotOpen(_ error: any Error) -> Bool {
        switch error {
        case let failure as SQLFailure: failure.code & 0xFF == SQLITE_CANTOPEN
        case let error as DatabaseError: error.resultCode == .SQLITE_CANTOPEN
        default: false
        }
    }

    private static func configuration(_ access: Access, _ path: String, _ lockSeconds: Int) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = access == .readOnly
        configuration.busyMode = .timeout(Double(lockSeconds))
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.label = "evidence"
        configuration.prepareDatabase { db in
            guard let connection = db.sqliteConnection else { return }
            try checkOwner(connection, path)
            guard access == .readWrite else { return }
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -8192")
        }
        return configuration
    }

    /// An error of this connection in words.
    func translated(_ error: any Error) -> EvidenceError { EvidenceError(error, at: path, lockSeconds: lockSeconds) }

    // MARK: - Use

    /// Lends the raw handle; nobody else uses this connection meanwhile.
    func withConnection<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        switch link {
        case .frozen(let frozen): return try frozen.withConnection(body)
        case .queue(let queue):
            return try queue.unsafeRead { db in
                guard let connection = db.sqliteConnection else {
                    throw EvidenceError(.other, "the connection to \(path) is closed")
                }
                return try body(connection)
            }
        }
    }

    /// The same, with every error translated.
    func perform<Value>(_ body: (OpaquePointer) throws -> Value) throws(EvidenceError) -> Value {
        do {
            return try withConnection(body)
        } catch {
            throw EvidenceError(error, at: path, lockSeconds: lockSeconds)
        }
    }

    /// A second connection to the same file that only reads; of a store in memory, a copy.
    func reader() throws(EvidenceError) -> EvidenceDatabase {
        guard path == Self.memory else { return try EvidenceDatabase(path: path, access: .readOnly, lockSeconds: lockSeconds) }
        let copy = try EvidenceDatabase(path: path, access: .readWrite, lockSeconds: lockSeconds)
        try perform { source in try copy.withConnection { try Self.copy(source, to: $0) } }
        return copy
    }

    /// The name of a store that vanishes with its last connection.
    static let memory = ":memory:"

    private static func copy(_ source: OpaquePointer, to target: OpaquePointer) throws {
        guard let backup = sqlite3_backup_init(target, "main", source, "main") else { throw SQLFailure(target) }
        sqlite3_backup_step(backup, -1)
        guard sqlite3_backup_finish(backup) == SQLITE_OK else { throw SQLFailure(target) }
    }

    /// Runs statements without parameters.
    static func execute(_ sql: String, on connection: OpaquePointer) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw SQLFailure(connection) }
    }

    /// The first column of the first row as a whole number; nil without a row.
    static func integer(_ sql: String, on connection: OpaquePointer) throws -> Int64? {
        try SQLStatement(sql, on: connection).first { $0.int(0) }
    }

    // MARK: - Checks

    /// Also when this user may not look whether it does.
    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 || ![ENOENT, ENOTDIR].contains(errno) }

    /// What stands in place of a file; nil for a file, and for nothing.
    private static func otherThanFile(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return nil
        case S_IFDIR: return "a folder"
        default: return "a pipe or a device"
        }
    }

    /// Before anything is written: a file of another program must stay as it is.
    private static func checkOwner(_ connection: OpaquePointer, _ path: String) throws {
        let owner = try integer("PRAGMA application_id", on: connection)
        if owner == 0, try integer("SELECT COUNT(*) FROM sqlite_master", on: connection) == 0 { return }
        guard owner == applicationID else {
            throw EvidenceError(
                .foreign, "\(path) is a database of another program",
                suggestion: "name another file, or move this one away")
        }
        guard let version = try integer("PRAGMA user_version", on: connection), version <= Schema.version else {
            throw EvidenceError(
                .newerFormat, "\(path) was written by a newer version of rung",
                suggestion: "install that version, or name another file")
        }
    }
}
