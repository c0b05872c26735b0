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
    private let checkpoint: SignedCheckpoint?
    private let voucher: VerifierKey?
    private var lookups: [String: RecordLookup] = [:]
    private var conflicts = MergeConflicts()
    private var report: MergeReport.Bundle
    private let origins: MergedOriginWriter
    private let arrivals: ErasedArrivals
    private let digests = RecordDigest()
    /// Entries and records that are here already, and where the new records begin here.
    private var known = 0
    private var firstThere: Int64 = 0
    private var firstHere: Int64 = 0

    /// - Parameter keys: whoever they belong to is trusted to have recorded what the records say.
    init(
        _ bundle: Bundle, origin: String, trusting keys: [VerifierKey], _ appender: RecordAppender, _ environment: EvidenceEnvironment
    ) throws {
        self.bundle = bundle
        self.origin = origin
        let signed = try bundle.checkpoint(trusting: keys)
        checkpoint = signed?.note
        voucher = signed?.voucher
        self.appender = appender
        here = try MergedPieces(appender.writer.connection, appender.writer.codes)
        entries = try MergedEntryWriter(appender.writer)
        origins = try MergedOriginWriter(appender.writer.connection)
        arrivals = try ErasedArrivals(appender, environment)
        report = MergeReport.Bundle(file: bundle.path, origin: origin, voucher: voucher?.label)
    }

    /// Takes in what is new.
    ///
    /// - Throws: `EvidenceError` (refused) when histories have parted or records contradict each other.
    func run() throws -> MergeReport.Bundle {
        if try isThisStore() { return report }
        let isKnown = try isKnown()
        report.erasedThere = try erasedThere()
        if isKnown { return report }
        firstThere = try bundle.firstRecord(ofEntry: known)
        firstHere = appender.records
        // After the new records comes the one that binds the piece.
        arrivals.open(erasure: firstHere + bundle.head.records - firstThere + 1)
        let records = try bundle.records(from: firstThere)
        try bundle.forEachEntry(from: known) { try merge($0, records) }
        try conflicts.throwIfAny(bundle.path)
        try origins.finish()
        try seal()
        try arrivals.bind()
        report.erased = arrivals.count
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
        for _ in 0..<stored.entry.count { try merge(try records.next(), in: stored.entry) }
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

    private func merge(_ record: StoredRecord, in entry: LedgerEntry) throws {
        report.records += 1
        report.kinds[record.kind.name, default: 0] += 1
        if try mergeErased(record, in: entry) { return }
        let canonical = try bundle.records.canonical(record)
        let origin = voucher == nil ? .imported : record.origin
        let values = renumbered(record)
        let twin = try twin(of: record, values)
        let number = try appender.append(merged: canonical, twin == nil ? values : nil, origin)
        if origin != canonical.origin { try origins.add(number, column: canonical.origin.column(appender.writer.codes)) }
        if let twin {
            try write(record, number, try origin.column(appender.writer.codes), twin)
            report.twins += 1
        }
    }

    /// Whether the record arrives without its payload; it has been stored then.
    private func mergeErased(_ record: StoredRecord, in entry: LedgerEntry) throws -> Bool {
        let origin = voucher == nil ? .imported : record.origin
        if record.salt.isEmpty {
            guard let leaf = try bundle.erased.leaf(of: record) else {
                throw EvidenceError(.damaged, "record \(record.record) of \(bundle.path) has lost its payload, nothing was merged")
            }
            var commitment: Digest?
            if case .record(let single) = entry.content { commitment = single }
            let nothing = [FieldValue](repeating: .null, count: record.values.count)
            try arrivals.add(record.kind, nothing, leaf: leaf, commitment: commitment, origin)
            return true
        }
        guard try arrivals.wasErasedHere(record.kind, record.values) else { return false }
        let (leaf, commitment) = try digests.leaf(of: bundle.records.canonical(record))
        try arrivals.add(record.kind, record.values, leaf: leaf, commitment: commitment, origin)
        return true
    }

    /// Numbers here of records that came with their payload and were erased in their store since.
    private func erasedThere() throws -> [Int64] {
        try bundle.erased(below: bundle.firstRecord(ofEntry: known)).compactMap { here.number(of: $0, from: origin) }
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
        if let other = stored.first { conflicts.add(draft.title, digests.of(other.kind, other.values), digests.of(record.kind, values)) }
        return nil
    }

    /// The id of a run belongs to one store; a run that goes on has it twice there.
    private func checkRun(_ record: StoredRecord) throws {
        guard let id = record["id"].text,
            let run = try StoredRun.find(id, appender.writer.connection, appender.writer.codes), run.record < firstHere,
            here.piece(of: run.record)?.origin != origin
        else { return }
        conflicts.add("run \"\(id)\"", digests.of(.runStart, RunCoding.draft(run.header).values), digests.of(.runStart, record.values))
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
        draft["checkpoint"] = .text(checkpoint?.description)
        draft["trustedBy"] = .text(voucher?.description)
        try appender.append(draft, .recorded)
        try appender.closeEntry()
    }
}

extension FieldValue {
    /// A digest for people.
    fileprivate var shown: String { if case .digest(let digest) = self { digest.description } else { "none" } }
}
