/// The pieces of other stores' ledgers that this store holds, and how their records are counted here and there.
///
/// A piece lies directly before the record of the kind `merge` that binds it. Pieces nest, when a store that has merged
/// others is merged itself.
struct MergedPieces {
    /// Records of one origin that came at once; they have consecutive numbers there and here.
    struct Piece {
        /// Digest of the first entry of the store that it comes from, as text.
        var origin: String
        /// Number of the first record here.
        var first: Int64
        /// How many records.
        var count: Int64
        /// Number here less number there.
        var offset: Int64
        /// Sequence of the first entry in the origin's ledger, and how many.
        var firstEntry: Int
        var entries: Int
        /// Merkle root of the origin's ledger after the piece.
        var root: FieldValue
        /// Whether a trusted key vouches for it and for every piece around it.
        var isVouchedFor: Bool

        /// Numbers of the records here.
        var range: Range<Int64> { first..<first + count }
        /// Entries of the origin's ledger after the piece.
        var size: Int { firstEntry + entries }
        /// The number that the next record of the origin has there.
        var nextThere: Int64 { first + count - offset }
    }

    /// From left to right, a piece that holds others before them.
    private(set) var pieces: [Piece] = []
    /// Where another piece becomes the innermost one; sorted.
    private var borders: [(start: Int64, piece: Int?)] = []
    private var byOrigin: [String: [Int]] = [:]

    /// None.
    init() {}

    init(_ connection: OpaquePointer, _ codes: CodeBook) throws {
        let reader = try RecordReader(.merge, connection, codes)
        while let record = try reader.next() {
            guard let piece = Piece(record) else {
                throw EvidenceError(.damaged, "record \(record.record) of merge_records has impossible values")
            }
            pieces.append(piece)
        }
        pieces.sort { ($0.first, -$0.count) < ($1.first, -$1.count) }
        nest()
        for (index, piece) in pieces.enumerated() { byOrigin[piece.origin, default: []].append(index) }
    }

    var isEmpty: Bool { pieces.isEmpty }
    /// The stores that the pieces come from, sorted.
    var origins: [String] { byOrigin.keys.sorted() }

    /// The pieces of an origin in the order in which they came.
    func pieces(of origin: String) -> [Piece] { (byOrigin[origin] ?? []).map { pieces[$0] } }

    /// The innermost piece that a record belongs to; nil for records of this store.
    func piece(of record: Int64) -> Piece? {
        guard !pieces.isEmpty else { return nil }
        var low = 0
        var high = borders.count
        while low < high {
            let middle = (low + high) / 2
            if borders[middle].start <= record { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : borders[low - 1].piece.map { pieces[$0] }
    }

    /// The values that the digest of a record is made of: numbers of other records are those of its origin.
    func canonicalValues(of record: StoredRecord) -> [FieldValue] {
        let references = record.kind.references
        guard !references.isEmpty, let piece = piece(of: record.record) else { return record.values }
        var values = record.values
        for position in references {
            guard let number = values[position].integer, let holder = holder(of: number, piece.origin) else { continue }
            values[position] = .integer(number - holder.offset)
        }
        return values
    }

    /// The piece of an origin that holds a record.
    private func holder(of record: Int64, _ origin: String) -> Piece? {
        byOrigin[origin]?.lazy.map { pieces[$0] }.last { $0.range.contains(record) }
    }

    /// The number here of a record that its origin calls `there`; nil when it is not here.
    func number(of there: Int64, from origin: String) -> Int64? {
        byOrigin[origin]?.lazy.map { pieces[$0] }.last { $0.range.contains(there + $0.offset) }.map { there + $0.offset }
    }

    // MARK: - Nesting

    private mutating func nest() {
        var open: [Int] = []
        for index in pieces.indices {
            close(&open, before: pieces[index].first)
            if let outer = open.last, !pieces[outer].isVouchedFor { pieces[index].isVouchedFor = false }
            open.append(index)
            set(index, from: pieces[index].first)
        }
        close(&open, before: .max)
    }

    private mutating func close(_ open: inout [Int], before start: Int64) {
        while let last = open.last, pieces[last].range.upperBound <= start {
            open.removeLast()
            set(open.last, from: pieces[last].range.upperBound)
        }
    }

    private mutating func set(_ piece: Int?, from start: Int64) {
        if borders.last?.start == start { borders.removeLast() }
        borders.append((start, piece))
    }
}

extension MergedPieces.Piece {
    /// Nil for a record that no merge writes.
    init?(_ record: StoredRecord) {
        guard let origin = record["originId"].text, let count = record["records"].integer, let there = record["firstRecord"].integer,
            let firstEntry = record["firstEntry"].integer, let entries = record["entries"].integer, case .digest = record["root"],
            count > 0, count <= record.record, there >= 0, firstEntry >= 0, entries > 0, entries <= count
        else { return nil }
        self.origin = origin
        first = record.record - count
        self.count = count
        offset = first - there
        self.firstEntry = Int(firstEntry)
        self.entries = Int(entries)
        root = record["root"]
        isVouchedFor = !record["trustedBy"].isNull
    }
}
