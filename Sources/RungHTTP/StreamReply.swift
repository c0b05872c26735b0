import NIOCore
import NIOHTTP1

/// An answer laid out as it goes over the wire, made once and sent any number of times without copying.
///
/// A body of one piece has its length in front; one of several pieces is sent in chunks, one for each piece, as it was recorded.
public struct StreamReply: Sendable {
    /// Part of a body that is sent at once.
    public struct Piece: Sendable, Equatable {
        public var bytes: [UInt8]
        /// Milliseconds after the piece before it, of the first piece after the request, when the reply is paced.
        public var afterMs: Double

        public init(_ bytes: [UInt8], afterMs: Double = 0) {
            self.bytes = bytes
            self.afterMs = afterMs
        }
    }

    /// Everything for a client that keeps its connection.
    let whole: ByteBuffer
    /// Bytes of the status line and the headers, without the blank line behind them.
    let headLength: Int
    /// Where each piece ends in `whole`, and how long it is waited for; empty where there is but one, and nothing to wait for.
    let steps: [(end: Int, afterMs: Double)]
    /// Whether the body is cut into chunks, which clients of HTTP/1.0 do not know.
    let isChunked: Bool

    /// Lays an answer out. Headers about length and connection are left out, and so are those that are no headers.
    public init(status: Int, headers: [HTTPHeader] = [], pieces: [Piece] = []) {
        let status = (100...599).contains(status) ? status : 500
        var wire = ByteBuffer()
        wire.writeString("HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
        for header in headers where Self.isSendable(header) { wire.writeString("\(header.name): \(header.value)\r\n") }
        let hasBody = status >= 200 && status != 204 && status != 304
        let pieces = hasBody ? pieces.filter { !$0.bytes.isEmpty } : []
        let isChunked = pieces.count > 1
        if isChunked {
            wire.writeStaticString("transfer-encoding: chunked\r\n")
        } else if hasBody {
            wire.writeString("content-length: \(pieces.first?.bytes.count ?? 0)\r\n")
        }
        headLength = wire.readableBytes
        wire.writeStaticString("\r\n")
        var steps: [(end: Int, afterMs: Double)] = []
        for (offset, piece) in pieces.enumerated() {
            if isChunked { wire.writeString(String(piece.bytes.count, radix: 16) + "\r\n") }
            wire.writeBytes(piece.bytes)
            if isChunked { wire.writeStaticString("\r\n") }
            if isChunked, offset == pieces.count - 1 { wire.writeStaticString("0\r\n\r\n") }
            // One piece at once needs no list, which would cost an access to memory for each answer.
            guard isChunked || piece.afterMs > 0 else { continue }
            steps.append((wire.readableBytes, piece.afterMs.isFinite ? max(0, piece.afterMs) : 0))
        }
        self.isChunked = isChunked
        self.steps = steps
        whole = wire
    }

    /// A body of one piece.
    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8]) {
        self.init(status: status, headers: headers, pieces: [Piece(body)])
    }

    /// Lengths and connections are the server's own business; a header with a line break would be two.
    static func isSendable(_ header: HTTPHeader) -> Bool {
        guard !header.name.isEmpty, header.name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }),
            header.value.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 })
        else { return false }
        return !["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"].contains { header.isNamed($0) }
    }

    /// Status line and headers alone, for HEAD.
    func head(closing: Bool) -> ByteBuffer { front(closing: closing, upTo: headLength + 2) }

    /// Everything up to `end`, with a word about the connection when it is to be closed.
    func front(closing: Bool, upTo end: Int) -> ByteBuffer {
        guard closing else { return whole.getSlice(at: whole.readerIndex, length: end) ?? whole }
        var wire = whole.getSlice(at: whole.readerIndex, length: headLength) ?? ByteBuffer()
        wire.writeStaticString("connection: close\r\n")
        if var rest = whole.getSlice(at: whole.readerIndex + headLength, length: end - headLength) { wire.writeBuffer(&rest) }
        return wire
    }

    /// Everything for a connection that is closed behind it; without chunks for clients that do not know them.
    func closing(version: HTTPVersion) -> ByteBuffer {
        guard isChunked, version.isOld else { return front(closing: true, upTo: whole.readableBytes) }
        var wire = ByteBuffer()
        let head = String(buffer: whole.getSlice(at: whole.readerIndex, length: headLength) ?? ByteBuffer())
        wire.writeString(head.replacing("transfer-encoding: chunked\r\n", with: "connection: close\r\n") + "\r\n")
        for piece in pieces { wire.writeBytes(piece) }
        return wire
    }

    /// The pieces without their frames.
    private var pieces: [ByteBufferView] {
        var start = headLength + 2
        return steps.enumerated().compactMap { offset, step in
            let isLast = offset == steps.count - 1
            let frame = part(from: start, to: step.end)
            start = step.end
            guard let line = frame.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            return frame.readableBytesView[(line + 1)...].dropLast(isLast ? 7 : 2)
        }
    }

    /// Everything as it goes over the wire; for tests and messages.
    public var text: String { String(buffer: whole) }

    /// An answer in plain text, with a line break at its end.
    static func text(_ status: Int, _ text: String) -> StreamReply {
        StreamReply(status: status, headers: [HTTPHeader("content-type", "text/plain; charset=utf-8")], body: Array("\(text)\n".utf8))
    }

    /// The bytes between two places.
    func part(from start: Int, to end: Int) -> ByteBuffer {
        whole.getSlice(at: whole.readerIndex + start, length: end - start) ?? ByteBuffer()
    }
}

/// What a request is answered with.
public enum StreamAnswer: Sendable {
    /// Everything at once.
    case reply(StreamReply)
    /// Piece by piece, each after its time.
    case paced(StreamReply)
    /// As it comes: a task of its own writes it. It is cancelled when the client goes away.
    case live(@Sendable (StreamWriter) async -> Void)
}

/// What answers requests of a `StreamServer`; called on the thread that reads, from several at once, and must not wait.
public typealias StreamHandler = @Sendable (StreamRequest) -> StreamAnswer

extension HTTPVersion {
    /// Before 1.1: no chunks, and the connection ends with the answer.
    var isOld: Bool { major < 1 || (major == 1 && minor < 1) }
}
