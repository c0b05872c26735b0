public import RungCore
import RungLedger
import RungRedaction
import RungText

/// The evidence of a workspace: one SQLite file of append-only records under a hash-linked ledger.
///
/// Every write is one transaction that holds the records and their ledger entry; a process that is killed at any moment
/// leaves the state after its last finished write. Several processes may use one file; a writer waits up to five seconds
/// for another. A final class because it owns the connection; it may be used from any thread.
public final class EvidenceStore: Sendable {
    /// The file.
    public let path: String
    let environment: EvidenceEnvironment
    let database: EvidenceDatabase
    private let writer = WriterBox()

    /// The writer is made at the first write and stays. Only touched while the connection is lent, so by one thread at a
    /// time.
    private final class WriterBox: @unchecked Sendable {
        var writer: RecordWriter?
    }

    /// Opens the file for reading and writing; creates it when it does not exist.
    ///
    /// - Parameter path: the file, or `:memory:` for a store that vanishes.
    public init(path: String, environment: EvidenceEnvironment) throws(EvidenceError) {
        self.path = path
        self.environment = environment
        database = try EvidenceDatabase(path: path, access: .readWrite, lockSeconds: environment.lockSeconds)
    }

    /// Opens an existing file that is only read; creates nothing.
    public init(reading path: String, environment: EvidenceEnvironment) throws(EvidenceError) {
        self.path = path
        self.environment = environment
        database = try EvidenceDatabase(path: path, access: .readOnly, lockSeconds: environment.lockSeconds)
    }

    /// Size and root of the ledger at this moment.
    public func head() throws(EvidenceError) -> LedgerHead {
        try database.perform { try StoredHead.read($0).ledger }
    }

    /// Appends within one transaction.
    ///
    /// - Throws: `EvidenceError`, or what `body` throws, when nothing has been stored.
    func append<Value>(
        actor: String, reason: String?, _ completion: RecordWriter.Completion = .commit,
        _ body: (RecordAppender) throws -> Value
    ) throws -> Value {
        do {
            return try database.withConnection { connection in
                let writer = try self.writer.writer ?? RecordWriter(connection, environment)
                self.writer.writer = writer
                let reasons = [reason.map { environment.redactor.redact($0).text }, environment.remark].compactMap(\.self)
                return try writer.transaction(
                    actor: environment.redactor.redact(actor, .names).text, reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "),
                    completion, body)
            }
        } catch let error as InvalidInput {
            throw error
        } catch let error as LedgerEntryTooLarge {
            throw EvidenceError(.refused, "\(error)", suggestion: "give a shorter reason")
        } catch {
            throw database.translated(error)
        }
    }

    /// Reads through a connection of its own, so that neither a writer nor a callback is in the way.
    func read<Value>(_ body: (OpaquePointer) throws -> Value) throws(EvidenceError) -> Value {
        try database.reader().perform { connection in
            try EvidenceDatabase.execute("BEGIN", on: connection)
            return try body(connection)
        }
    }
}
