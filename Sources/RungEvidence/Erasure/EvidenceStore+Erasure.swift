import GRDBSQLite
public import RungCore
import RungCrypto
import RungLedger
import RungText

extension EvidenceStore {
    /// Takes the payloads of records out of the evidence; every proof stands, and a new entry tells who did it and why.
    ///
    /// Payload and salt go; the hash that the ledger holds of a record stays, which says nothing without the salt. Words that
    /// only erased records used go too. Roll-ups keep what they counted, which holds no payload: the erasure binds the difference
    /// to what the records give that are left. The file is purged of what it held before, so that nothing of it can be found
    /// afterwards.
    ///
    /// - Parameters:
    ///   - selection: records that are not there, or were erased before, are no error.
    ///   - reason: why; it stands in the ledger for ever, so it must not repeat what is erased.
    /// - Throws: `EvidenceError` (refused) for a kind that cannot be erased, (damaged) when the roll-ups are not what the records
    ///   give; nothing has been erased then.
    public func erase(
        _ selection: ErasureSelection, reason: String, actor: PrincipalID, dryRun: Bool = false
    ) throws -> ErasureReport {
        try setSecureDelete(true)
        defer { try? setSecureDelete(false) }
        let report = try append(actor: actor.rawValue, reason: reason, dryRun ? .rollback : .commit) { appender in
            try Eraser(appender, environment).erase(selection, isDryRun: dryRun)
        }
        if report.count > 0, !dryRun { try purge() }
        return report
    }

    private func setSecureDelete(_ isOn: Bool) throws(EvidenceError) {
        try database.perform { try EvidenceDatabase.execute("PRAGMA secure_delete = \(isOn ? "ON" : "OFF")", on: $0) }
    }

    /// Empties the log beside the file, which still holds pages as they were.
    private func purge() throws(EvidenceError) {
        try database.perform { connection in
            let isBusy = try EvidenceDatabase.integer("PRAGMA wal_checkpoint(TRUNCATE)", on: connection) != 0
            guard !isBusy else {
                throw EvidenceError(
                    .locked, "the records are erased, but another process still reads the file, so its log could not be emptied",
                    suggestion: "close the other readers and run the same command again")
            }
        }
    }
}

/// Erases within one transaction.
private struct Eraser {
    private let appender: RecordAppender
    private let environment: EvidenceEnvironment
    private let connection: OpaquePointer
    private let codes: CodeBook
    private let merged: MergedLedgers
    private let erased: ErasedRecords

    init(_ appender: RecordAppender, _ environment: EvidenceEnvironment) throws {
        self.appender = appender
        self.environment = environment
        connection = appender.writer.connection
        codes = appender.writer.codes
        merged = try MergedLedgers(connection, codes)
        erased = try ErasedRecords(connection)
    }

    func erase(_ selection: ErasureSelection, isDryRun: Bool) throws -> ErasureReport {
        let found = try find(selection)
        var report = ErasureReport(erased: [:], erasedBefore: 0, isDryRun: isDryRun, ledgerSize: 0)
        // The number that the record of this erasure will get: nothing else is appended in between.
        let erasure = appender.records
        let isRolledUp = !isDryRun && RecordCatalog.all.contains { $0.isRolledUp && found[$0.name]?.isEmpty == false }
        if isRolledUp { try requireSoundRollups() }
        var words = Set<Int64>()
        for (kind, records) in found.sorted(by: { $0.key < $1.key }) {
            guard let kind = RecordCatalog.importable.first(where: { $0.name == kind }) else { continue }
            let reader = try RecordReader(kind, where: "record = ?", connection, codes)
            let update = try SQLStatement(Self.emptying(kind), on: connection)
            for number in records.sorted() {
                reader.parameters.bind(1, number)
                guard let record = try reader.next() else { continue }
                reader.parameters.reset()
                guard !record.salt.isEmpty else {
                    report.erasedBefore += 1
                    continue
                }
                try words.formUnion(self.words(of: record))
                try erased.insert(record, leaf: leaf(of: record), erasure: erasure, environment)
                try empty(record, update, erasure)
                report.erased[kind.name, default: 0] += 1
            }
        }
        if report.count > 0 {
            if isRolledUp { try ErasedRollups.update(connection) }
            try forget(words)
            try appender.append(try ErasedRecords.draft(ofErasure: erasure, kinds: report.erased, connection), .recorded)
            try appender.closeEntry()
        }
        report.ledgerSize = appender.head.ledger.size
        return report
    }

    /// What is wrong with roll-ups now would pass for what they counted of the erased records.
    private func requireSoundRollups() throws {
        guard let fault = try RollupAudit.fault(connection) else { return }
        throw EvidenceError(
            .damaged, "\(fault); nothing was erased",
            suggestion: "`rung ledger verify` says what else is wrong; erase in a copy of the file that is sound")
    }

    // MARK: - Finding

    private func find(_ selection: ErasureSelection) throws -> [String: Set<Int64>] {
        switch selection {
        case .ids(let name, let ids):
            let kind = try erasable(name)
            guard let key = kind.identity.first, kind.identity.count == 1 else {
                throw EvidenceError(
                    .refused, "records of kind \(name) have no single id", suggestion: "name them by number, such as --record 17")
            }
            let field = kind.fields[kind.position(of: key)]
            let select = try SQLStatement("SELECT record FROM \(kind.table) WHERE \(field.column) = ?", on: connection)
            var records = Set<Int64>()
            for id in ids {
                if case .coded = field.storage {
                    guard let code = try codes.existingCode(of: id) else { continue }
                    select.bind(1, code)
                } else {
                    select.bind(1, id)
                }
                try select.forEach { records.insert($0.int(0)) }
            }
            return [name: records]
        case .before(let name, let time, let agent):
            let kind = try erasable(name)
            guard let position = kind.timePosition else {
                throw EvidenceError(.refused, "records of kind \(name) have no time of their own", suggestion: "name them by id")
            }
            var condition = "\(kind.fields[position].column) < \(time.seconds)"
            if let agent {
                guard let field = kind.fields.first(where: { $0.name == "agentId" }) else {
                    throw EvidenceError(.refused, "records of kind \(name) name no agent", suggestion: "leave the agent out")
                }
                guard let code = try codes.existingCode(of: agent.rawValue) else { return [:] }
                if case .coded = field.storage {
                    condition += " AND \(field.column) = \(code)"
                } else {
                    condition += " AND \(field.column) = (SELECT text FROM record_codes WHERE code = \(code))"
                }
            }
            return [name: try numbers("SELECT record FROM \(kind.table) WHERE \(condition)")]
        case .records(let wanted):
            var found: [String: Set<Int64>] = [:]
            var rest = Set(wanted)
            for kind in RecordCatalog.all where !rest.isEmpty {
                let select = try SQLStatement("SELECT 1 FROM \(kind.table) WHERE record = ?", on: connection)
                for number in rest {
                    select.bind(1, number)
                    guard try select.first({ _ in true }) ?? false else { continue }
                    _ = try erasable(kind.name)
                    found[kind.name, default: []].insert(number)
                }
                rest.subtract(found[kind.name] ?? [])
            }
            return found
        }
    }

    private func numbers(_ sql: String) throws -> Set<Int64> {
        var records = Set<Int64>()
        try SQLStatement(sql, on: connection).forEach { records.insert($0.int(0)) }
        return records
    }

    private func erasable(_ name: String) throws -> RecordKind {
        guard let kind = RecordCatalog.importable.first(where: { $0.name == name }) else {
            let known = RecordCatalog.importable.map(\.name).sorted().joined(separator: ", ")
            throw EvidenceError(.refused, "records of kind \(name) cannot be erased", suggestion: "these can: \(known)")
        }
        return kind
    }

    // MARK: - Emptying

    private func leaf(of record: StoredRecord) throws -> Digest {
        var payload = PayloadBuffer()
        let origin = try merged.canonical(record)
        origin.salt.withUnsafeBytes { payload.leaf(origin.kind, origin.values, origin.origin, salt: $0) }
        return Merkle.leaf(prefixed: payload.bytes)
    }

    private static func emptying(_ kind: RecordKind) -> String {
        let columns = kind.fields.map { "\($0.column) = NULL" }.joined(separator: ", ")
        return "UPDATE \(kind.table) SET salt = x'', \(columns) WHERE record = ?"
    }

    private func empty(_ record: StoredRecord, _ update: SQLStatement, _ erasure: Int64) throws {
        try eraseTwins(of: record, erasure)
        update.bind(1, record.record)
        try update.run()
        guard record.kind === RecordKind.interaction, let id = record["id"].text else { return }
        let delete = try SQLStatement("DELETE FROM interaction_ids WHERE hash = ? AND record = ?", on: connection)
        delete.bind(1, InteractionIdentifier.hash(id))
        delete.bind(2, record.record)
        try delete.run()
    }

    /// Records of other stores that share the values of an erased one.
    private func eraseTwins(of record: StoredRecord, _ erasure: Int64) throws {
        let twins = try numbers("SELECT record FROM merged_twins WHERE twin = \(record.record)")
        for number in twins.sorted() {
            guard let twin = try merged.twin(number), !twin.salt.isEmpty else { continue }
            try erased.insert(twin, leaf: leaf(of: twin), erasure: erasure, environment)
            try EvidenceDatabase.execute("UPDATE merged_twins SET salt = x'' WHERE record = \(number)", on: connection)
        }
    }

    // MARK: - Words

    private func words(of record: StoredRecord) throws -> [Int64] {
        try zip(record.kind.layout, record.values).compactMap { layout, value in
            guard case .coded = layout.storage, let text = value.text else { return nil }
            return try codes.existingCode(of: text)
        }
    }

    /// Removes words that nothing uses any more.
    private func forget(_ words: Set<Int64>) throws {
        try EvidenceDatabase.execute("CREATE TEMP TABLE forgotten_words (code INTEGER PRIMARY KEY)", on: connection)
        defer { try? EvidenceDatabase.execute("DROP TABLE temp.forgotten_words", on: connection) }
        let insert = try SQLStatement("INSERT INTO temp.forgotten_words (code) VALUES (?)", on: connection)
        for word in words {
            insert.bind(1, word)
            try insert.run()
        }
        for (table, column) in Self.coded {
            try EvidenceDatabase.execute(
                "DELETE FROM temp.forgotten_words WHERE code IN (SELECT \(column) FROM \(table))", on: connection)
        }
        try EvidenceDatabase.execute(
            "DELETE FROM record_codes WHERE code IN (SELECT code FROM temp.forgotten_words)", on: connection)
        codes.forget()
        appender.writer.rollups.forget()
    }

    /// Every place that holds the number of a word.
    private static let coded: [(table: String, column: String)] =
        RecordCatalog.all.flatMap { kind in
            kind.fields.filter { if case .coded = $0.storage { true } else { false } }.map { (kind.table, $0.column) }
                + [(kind.table, "CASE WHEN origin > 2 THEN origin - 2 END")]
        } + [
            ("class_days", "CASE WHEN origin > 2 THEN origin - 2 END"),
            ("interaction_uses", "agent_id"), ("interaction_uses", "prompt_version_id"), ("interaction_uses", "config_digest"),
            ("merged_entries", "origin_id"),
            ("merged_origins", "CASE WHEN origin > 2 THEN origin - 2 END"),
            ("merged_twins", "CASE WHEN origin > 2 THEN origin - 2 END"),
        ] + DeltaTable.all.flatMap { table in table.words.sorted().flatMap { [(table.name, $0), (table.erased, $0)] } }
}
