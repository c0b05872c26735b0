import RungCrypto
import RungLedger

/// Verifies what came from other stores: their ledgers are computed again from what this store keeps of them.
///
/// A class because it owns statements.
final class MergedLedgers {
    private let pieces: MergedPieces
    private let records: MergedRecords
    private let connection: OpaquePointer
    private let codes: CodeBook
    private var twinsFound: Int64 = 0
    private var originsFound: Int64 = 0
    /// Why it is not known what came from other stores.
    private var damage: String?

    init(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        self.connection = connection
        self.codes = codes
        do {
            pieces = try MergedPieces(connection, codes)
        } catch let error as EvidenceError where error.kind == .damaged {
            pieces = MergedPieces()
            damage = error.message
        }
        records = try MergedRecords(pieces, connection, codes)
    }

    /// Whether everything was recorded here, and is known to be.
    var isEmpty: Bool { pieces.isEmpty && damage == nil }

    /// The record as it was in the store in which it was recorded first.
    func canonical(_ record: StoredRecord) throws -> StoredRecord { pieces.isEmpty ? record : try records.canonical(record) }

    /// What is wrong with how far a record is believed; nil when nothing is.
    func fault(in record: StoredRecord) throws -> String? {
        guard let piece = pieces.piece(of: record.record), !piece.isVouchedFor else { return nil }
        if try records.isTold(record.record) { originsFound += 1 }
        return record.origin == .imported ? nil : "record \(record.record) counts for more than its origin is trusted"
    }

    /// A record that shares its values with another one; nil when there is none of this number.
    func twin(_ record: Int64) throws -> StoredRecord? {
        guard let twin = try records.twin(record) else { return nil }
        twinsFound += 1
        return twin
    }

    /// What is wrong with the kept ledgers, after all records were read; nil when nothing is.
    func fault() throws -> String? {
        if let damage { return damage }
        let twinCount = try EvidenceDatabase.integer("SELECT COUNT(*) FROM merged_twins", on: connection) ?? 0
        if twinCount != twinsFound { return "\(twinCount - twinsFound) records without values of their own belong to no entry" }
        let originCount = try EvidenceDatabase.integer("SELECT SUM(count) FROM merged_origins", on: connection) ?? 0
        if originCount != originsFound {
            return "the origin of \(originCount) records of other stores is kept, \(originsFound) of them are here"
        }
        for origin in pieces.origins {
            if let reason = try fault(inLedgerOf: origin) { return "the ledger of store \(StoreOrigin.short(origin)): \(reason)" }
        }
        let rows = try EvidenceDatabase.integer("SELECT COUNT(*) FROM merged_entries", on: connection) ?? 0
        let bound = pieces.pieces.reduce(0) { $0 + $1.entries }
        return rows == bound ? nil : "\(rows) entries of other stores are kept, \(bound) are bound"
    }

    private func fault(inLedgerOf origin: String) throws -> String? {
        guard let code = try codes.existingCode(of: origin) else { return "its name is gone" }
        var chain = LedgerChain()
        var there: Int64 = 0
        let select = try SQLStatement(Self.entries, on: connection)
        select.bind(1, code)
        defer { select.reset() }
        for piece in pieces.pieces(of: origin).sorted(by: { $0.firstEntry < $1.firstEntry }) {
            guard piece.firstEntry == chain.size, there == piece.first - piece.offset else {
                return "a piece begins at entry \(piece.firstEntry), expected \(chain.size)"
            }
            for _ in 0..<piece.entries {
                guard try select.step() else { return "entry \(chain.size) is missing" }
                guard var stored = StoredEntry(select) else { return "entry \(chain.size) has columns that cannot be an entry" }
                stored.entry.previous = chain.last
                guard stored.firstRecord == there + piece.offset else { return "entry \(chain.size) is kept with other records" }
                let sequence = chain.size
                if let found = chain.accept(stored.entry, leaf: stored.leaf) { return "entry \(sequence): \(found)" }
                there += Int64(stored.entry.count)
            }
            guard .digest(chain.root) == piece.root, there == piece.nextThere else {
                return "its first \(chain.size) entries do not give the root that was merged"
            }
        }
        return nil
    }

    /// Columns as `StoredEntry` reads them; the link to the entry before follows from the order.
    private static let entries = """
        SELECT m.sequence, e.first_record, e.kind, m.at, m.actor, m.reason, e.commitment, e.batch_kinds, e.batch_root, NULL, m.leaf
        FROM merged_entries m JOIN ledger_entries e ON e.sequence = m.entry WHERE m.origin_id = ? ORDER BY m.sequence
        """
}
