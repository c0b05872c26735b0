/// One line of a stream of JSON Lines.
public struct JSONLineBlock: Sendable, Equatable {
    /// The bytes as they came, with the line break where there was one.
    public var bytes: [UInt8]
    /// Where the first of them stood in the stream.
    public var offset: Int

    /// The line without its break; empty for a blank line.
    public var text: ArraySlice<UInt8> {
        var end = bytes.count
        while end > 0, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
        return bytes[..<end]
    }
}

/// Cuts a stream of JSON Lines (`application/x-ndjson`) into its lines, from chunks cut anywhere.
///
/// The lines joined are the stream, byte for byte. Memory is bounded by the longest line allowed.
public struct JSONLinesParser: Sendable {
    /// Longest line in bytes before `push` throws.
    public let limit: Int
    private var pending: [UInt8] = []
    private var offset = 0
    private var failure: WireProblem?

    public init(limit: Int = WireLimits.eventBytes) { self.limit = limit }

    /// Takes a chunk and gives the lines that it completed.
    ///
    /// - Throws: `WireProblem` for a line that is longer than allowed, once the lines before it were given; every later call throws
    ///   the same.
    public mutating func push(_ chunk: some Collection<UInt8>) throws(WireProblem) -> [JSONLineBlock] {
        if let failure { throw failure }
        var scanned = pending.count
        pending.append(contentsOf: chunk)
        var lines: [JSONLineBlock] = []
        var start = 0
        while let hit = pending[scanned...].firstIndex(of: 10) {
            guard hit + 1 - start <= limit else { return try refuse(at: offset + start, after: lines) }
            lines.append(JSONLineBlock(bytes: Array(pending[start...hit]), offset: offset + start))
            start = hit + 1
            scanned = start
        }
        pending.removeFirst(start)
        offset += start
        return pending.count > limit ? try refuse(at: offset, after: lines) : lines
    }

    /// Ends the stream and gives its last line where no line break ended it.
    public mutating func finish() throws(WireProblem) -> JSONLineBlock? {
        if let failure { throw failure }
        guard !pending.isEmpty else { return nil }
        let last = JSONLineBlock(bytes: pending, offset: offset)
        offset += pending.count
        pending = []
        return last
    }

    private mutating func refuse(at offset: Int, after lines: [JSONLineBlock]) throws(WireProblem) -> [JSONLineBlock] {
        let problem = WireProblem("a line of the stream is longer than \(limit) bytes", at: offset)
        failure = problem
        pending = []
        guard !lines.isEmpty else { throw problem }
        return lines
    }
}
