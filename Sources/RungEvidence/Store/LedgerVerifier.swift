import GRDBSQLite
import RungCore
import RungCrypto
import RungLedger
import RungText

extension EvidenceStore {
    /// Reads the whole ledger and every record behind it, and recomputes all that was stored about them: sequence, links,
    /// leaf hashes, commitments, the tree and its head, and the counts and roll-ups that are kept beside the records.
    ///
    /// - Throws: `EvidenceError` when the file cannot be read; a broken ledger is a result, not an error.
    public func verify() throws(EvidenceError) -> LedgerVerification { try verify(onTwoThreadsFrom: 100_000) }

    /// - Parameter records: from so many on, a second thread builds the roll-ups while this one reads the ledger.
    func verify(onTwoThreadsFrom records: Int64) throws(EvidenceError) -> LedgerVerification {
        let side = try SideRollupAudit(database, from: records)
        defer { side?.wait() }
        return try read { try LedgerVerification.of($0, side) }
    }
}

extension LedgerVerification {
    /// Verifies what a connection sees.
    ///
    /// - Parameter side: what holds the roll-ups against the records meanwhile; nil when nothing does.
    static func of(_ connection: OpaquePointer, _ side: SideRollupAudit? = nil) throws -> LedgerVerification {
        var verifier = try LedgerVerifier(connection, side)
        return try verifier.run()
    }
}

/// One pass over entries and records.
private struct LedgerVerifier: ~Copyable {
    private let connection: OpaquePointer
    private var chain = LedgerChain()
    private var streams: [RecordStream]
    private var current = 0
    private var nextRecord: Int64 = 0
    private var payload = PayloadBuffer()
    private var batch = MerkleFrontier()
    private let merged: MergedLedgers
    private let erased: ErasedRecords
    private let words: QuotedWords
    private let classes: ClassAudit
    private let side: SideRollupAudit?
    private var erasedCount = 0
    /// The last record that shares its values with another one.
    private var takenTwin: Int64 = -1

    init(_ connection: OpaquePointer, _ side: SideRollupAudit?) throws {
        let codes = try CodeBook(connection, .readOnly)
        let merged = try MergedLedgers(connection, codes)
        let erased = try ErasedRecords(connection)
        let classes = try ClassAudit(connection)
        let streams = try RecordCatalog.all.map { try RecordStream(RecordReader($0, connection, codes)) }
        self.connection = connection
        self.side = side
        self.merged = merged
        self.erased = erased
        self.classes = classes
        words = QuotedWords(codes)
        self.streams = streams
    }

    mutating func run() throws -> LedgerVerification {
        let select = try SQLStatement("SELECT \(StoredEntry.columns) FROM ledger_entries ORDER BY sequence", on: connection)
        defer { select.reset() }
        while try select.step() {
            if let reason = try fault(in: select) { return try result(.init(entry: chain.size, reason: reason)) }
        }
        if let damage = streams.compactMap(\.damage).first { return try result(.init(entry: nil, reason: damage)) }
        if let stray = streams.first(where: { $0.number != nil }), let record = stray.number {
            let reason = "record \(record) of \(stray.kind.table) belongs to no entry"
            return try result(.init(entry: nil, reason: reason))
        }
        let whole = try result(nil)
        guard whole.isIntact else { return whole }
        let aside =
            try merged.fault() ?? ErasedRecords.fault(connection) ?? CheckpointTable.fault(connection) ?? RowSeal.fault(connection)
            ?? FileStructure.fault(connection) ?? classes.rest ?? rollupFault()
        return try result(aside.map { .init(entry: nil, reason: $0) })
    }

    private func rollupFault() throws -> String? {
        if let side, let audit = side.wait(), try audit.head == StoredHead.read(connection) { return audit.fault }
        return try RollupAudit.fault(connection)
    }

    // MARK: - Entries

    private mutating func fault(in row: SQLStatement) throws -> String? {
        guard let stored = StoredEntry(row) else { return "its columns cannot be an entry" }
        guard stored.firstRecord == nextRecord else {
            return "its records begin at \(stored.firstRecord), expected \(nextRecord)"
        }
        var chain = self.chain
        if let found = chain.accept(stored.entry, leaf: stored.leaf) { return found.description }
        if let reason = try fault(inRecordsOf: stored.entry) ?? classes.fault(entry: stored.entry.sequence) { return reason }
        self.chain = chain
        return nil
    }

    private mutating func fault(inRecordsOf entry: LedgerEntry) throws -> String? {
        batch.removeAll()
        var kinds: [Int] = [Int](repeating: 0, count: streams.count)
        var first: Digest?
        let needsCommitment = entry.count == 1
        for _ in 0..<entry.count {
            if merged.isEmpty, let stream = stream(at: nextRecord), let taken = try streams[stream].takeLeaf(into: &payload, words) {
                classes.add(streams[stream].kind, origin: taken.origin, seconds: taken.seconds ?? entry.at.seconds)
                kinds[stream] += 1
                if needsCommitment { first = Commitment.digest(saltedPayload: payload.saltedPayload) }
                batch.append(Merkle.leaf(prefixed: payload.bytes))
                nextRecord += 1
                continue
            }
            guard let record = try take() else {
                return streams.compactMap(\.damage).first ?? "record \(nextRecord) is missing"
            }
            if let reason = try merged.fault(in: record) { return reason }
            kinds[current] += 1
            if record.salt.isEmpty {
                guard let leaf = try erased.leaf(of: record) else {
                    return "record \(nextRecord) has lost its payload, and no erasure tells why"
                }
                if !isTwin(record), record.values.contains(where: { !$0.isNull }) {
                    return "record \(nextRecord) was erased and holds values again"
                }
                if entry.count == 1, case .record(let commitment) = entry.content { first = commitment }
                batch.append(leaf)
                if !isTwin(record) { classes.addErased(record.kind, origin: streams[current].taken.origin) }
                erasedCount += 1
                nextRecord += 1
                continue
            }
            if !isTwin(record) {
                classes.add(
                    record.kind, origin: streams[current].taken.origin, seconds: streams[current].taken.seconds ?? entry.at.seconds)
            }
            let origin = try merged.canonical(record)
            origin.salt.withUnsafeBytes { payload.leaf(origin.kind, origin.values, origin.origin, salt: $0) }
            if first == nil { first = Commitment.digest(saltedPayload: payload.saltedPayload) }
            batch.append(Merkle.leaf(prefixed: payload.bytes))
            nextRecord += 1
        }
        switch entry.content {
        case .record(let commitment):
            return commitment == first ? nil : "record \(nextRecord - 1) is not what the entry commits to"
        case .batch(let stored):
            guard stored.root == batch.root else {
                return "records \(nextRecord - Int64(entry.count)) to \(nextRecord - 1) are not what the entry commits to"
            }
            let counted = zip(streams, kinds).filter { $0.1 > 0 }.map { ($0.0.kind.name, $0.1) }
            return Dictionary(counted) { $0 + $1 } == stored.kinds ? nil : "its counts by kind are not those of its records"
        }
    }

    /// Whether the values of a record are those of another one.
    private func isTwin(_ record: StoredRecord) -> Bool { takenTwin == record.record }

    /// Which table holds the record with a number; nil when none does.
    private mutating func stream(at number: Int64) -> Int? {
        if streams[current].number == number { return current }
        guard let index = streams.firstIndex(where: { $0.number == number }) else { return nil }
        current = index
        return index
    }

    /// The record with the next number, from whichever table holds it.
    private mutating func take() throws -> StoredRecord? {
        guard let stream = stream(at: nextRecord) else { return try takeTwin() }
        return try streams[stream].take()
    }

    /// A record that shares its values with another one.
    private mutating func takeTwin() throws -> StoredRecord? {
        guard let twin = try merged.twin(nextRecord), let index = streams.firstIndex(where: { $0.kind === twin.kind }) else { return nil }
        current = index
        takenTwin = twin.record
        return twin
    }

    // MARK: - Head

    private func result(_ failure: LedgerVerification.Failure?) throws -> LedgerVerification {
        let head: StoredHead
        do {
            head = try StoredHead.read(connection)
        } catch let error as EvidenceError where error.kind == .damaged {
            let computed = LedgerHead(size: chain.size, root: chain.root)
            let failure = failure ?? .init(entry: nil, reason: error.message)
            return LedgerVerification(head: computed, entries: chain.size, records: Int(nextRecord), erased: erasedCount, failure: failure)
        }
        var failure = failure
        if failure == nil, head != StoredHead(chain: chain, records: nextRecord) {
            failure = .init(
                entry: nil,
                reason: "it says \(head.chain.size) entries and \(head.records) records, found \(chain.size) and \(nextRecord)")
        }
        return LedgerVerification(head: head.ledger, entries: chain.size, records: Int(nextRecord), erased: erasedCount, failure: failure)
    }
}

/// The records of one table, in order. A class because it is changed in place within an array.
private final class RecordStream {
    let kind: RecordKind
    private let reader: RecordReader
    /// What is wrong with the record at hand.
    private(set) var damage: String?
    /// Of the record that was taken last: the column `origin`, and when it happened if it says so.
    private(set) var taken: (origin: Int64, seconds: Int64?) = (0, nil)

    init(_ reader: RecordReader) throws {
        kind = reader.kind
        self.reader = reader
        _ = try reader.advance()
    }

    /// The record at hand; nil after the last.
    var number: Int64? { reader.number }

    /// The record at hand; goes on to the next. Nil for one that cannot be read.
    func take() throws -> StoredRecord? {
        do {
            let record = try reader.record()
            try goOn()
            return record
        } catch let error as EvidenceError where error.kind == .damaged {
            damage = error.message
            return nil
        }
    }

    /// Puts the leaf of the record at hand into a buffer and goes on to the next; nil, and nothing else, for a record that was
    /// erased or cannot be read.
    func takeLeaf(into payload: inout PayloadBuffer, _ words: QuotedWords) throws -> (origin: Int64, seconds: Int64?)? {
        do {
            guard !reader.isErased else { return nil }
            try reader.leaf(into: &payload, words)
            try goOn()
            return taken
        } catch let error as EvidenceError where error.kind == .damaged {
            return nil
        }
    }

    private func goOn() throws {
        taken = (reader.originColumn, reader.seconds)
        _ = try reader.advance()
    }
}
