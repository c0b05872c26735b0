import GRDBSQLite
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection to a file that nobody can change, such as one on a read-only file system.
///
/// SQLite reads a file with a write-ahead log only where it may create two more files beside it, unless it is told that the
/// file cannot change; GRDB cannot tell it so. A final class because it owns the connection; one thread is let in at a time.
final class FrozenConnection: Sendable {
    private let handle: Mutex<Handle>

    /// The pointer, which the compiler cannot know to be guarded.
    private struct Handle: @unchecked Sendable {
        var connection: OpaquePointer
    }

    /// - Throws: `SQLFailure`; also when there is a log that would have to be read.
    init(path: String) throws {
        guard Self.size(of: path + "-wal") == 0 else {
            throw SQLFailure(code: SQLITE_CANTOPEN, message: "it has changes that were not written back")
        }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(Self.address(of: path), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
        guard code == SQLITE_OK, let connection = opened else {
            let failure = SQLFailure(opened)
            sqlite3_close_v2(opened)
            throw failure
        }
        handle = Mutex(Handle(connection: connection))
    }

    deinit { _ = handle.withLock { sqlite3_close_v2($0.connection) } }

    /// Lends the connection; nobody else uses it meanwhile.
    func withConnection<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        var result: Result<Value, any Error>?
        handle.withLock { handle in
            let connection = handle.connection
            result = Result { try body(connection) }
        }
        guard let result else { preconditionFailure("the closure runs exactly once") }
        return try result.get()
    }

    /// Bytes of a file; 0 when there is none.
    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The path as SQLite's address of a file that never changes; everything unusual is escaped.
    static func address(of path: String) -> String {
        var address = "file:"
        for byte in path.utf8 {
            switch byte {
            case 0x2D...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: address.unicodeScalars.append(Unicode.Scalar(byte))
            default: address += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return address + "?immutable=1"
    }
}
