import RungCrypto
import RungLedger
import RungRedaction
import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Some lines of a file, with the values of those that are plain records.
///
/// A class because it is filled again and again. Two threads hand it to each other; whoever has it alone may change it, and
/// the bytes after its last line stay readable for the other until it comes back.
final class LineBatch: @unchecked Sendable {
    private var bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    /// Where the bytes begin that belong to no whole line yet.
    private var end = 0
    private(set) var lines: [Line] = []
    private var columns: UnsafeMutableBufferPointer<FlatRecord.Column>
    private var salts: UnsafeMutableRawBufferPointer
    /// Why nothing follows this batch; nil when the file has ended, or goes on.
    private(set) var failure: (any Error)?
    private(set) var isLast = false

    /// Bytes that are read at a time.
    private static let piece = 65_536
    /// A shorter line is no plain record: it cannot hold all that one needs.
    private static let shortestPlain = 64

    struct Line {
        fileprivate var start: Int
        fileprivate var count: Int
        /// Nil when it must be read as any other line.
        fileprivate var plain: Plain?
    }

    /// What is known of a plain record.
    fileprivate struct Plain {
        /// Which one it is in the batch.
        var row: Int
        /// Of its identifier.
        var hash: Int64
        var leaf: Digest
    }

    init() {
        bytes = .allocate(capacity: Self.piece * 2)
        columns = .allocate(capacity: 0)
        salts = .allocate(byteCount: 0, alignment: 16)
    }

    deinit {
        bytes.deallocate()
        columns.deallocate()
        salts.deallocate()
    }

    /// The line without its break, valid until the batch is filled again.
    func text(_ line: Line) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[line.start..<line.start + line.count]) }

    /// Lets a record show the values of a plain line; nil for any other line.
    func show(_ line: Line, in record: FlatRecord) -> (hash: Int64, leaf: SaltedLeaf)? {
        guard let plain = line.plain else { return nil }
        record.borrow(row(plain.row, record.kind))
        return (plain.hash, SaltedLeaf(salt: salt(plain.row), digest: plain.leaf))
    }

    private func row(_ row: Int, _ kind: RecordKind) -> UnsafeMutableBufferPointer<FlatRecord.Column> {
        let width = kind.fields.count
        return UnsafeMutableBufferPointer(rebasing: columns[row * width..<(row + 1) * width])
    }

    private func salt(_ row: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: salts[row * 16..<(row + 1) * 16]) }

    // MARK: - Filling

    /// Reads the next lines: the rest of the batch before, and then at least one more unless the file ends.
    func fill(_ descriptor: Int32, after previous: LineBatch?, limit: Int, _ hash: ByteHash?) {
        lines.removeAll(keepingCapacity: true)
        count = 0
        end = 0
        if let previous, previous.end < previous.count {
            let rest = previous.bytes[previous.end..<previous.count]
            reserve(rest.count)
            _ = bytes.update(fromContentsOf: rest)
            count = rest.count
        }
        while !isLast, end == 0 {
            reserve(count + Self.piece)
            let size = read(descriptor, bytes.baseAddress.map { $0 + count }, Self.piece)
            if size < 0, errno == EINTR { continue }
            guard size > 0 else {
                isLast = true
                if size < 0 { failure = LineFile.Unreadable(code: errno) } else if count > 0 { add(0, count, limit) }
                return
            }
            let fresh = bytes[count..<count + size]
            hash?.add(UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: fresh)))
            count += size
            if fresh.contains(10) { split(limit) } else if count > limit { fail(limit) }
        }
    }

    private func reserve(_ capacity: Int) {
        guard capacity > bytes.count else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(capacity, bytes.count * 2))
        _ = larger.update(fromContentsOf: bytes[..<count])
        bytes.deallocate()
        bytes = larger
    }

    private func split(_ limit: Int) {
        guard let base = bytes.baseAddress else { return }
        while end < count, let hit = memchr(base + end, 10, count - end) {
            let stop = UnsafeMutablePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            guard add(end, stop - end, limit) else { return }
            if stop > end, base[stop - 1] == 13 { lines[lines.count - 1].count -= 1 }
            end = stop + 1
        }
        if failure == nil, count - end > limit { fail(limit) }
    }

    @discardableResult
    private func add(_ start: Int, _ count: Int, _ limit: Int) -> Bool {
        guard count <= limit else {
            fail(limit)
            return false
        }
        lines.append(Line(start: start, count: count))
        return true
    }

    private func fail(_ limit: Int) {
        failure = LineScanner.LineTooLong(limit: limit)
        isLast = true
    }

    // MARK: - Plain records

    /// Reads the lines that are plain records, and binds each with a salt of its own.
    func parse(_ reader: inout PlainReader) {
        let kind = reader.parser.record.kind
        let rows = count / Self.shortestPlain + 1
        if salts.count < rows * 16 {
            columns.deallocate()
            columns = .allocate(capacity: rows * kind.fields.count)
            columns.initialize(repeating: .absent)
            salts.deallocate()
            salts = .allocate(byteCount: rows * 16, alignment: 16)
        }
        var next = 0
        for index in lines.indices where lines[index].count >= Self.shortestPlain {
            let record = reader.parser.record
            record.borrow(row(next, kind))
            guard reader.parser.parse(text(lines[index])), reader.redaction.isClean(record) else { continue }
            let leaf = reader.leaf(salt: UnsafeMutableRawBufferPointer(rebasing: salts[next * 16..<(next + 1) * 16]))
            let hash = InteractionIdentifier.hash(record.columns[InteractionFacts.idPosition].text)
            lines[index].plain = Plain(row: next, hash: hash, leaf: leaf)
            next += 1
        }
    }
}

/// What reading plain interactions needs. Not copyable, because it owns memory.
struct PlainReader: ~Copyable {
    let parser: FlatParser
    let redaction: RecordRedaction
    private let origin: RecordOrigin
    private var salts: SaltSource
    private var payload = PayloadBuffer()

    /// - Parameters:
    ///   - now: no time may be later.
    ///   - origin: what the records count as.
    init(now: Timestamp, redactor: Redactor, origin: RecordOrigin, _ salts: SaltSource) {
        parser = FlatParser(.interaction, now: now)
        redaction = RecordRedaction(redactor)
        self.origin = origin
        self.salts = salts
    }

    /// Fills in the next salt and returns the leaf of the record at hand.
    fileprivate mutating func leaf(salt: UnsafeMutableRawBufferPointer) -> Digest {
        salts.next { salt.copyMemory(from: $0) }
        payload.leaf(parser.record, origin, salt: UnsafeRawBufferPointer(salt))
        return Merkle.leaf(prefixed: payload.bytes)
    }
}
