import GRDBSQLite
import RungCrypto

/// A prepared statement with raw binds; a class because it owns the handle of SQLite.
///
/// Columns are counted from 0, parameters from 1, as SQLite does.
final class SQLStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Prepares one statement that is to be used many times.
    init(_ sql: String, on connection: OpaquePointer) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLFailure(connection) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    // MARK: - Running

    /// Goes to the next row; false after the last one.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let failure = SQLFailure(connection)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement that gives no rows, and makes it ready for the next values.
    func run() throws {
        _ = try step()
        sqlite3_reset(handle)
    }

    /// Makes the statement ready to run again; bound values stay.
    func reset() { sqlite3_reset(handle) }

    /// Calls `body` for each row, with the statement as the row.
    func forEach(_ body: (SQLStatement) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }

    /// What `body` makes of the first row; nil without one.
    func first<Value>(_ body: (SQLStatement) throws -> Value) throws -> Value? {
        defer { reset() }
        return try step() ? try body(self) : nil
    }

    // MARK: - Parameters

    func bind(_ index: Int, _ value: Int64) { sqlite3_bind_int64(handle, Int32(index), value) }

    func bind(_ index: Int, _ value: Double) { sqlite3_bind_double(handle, Int32(index), value) }

    func bindNull(_ index: Int) { sqlite3_bind_null(handle, Int32(index)) }

    func bind(_ index: Int, _ text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                sqlite3_bind_text(handle, Int32(index), "", 0, Self.transient)
                return
            }
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                _ = sqlite3_bind_text(handle, Int32(index), $0, Int32(bytes.count), Self.transient)
            }
        }
    }

    func bind(_ index: Int, _ text: String?) {
        if let text { bind(index, text) } else { bindNull(index) }
    }

    /// Binds text without copying it; it must stay where it is until the statement has run, and be UTF-8.
    func bind(_ index: Int, text bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return bind(index, "") }
        start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            _ = sqlite3_bind_text(handle, Int32(index), $0, Int32(bytes.count), nil)
        }
    }

    func bind(_ index: Int, blob: UnsafeRawBufferPointer) {
        sqlite3_bind_blob(handle, Int32(index), blob.baseAddress, Int32(blob.count), Self.transient)
    }

    /// Binds bytes without copying them; they must stay where they are until the statement has run.
    func bind(_ index: Int, uncopied bytes: UnsafeRawBufferPointer) {
        sqlite3_bind_blob(handle, Int32(index), bytes.baseAddress, Int32(bytes.count), nil)
    }

    func bind(_ index: Int, _ digest: Digest) { digest.withBytes { bind(index, blob: $0) } }

    func bind(_ index: Int, _ digest: Digest?) {
        if let digest { bind(index, digest) } else { bindNull(index) }
    }

    /// Binds a parameter by its name; one that the statement does not have is left out.
    func bind(named name: String, _ value: Int64) {
        let index = parameter(name)
        if index > 0 { bind(index, value) }
    }

    func bind(named name: String, _ value: String) {
        let index = parameter(name)
        if index > 0 { bind(index, value) }
    }

    /// The number of the parameter with this name; 0 when the statement has none.
    func parameter(_ name: String) -> Int { Int(sqlite3_bind_parameter_index(handle, name)) }

    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    // MARK: - Columns

    /// Names of the columns in order.
    var columnNames: [String] {
        (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// `SQLITE_INTEGER`, `SQLITE_FLOAT`, `SQLITE_TEXT`, `SQLITE_BLOB` or `SQLITE_NULL`.
    func type(_ column: Int) -> Int32 { sqlite3_column_type(handle, Int32(column)) }

    func isNull(_ column: Int) -> Bool { type(column) == SQLITE_NULL }

    func int(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    func double(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    func optionalInt(_ column: Int) -> Int64? { isNull(column) ? nil : int(column) }

    func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    /// The bytes of a column, valid until the next step.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, Int32(column))
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
    }

    /// A digest of 32 bytes; nil for anything else.
    func digest(_ column: Int) -> Digest? { type(column) == SQLITE_BLOB ? Digest(rawBytes: bytes(column)) : nil }
}
