public import RungCore
import RungCrypto

extension EvidenceStore {
    /// Takes in bundles of other stores: all of them or, when anything is wrong, nothing.
    ///
    /// Each bundle is verified first. Its ledger is kept as it was, so that its root can be computed again here. A bundle that
    /// was merged before adds nothing, a later one of the same store only what is new.
    ///
    /// - Parameters:
    ///   - paths: bundles or evidence files.
    ///   - actor: who, as the ledger shall name them.
    /// - Throws: `EvidenceError`: missing, foreign, damaged (a ledger is broken), refused (histories have parted, or records
    ///   contradict each other).
    public func merge(bundles paths: [String], actor: PrincipalID) throws(EvidenceError) -> MergeReport {
        let heads = try paths.map { path throws(EvidenceError) in try Bundle.verify(path, lockSeconds: environment.lockSeconds) }
        do {
            let names = paths.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
            let reason = "merge of \(names.count > 3 ? "\(names.count) bundles" : names.joined(separator: ", "))"
            return try append(actor: actor.rawValue, reason: reason) { appender in
                let registry = try RegistryInForce(appender)
                let bundles = try zip(paths, heads).map { try merge($0, $1, appender) }
                try registry.restore(appender)
                return MergeReport(bundles: bundles, ledger: appender.head.ledger)
            }
        } catch let error as EvidenceError {
            throw error
        } catch {
            throw database.translated(error)
        }
    }

    private func merge(_ path: String, _ head: LedgerHead, _ appender: RecordAppender) throws -> MergeReport.Bundle {
        let database = try EvidenceDatabase(path: path, access: .readOnly, lockSeconds: environment.lockSeconds)
        return try database.perform { connection in
            try EvidenceDatabase.execute("BEGIN", on: connection)
            let bundle = try Bundle(path, verified: head, connection)
            guard let origin = bundle.origin else { return MergeReport.Bundle(file: path) }
            return try BundleMerger(bundle, origin: origin, voucher: nil, appender).run()
        }
    }
}

/// The registry that this store has recorded itself stays the one in force, whatever bundles bring.
private struct RegistryInForce {
    private var record: Int64?
    private var last: Int64?

    init(_ appender: RecordAppender) throws {
        let pieces = try MergedPieces(appender.writer.connection, appender.writer.codes)
        let select = try SQLStatement("SELECT record FROM registry_records ORDER BY record DESC", on: appender.writer.connection)
        defer { select.reset() }
        while record == nil, try select.step() {
            if last == nil { last = select.int(0) }
            if pieces.piece(of: select.int(0)) == nil { record = select.int(0) }
        }
    }

    /// Appends the registry again when another one has come after it.
    func restore(_ appender: RecordAppender) throws {
        let connection = appender.writer.connection
        guard let record, let newest = try Self.newest(connection), newest != last,
            try Self.digest(of: newest, connection) != Self.digest(of: record, connection)
        else { return }
        let snapshot = try copy(.registry, "record = \(record)", nil, appender) ?? 0
        for kind in [RecordKind.agent, .principal] { try copy(kind, "snapshot = \(record)", snapshot, appender) }
    }

    /// Appends records again; returns the number of the last one.
    @discardableResult
    private func copy(_ kind: RecordKind, _ condition: String, _ snapshot: Int64?, _ appender: RecordAppender) throws -> Int64? {
        let reader = try RecordReader(kind, where: condition, appender.writer.connection, appender.writer.codes)
        var records: [StoredRecord] = []
        while let record = try reader.next() { records.append(record) }
        var last: Int64?
        for record in records {
            var draft = RecordDraft(kind)
            draft.values = record.values
            if let snapshot { draft["snapshot"] = .integer(snapshot) }
            last = try appender.append(draft, .recorded)
        }
        return last
    }

    private static func newest(_ connection: OpaquePointer) throws -> Int64? {
        try EvidenceDatabase.integer("SELECT record FROM registry_records ORDER BY record DESC LIMIT 1", on: connection)
    }

    private static func digest(of record: Int64, _ connection: OpaquePointer) throws -> Digest? {
        try SQLStatement("SELECT digest FROM registry_records WHERE record = \(record)", on: connection).first { $0.digest(0) } ?? nil
    }
}
