/// One event of a stream, whatever its framing.
public struct WireEvent: Sendable, Equatable {
    /// The name that the framing gives it; nil where it gives none.
    public var name: String?
    public var data: [UInt8]
    /// Whether the framing itself says that it is a failure.
    public var isFailure: Bool

    public init(name: String? = nil, data: [UInt8], isFailure: Bool = false) {
        self.name = name
        self.data = data
        self.isFailure = isFailure
    }
}

/// Some bytes of a stream with the event that they are. The blocks of a stream, joined, are the stream.
public struct WireBlock: Sendable, Equatable {
    public var bytes: [UInt8]
    /// Where the first of them stood in the stream.
    public var offset: Int
    /// Nil for comments, blank lines, and what the end of the stream cut off.
    public var event: WireEvent?

    public init(bytes: [UInt8], offset: Int, event: WireEvent? = nil) {
        self.bytes = bytes
        self.offset = offset
        self.event = event
    }
}

/// Cuts a stream into events, in any framing and from chunks cut anywhere. A plain body is one event, at its end.
public struct WireStreamParser: Sendable {
    private var parser: any BlockParser

    /// - Parameter limit: longest event in bytes; a longer one is a `WireProblem`.
    public init(_ framing: WireFraming, limit: Int = WireLimits.eventBytes) {
        parser =
            switch framing {
            case .plain: PlainBody(limit: limit)
            case .serverSentEvents: ServerSentEventParser(limit: limit)
            case .jsonLines: JSONLinesParser(limit: limit)
            case .awsEventStream: AWSEventStreamParser(limit: limit)
            }
    }

    /// Takes a chunk and gives the blocks that it completed.
    public mutating func push(_ chunk: [UInt8]) throws(WireProblem) -> [WireBlock] { try parser.blocks(of: chunk) }

    /// Ends the stream and gives what is left of it; nil where nothing is.
    public mutating func finish() throws(WireProblem) -> WireBlock? { try parser.lastBlock() }
}

/// A parser of one framing.
private protocol BlockParser: Sendable {
    mutating func blocks(of chunk: [UInt8]) throws(WireProblem) -> [WireBlock]
    mutating func lastBlock() throws(WireProblem) -> WireBlock?
}

/// A body that is one event.
private struct PlainBody: BlockParser {
    let limit: Int
    private var bytes: [UInt8] = []
    private var failure: WireProblem?

    init(limit: Int) { self.limit = limit }

    mutating func blocks(of chunk: [UInt8]) throws(WireProblem) -> [WireBlock] {
        if let failure { throw failure }
        bytes += chunk
        guard bytes.count > limit else { return [] }
        let problem = WireProblem("the body is longer than \(limit) bytes", at: 0)
        failure = problem
        bytes = []
        throw problem
    }

    mutating func lastBlock() throws(WireProblem) -> WireBlock? {
        if let failure { throw failure }
        defer { bytes = [] }
        return bytes.isEmpty ? nil : WireBlock(bytes: bytes, offset: 0, event: WireEvent(data: bytes))
    }
}

extension ServerSentEventParser: BlockParser {
    fileprivate mutating func blocks(of chunk: [UInt8]) throws(WireProblem) -> [WireBlock] { try push(chunk).map(Self.block) }
    fileprivate mutating func lastBlock() throws(WireProblem) -> WireBlock? { try finish().map(Self.block) }

    private static func block(_ block: ServerSentBlock) -> WireBlock {
        WireBlock(bytes: block.bytes, offset: block.offset, event: block.event.map { WireEvent(name: $0.name, data: $0.data) })
    }
}

extension JSONLinesParser: BlockParser {
    fileprivate mutating func blocks(of chunk: [UInt8]) throws(WireProblem) -> [WireBlock] { try push(chunk).map(Self.block) }
    fileprivate mutating func lastBlock() throws(WireProblem) -> WireBlock? { try finish().map(Self.block) }

    private static func block(_ line: JSONLineBlock) -> WireBlock {
        let text = line.text
        let isBlank = text.allSatisfy { $0 <= 0x20 }
        return WireBlock(bytes: line.bytes, offset: line.offset, event: isBlank ? nil : WireEvent(data: Array(text)))
    }
}

extension AWSEventStreamParser: BlockParser {
    fileprivate mutating func blocks(of chunk: [UInt8]) throws(WireProblem) -> [WireBlock] {
        try push(chunk).map { message in
            WireBlock(
                bytes: message.bytes, offset: message.offset,
                event: WireEvent(name: message.name, data: message.payload, isFailure: message.isFailure))
        }
    }

    fileprivate mutating func lastBlock() throws(WireProblem) -> WireBlock? {
        let rest = try finish()
        return rest.isEmpty ? nil : WireBlock(bytes: rest, offset: endOffset - rest.count)
    }
}
