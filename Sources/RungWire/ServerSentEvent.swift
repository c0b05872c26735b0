/// One event of a stream of `text/event-stream`.
public struct ServerSentEvent: Sendable, Equatable {
    /// What the `event` field says; nil where it says nothing, which means `message`.
    public var name: String?
    /// The values of the `data` fields, joined with line feeds. Mostly JSON; nobody has checked that it is UTF-8.
    public var data: [UInt8]
    /// The last `id` that the stream gave up to this event; nil where it gave none.
    public var id: String?

    public init(name: String? = nil, data: [UInt8], id: String? = nil) {
        self.name = name
        self.data = data
        self.id = id
    }
}

/// The bytes of a stream up to and with a blank line: an event as it was sent, or comments, or nothing but the blank line.
///
/// The blocks of a stream, joined, are the stream, byte for byte; so a stream can be read, changed and joined block by block.
public struct ServerSentBlock: Sendable, Equatable {
    /// The bytes as they came, with the blank line that ends the block.
    public var bytes: [UInt8]
    /// Where the first of them stood in the stream.
    public var offset: Int
    /// What the block dispatches; nil for comments, for fields without data, and for a block that the stream's end cut off.
    public var event: ServerSentEvent?
    /// What a `retry` field says, in milliseconds.
    public var retryMs: Int?

    /// The places of the bytes in the stream.
    public var range: Range<Int> { offset..<offset + bytes.count }

    /// The bytes with other data; names, ids, comments and line breaks stay as they were.
    ///
    /// Each line of the new data becomes a field where the first `data` field stood; a block without one does not change.
    public func bytes(replacingDataWith data: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + data.count)
        var isWritten = false
        for line in ServerSentLine.all(of: bytes, isFirstOfStream: offset == 0) {
            guard line.field(in: bytes) == .data else {
                result += bytes[line.whole]
                continue
            }
            if !isWritten { result += Self.fields(for: data, like: line, in: bytes) }
            isWritten = true
        }
        return result
    }

    private static func fields(for data: [UInt8], like line: ServerSentLine, in bytes: [UInt8]) -> [UInt8] {
        let hasSpace = line.value.lowerBound > line.name.upperBound + 1
        let lineBreak = line.whole.upperBound > line.value.upperBound ? Array(bytes[line.value.upperBound..<line.whole.upperBound]) : [10]
        var result = Array(bytes[line.whole.lowerBound..<line.name.lowerBound])
        for part in data.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 10 || $0 == 13 }) {
            result += "data:".utf8
            // A reader takes one space off; a value that starts with one needs another before it.
            if hasSpace || part.first == 0x20 { result.append(0x20) }
            result += part
            result += lineBreak
        }
        return result
    }
}
