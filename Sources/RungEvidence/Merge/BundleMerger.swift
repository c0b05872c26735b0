import RungCrypto
import RungLedger

/// Takes the new part of one bundle into an open transaction: an entry here for each entry there, bound by the same digests.
///
/// A class because it keeps statements and counts.
final class BundleMerger {
    private let bundle: Bundle
    private let origin: String
    private let appender: RecordAppender
    private let here: MergedPieces
    private let entries: MergedEntryWriter
    private let voucher: String?
    private var lookups: [String: RecordLookup] = [:]
    private var conflicts = MergeConflicts()
    private var report: MergeReport.Bundle
    private var buffer = ContentDigest()
    /// Entries and records that are here already, and where the new records begin here.
    private var known = 0
    private var firstThere: Int64 = 0
    private var firstHere: Int64 = 0

    /// - Parameter voucher: name of the trusted key that has signed the bundle's head; nil for none.
    init(_ bundle: Bundle, origin: String, voucher: String?, _ appender: RecordAppender) throws {
        self.bundle = bundle
        self.origin = origin
        self.voucher = voucher
        self.appender = appender
        here = try MergedPieces(appender.writer.connection, appender.writer.codes)
        entries = try MergedEntryWriter(appender.writer)
        report = MergeReport.Bundle(file: bundle.path, origin: origin, voucher: voucher)
    }

    /// Takes in what is new.
    ///
    /// - Throws: `EvidenceError` (refused) when histories have parted or records contradict each other.
    func run() throws -> MergeReport.Bundle {
        if try isThisStore() || isKnown() { return report }
        firstThere = try bundle.firstRecord(ofEntry: known)
        firstHere = appender.records
        let records = try bundle.records(from: firstThere)
        try bundle.forEachEntry(from: known) { try merge($0, records) }
        try conflicts.throwIfAny(bundle.path)
        try seal()
        return report
    }

    // MARK: - Histories

    /// A copy of this very store: nothing to do when this store has everything that it has.
    private func isThisStore() throws -> Bool {
        let connection = appender.writer.connection
        guard try StoreOrigin.read(connection) == origin else { return false }
        let leaves = "SELECT leaf FROM ledger_entries WHERE sequence < ? ORDER BY sequence"
        guard try Bundle.root(leaves, bundle.head.chain.size, connection) == .digest(bundle.head.chain.root) else {
            throw EvidenceError(
                .refused, "\(bundle.path) is a copy of this store whose history has parted from it, or a later state of it",
                suggestion: "let every shard write into a file of its own: rung test --shard … --evidence shard.db")
        }
        report.knownEntries = bundle.head.chain.size
        return true
    }

    /// Whether everything of the bundle came earlier; sets how much did.
    private func isKnown() throws -> Bool {
        let size = bundle.head.chain.size
        let last = here.pieces(of: origin).max { $0.size < $1.size }
        known = min(last?.size ?? 0, size)
        report.knownEntries = known
        guard let last else { return false }
        let connection = appender.writer.connection
        let code = try appender.writer.codes.code(of: origin)
        let kept = "SELECT leaf FROM merged_entries WHERE sequence < ? AND origin_id = ? ORDER BY sequence"
        let expected = last.size <= size ? last.root : try Bundle.root(kept, size, connection, origin: code)
        let found = try bundle.root(at: known)
        guard expected == found else {
            throw EvidenceError(
                .refused,
                "the history of \(bundle.path) has changed: its first \(known) entries give \(found.shown), those merged earlier "
                    + "\(expected.shown)",
                suggestion: "store \(StoreOrigin.short(origin)) was copied and written to in two places, or rewritten; find out which")
        }
        return last.size >= size
    }

    // MARK: - Entries

    private func merge(_ stored: StoredEntry, _ records: RecordSequence) throws {
        for _ in 0..<stored.entry.count { try merge(try records.next()) }
        try appender.closeEntry()
        guard let here = appender.closed, here.content == stored.entry.content, here.kind == stored.entry.kind else {
            throw EvidenceError(.other, "entry \(stored.entry.sequence) of \(bundle.path) is bound by another digest after merging")
        }
        let name = MergedEntry(
            origin: origin, sequence: stored.entry.sequence, at: stored.entry.at, actor: stored.entry.actor,
            reason: stored.entry.reason, leaf: stored.leaf)
        for name in [name] + (try bundle.earlierNames(ofEntry: stored.entry.sequence)) {
            try refuseSecondWay(name)
            try entries.write(name, here: here.sequence)
        }
        report.entries += 1
    }

    /// The same entry must not come over two stores: its records would count twice.
    private func refuseSecondWay(_ name: MergedEntry) throws {
        let isOwn = try name.origin == StoreOrigin.read(appender.writer.connection)
        guard try isOwn || entries.has(name.sequence, of: name.origin) else { return }
        let owner = isOwn ? "this store" : "store \(StoreOrigin.short(name.origin)), which was merged here before"
        throw EvidenceError(
            .refused, "\(bundle.path) holds entry \(name.sequence) of \(owner)",
            suggestion: "merge every store once and on one way: directly, or as part of one other bundle")
    }

    // MARK: - Records

    private func merge(_ record: StoredRecord) throws {
        let canonical = bundle.pieces.canonicalValues(of: record)
        let values = renumbered(record)
        let column = try record.origin.column(isVouchedFor: voucher != nil && record.isVouchedFor, appender.writer.codes)
        switch try twin(of: record, values) {
        case .none: try appender.append(merged: record, canonical: canonical, values, column: column)
        case .some(let twin):
            let number = try appender.append(merged: record, canonical: canonical, nil, column: column)
            try write(record, number, column, twin)
            report.twins += 1
        }
        report.records += 1
        report.kinds[record.kind.name, default: 0] += 1
    }

    /// The values with numbers of other records as this store counts them.
    private func renumbered(_ record: StoredRecord) -> [FieldValue] {
        var values = record.values
        for position in record.kind.references {
            guard let there = values[position].integer else { continue }
            let new = there >= firstThere ? there - firstThere + firstHere : nil
            values[position] = .integer(new ?? here.number(of: there, from: origin) ?? there)
        }
        return values
    }

    /// The record here that is the same word for word; notes a conflict when one of the same identity is not.
    private func twin(of record: StoredRecord, _ values: [FieldValue]) throws -> Int64? {
        if record.kind === RecordKind.runStart { try checkRun(record) }
        guard case .never = record.kind.change, !record.kind.identity.isEmpty else { return nil }
        var draft = RecordDraft(record.kind)
        draft.values = values
        let stored = try lookup(record.kind).stored(like: draft)
        if let same = stored.first(where: { $0.values == values }) { return same.record }
        if let other = stored.first { conflicts.add(draft.title, buffer.of(other.kind, other.values), buffer.of(record.kind, values)) }
        return nil
    }

    /// The id of a run belongs to one store; a run that goes on has it twice there.
    private func checkRun(_ record: StoredRecord) throws {
        guard let id = record["id"].text,
            let run = try StoredRun.find(id, appender.writer.connection, appender.writer.codes), run.record < firstHere,
            here.piece(of: run.record)?.origin != origin
        else { return }
        conflicts.add("run \"\(id)\"", buffer.of(.runStart, RunCoding.draft(run.header).values), buffer.of(.runStart, record.values))
    }

    private func write(_ record: StoredRecord, _ number: Int64, _ column: Int64, _ twin: Int64) throws {
        let insert = try SQLStatement(
            "INSERT INTO merged_twins (record, kind, origin, salt, twin) VALUES (?, ?, ?, ?, ?)", on: appender.writer.connection)
        insert.bind(1, number)
        insert.bind(2, record.kind.name)
        insert.bind(3, column)
        record.salt.withUnsafeBytes { insert.bind(4, blob: $0) }
        insert.bind(5, twin)
        try insert.run()
    }

    private func lookup(_ kind: RecordKind) throws -> RecordLookup {
        if let lookup = lookups[kind.name] { return lookup }
        let lookup = try RecordLookup(kind, appender.writer)
        lookups[kind.name] = lookup
        return lookup
    }

    // MARK: - Binding

    /// Appends the record that binds the piece, with the head of the origin's ledger.
    private func seal() throws {
        var draft = RecordDraft(.merge)
        draft["originId"] = .text(origin)
        draft["firstEntry"] = .integer(known)
        draft["entries"] = .integer(report.entries)
        draft["firstRecord"] = .integer(firstThere)
        draft["records"] = .integer(report.records)
        draft["size"] = .integer(bundle.head.chain.size)
        draft["root"] = .digest(bundle.head.chain.root)
        draft["trustedBy"] = .text(voucher)
        try appender.append(draft, .recorded)
        try appender.closeEntry()
    }
}

extension FieldValue {
    /// A digest for people.
    fileprivate var shown: String { if case .digest(let digest) = self { digest.description } else { "none" } }
}
