import RungRedaction
import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads the lines of a file on a thread of its own, and the plain interactions among them, a few batches ahead of whoever
/// stores them.
struct LinesAhead {
    var path: String
    var lineLimit: Int
    /// Is shown every byte that is read; nil when nobody wants to know.
    var hash: ByteHash?
    /// No time may be later.
    var now: Timestamp
    var redactor: Redactor
    /// What interactions of the file count as.
    var origin: RecordOrigin
    var salts: SaltSource

    /// Batches that are read before the first of them is used up.
    private static let ahead = 4

    /// Calls `body` with each line in its order.
    ///
    /// - Throws: `InvalidInput` when the file cannot be read, `LineScanner.LineTooLong`, and what `body` throws.
    func forEach(_ body: (LineBatch, LineBatch.Line) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LineFile.Unreadable(code: errno).error(path) }
        let filled = Handover<LineBatch>()
        let free = Handover<LineBatch>()
        defer {
            filled.close()
            free.close()
        }
        for _ in 0..<Self.ahead { free.put(LineBatch()) }
        let work = Work(descriptor: descriptor, lines: self)
        do { try SideThread.start { work.run(filled, free) } } catch {
            close(descriptor)
            throw error
        }
        while let batch = filled.take() {
            for line in batch.lines { try body(batch, line) }
            if let unreadable = batch.failure as? LineFile.Unreadable { throw unreadable.error(path) }
            if let failure = batch.failure { throw failure }
            free.put(batch)
        }
    }

    /// What the thread works with; nobody else touches it meanwhile.
    private struct Work: @unchecked Sendable {
        var descriptor: Int32
        var lines: LinesAhead

        func run(_ filled: Handover<LineBatch>, _ free: Handover<LineBatch>) {
            defer {
                close(descriptor)
                filled.close()
            }
            var reader = PlainReader(now: lines.now, redactor: lines.redactor, origin: lines.origin, lines.salts)
            var previous: LineBatch?
            while let batch = free.take() {
                batch.fill(descriptor, after: previous, limit: lines.lineLimit, lines.hash)
                batch.parse(&reader)
                let isLast = batch.isLast
                previous = batch
                filled.put(batch)
                if isLast { return }
            }
        }
    }
}
