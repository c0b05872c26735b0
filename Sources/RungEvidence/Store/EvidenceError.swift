import GRDB
import GRDBSQLite

/// Why the evidence store could not do what it was asked; nothing has been half written.
public struct EvidenceError: Error, Sendable, Equatable, CustomStringConvertible {
    public var kind: Kind
    /// A lower-case fragment that completes "failed to …", with the file.
    public var message: String
    /// The way out.
    public var suggestion: String?

    /// What a caller may want to tell apart.
    public enum Kind: String, Sendable, CaseIterable {
        /// The file does not exist and was not to be created.
        case missing
        /// The file is not a database, or another program's.
        case foreign
        /// A later version of the program wrote it.
        case newerFormat = "newer-format"
        /// The file or its folder cannot be written.
        case readOnly = "read-only"
        case diskFull = "disk-full"
        /// Another process has kept it locked for longer than the time limit.
        case locked
        /// The file is damaged, or stored values make no sense.
        case damaged
        /// No run, or more than one, has this id.
        case unknownRun = "unknown-run"
        /// No record, more than one, or no entry has this name or number.
        case unknownRecord = "unknown-record"
        /// A run is continued with another plan.
        case otherPlan = "other-plan"
        /// A part of a run stands where a whole one is needed.
        case partOfRun = "part-of-run"
        /// What was handed in breaks a rule of the store.
        case refused
        /// No such source, one that is revoked, or a token or signature that is not its own.
        case unauthenticated
        case other
    }

    public init(_ kind: Kind, _ message: String, suggestion: String? = nil) {
        self.kind = kind
        self.message = message
        self.suggestion = suggestion
    }

    /// The message, then the way out on its own line.
    public var description: String { suggestion.map { "\(message)\n  \($0)" } ?? message }
}

/// A result code of SQLite with its text.
struct SQLFailure: Error {
    /// The extended result code.
    var code: Int32
    var message: String

    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    init(_ connection: OpaquePointer?) {
        code = sqlite3_extended_errcode(connection)
        message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown error"
    }
}

extension EvidenceError {
    /// Nothing has been recorded yet.
    static func noEvidence(at path: String) -> EvidenceError {
        EvidenceError(
            .missing, "there is no evidence at \(path)",
            suggestion: "run `rung test` or `rung import evidence` first, or name the file with --evidence")
    }

    /// Translates whatever a database call threw; errors of this module pass through.
    init(_ error: any Error, at path: String, lockSeconds: Int) {
        switch error {
        case let error as EvidenceError: self = error
        case let failure as SQLFailure: self.init(code: failure.code, text: failure.message, at: path, lockSeconds)
        case let error as DatabaseError:
            self.init(code: error.extendedResultCode.rawValue, text: error.message ?? "unknown error", at: path, lockSeconds)
        default: self.init(.other, "the evidence in \(path) cannot be used: \(error)")
        }
    }

    /// Extended codes of failed writes, syncs, truncations and shared-memory growth.
    private static let writeFailures: Set<Int32> = [3, 4, 5, 6, 19]

    private init(code: Int32, text: String, at path: String, _ lockSeconds: Int) {
        switch code & 0xFF {
        case SQLITE_NOTADB:
            self.init(
                .foreign, "\(path) is not an evidence database",
                suggestion: "name another file, or move this one away")
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(
                .locked, "\(path) has been locked by another process for \(lockSeconds) seconds",
                suggestion: "wait for the other process to end and try again")
        case SQLITE_FULL:
            self.init(
                .diskFull, "there is no room left for \(path); nothing of this step was stored",
                suggestion: "free some space and try again")
        case SQLITE_IOERR where Self.writeFailures.contains(code >> 8):
            self.init(
                .diskFull, "\(path) cannot be written: \(text); nothing of this step was stored",
                suggestion: "free some space, check the disk and try again")
        case SQLITE_READONLY, SQLITE_PERM:
            self.init(
                .readOnly, "\(path) cannot be written",
                suggestion: "make the file and its folder writable, or name another one with --evidence")
        case SQLITE_CANTOPEN:
            self.init(
                .readOnly, "\(path) cannot be opened",
                suggestion: "check that the folder exists and may be read and written")
        case SQLITE_CORRUPT:
            self.init(
                .damaged, "\(path) is damaged: \(text)",
                suggestion: "restore it from a backup, or merge what was exported from it into a new file")
        default: self.init(.other, "the evidence in \(path) cannot be used: \(text)")
        }
    }
}
