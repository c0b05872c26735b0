/// Reads `text/event-stream` as the WHATWG standard has it, from chunks cut anywhere.
///
/// Lines end with LF, CR or CRLF; one byte order mark at the start is skipped; comments and unknown fields are passed over but
/// stay in their block. What comes out does not depend on how the stream was cut into chunks: where a blank line ends with a CR
/// at the end of a chunk, its block waits for the next byte. Memory is bounded by the longest block allowed.
///
/// See https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
public struct ServerSentEventParser: Sendable {
    /// Longest block in bytes before `push` throws.
    public let limit: Int
    /// Bytes of the block that is not complete yet.
    private var pending: [UInt8] = []
    /// Where `pending` starts in the stream.
    private var offset = 0
    /// How many bytes of `pending` were looked at.
    private var scanned = 0
    /// Where the line that is being looked at starts in `pending`.
    private var lineStart = 0
    private var lastID: String?
    private var failure: WireProblem?

    public init(limit: Int = WireLimits.eventBytes) { self.limit = limit }

    /// Takes a chunk and gives the blocks that it completed, in their order.
    ///
    /// - Throws: `WireProblem` for a block that is longer than allowed, once the blocks before it were given; every later call throws
    ///   the same.
    public mutating func push(_ chunk: some Collection<UInt8>) throws(WireProblem) -> [ServerSentBlock] {
        if let failure { throw failure }
        pending.append(contentsOf: chunk)
        var blocks: [ServerSentBlock] = []
        var start = 0
        while let end = nextBlankLine(isAtEnd: false) {
            guard end - start <= limit else { return try refuse(at: offset + start, after: blocks) }
            blocks.append(block(start..<end, isComplete: true))
            start = end
        }
        drop(start)
        return pending.count > limit ? try refuse(at: offset, after: blocks) : blocks
    }

    /// Ends the stream and gives what is left: nothing, the last block, or one that the end cut off and that has no event.
    public mutating func finish() throws(WireProblem) -> ServerSentBlock? {
        if let failure { throw failure }
        guard !pending.isEmpty else { return nil }
        let isComplete = nextBlankLine(isAtEnd: true) != nil
        let last = block(0..<pending.count, isComplete: isComplete)
        drop(pending.count)
        return last
    }

    /// All blocks of a stream that is at hand as a whole, the one cut off at its end among them.
    public static func blocks(of bytes: [UInt8], limit: Int = WireLimits.eventBytes) throws(WireProblem) -> [ServerSentBlock] {
        var parser = ServerSentEventParser(limit: limit)
        let blocks = try parser.push(bytes)
        guard let last = try parser.finish() else { return blocks }
        return blocks + [last]
    }

    // MARK: - Lines

    /// The index behind the next blank line in `pending`; nil where more bytes are needed to know.
    private mutating func nextBlankLine(isAtEnd: Bool) -> Int? {
        if offset == 0, lineStart == 0, scanned == 0 {
            let mark = ServerSentLine.byteOrderMark
            if pending.count < mark.count, !isAtEnd, mark.starts(with: pending) { return nil }
            if pending.starts(with: mark) {
                scanned = mark.count
                lineStart = mark.count
            }
        }
        while let hit = pending[scanned...].firstIndex(where: { $0 == 10 || $0 == 13 }) {
            var next = hit + 1
            if pending[hit] == 13 {
                guard next < pending.count || isAtEnd else {
                    scanned = hit
                    return nil
                }
                if next < pending.count, pending[next] == 10 { next += 1 }
            }
            let isBlank = hit == lineStart
            scanned = next
            lineStart = next
            if isBlank { return next }
        }
        scanned = pending.count
        return nil
    }

    private mutating func block(_ range: Range<Int>, isComplete: Bool) -> ServerSentBlock {
        var block = ServerSentBlock(bytes: Array(pending[range]), offset: offset + range.lowerBound)
        var name: String?
        var data: [UInt8]?
        for line in ServerSentLine.all(of: block.bytes, isFirstOfStream: block.offset == 0) {
            let value = block.bytes[line.value]
            switch line.field(in: block.bytes) {
            case .data:
                // In place: an event may have millions of lines.
                if data == nil { data = Array(value) } else { data?.append(10); data?.append(contentsOf: value) }
            case .event: name = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
            case .id: if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
            case .retry: block.retryMs = Self.digits(value) ?? block.retryMs
            case nil: break
            }
        }
        if isComplete, let data { block.event = ServerSentEvent(name: name, data: data, id: lastID) }
        return block
    }

    private static func digits(_ value: ArraySlice<UInt8>) -> Int? {
        guard value.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(String(decoding: value, as: UTF8.self))
    }

    private mutating func drop(_ count: Int) {
        pending.removeFirst(count)
        offset += count
        scanned -= count
        lineStart -= count
    }

    private mutating func refuse(at offset: Int, after blocks: [ServerSentBlock]) throws(WireProblem) -> [ServerSentBlock] {
        let problem = WireProblem("an event of the stream is longer than \(limit) bytes", at: offset)
        failure = problem
        pending = []
        guard !blocks.isEmpty else { throw problem }
        return blocks
    }
}
