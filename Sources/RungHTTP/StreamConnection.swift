import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// One connection of a `StreamServer`: collects a request, has it answered, sends the answer, then takes the next one.
///
/// Not Sendable: it lives on the event loop of its channel.
final class StreamConnection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Tells a connection to end after the request that it has begun, if any.
    struct Stop: Sendable {}

    private let configuration: HTTPServerConfiguration
    private let load: ServerLoad
    private let handler: StreamHandler
    private var phase = Phase.idle
    /// What came while a request was being answered in pieces.
    private var waiting = CircularBuffer<HTTPServerRequestPart>()
    private var deadline = NIODeadline.distantFuture
    private var ticker: RepeatedTask?
    /// Bytes of the body that are counted in.
    private var countedBytes = 0
    private var isCounted = false
    private var isReadPending = false
    private var needsFlush = false
    private var endsAfterAnswer = false
    /// The number of the answer that is being sent in pieces.
    private var turn = 0
    private var task: Task<Void, Never>?
    private var liveIsChunked = true
    private var context: ChannelHandlerContext?

    private enum Phase {
        /// Between requests.
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The rest of the body is thrown away, then this is the answer.
        case refusing(StreamReply, discarded: Int)
        /// An answer is sent in pieces.
        case answering(HTTPRequestHead)
        /// The last answer is on its way out.
        case closing
        case closed
    }

    /// Bodies below are bounded by the number of connections; above, they are counted.
    private static let uncountedBytes = 64 << 10

    init(_ configuration: HTTPServerConfiguration, _ load: ServerLoad, _ handler: @escaping StreamHandler) {
        self.configuration = configuration
        self.load = load
        self.handler = handler
    }

    // MARK: - Life of the connection

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        isCounted = load.admit(context.channel)
        guard isCounted else { return close() }
        deadline = .now() + .seconds(Int64(configuration.headerSeconds))
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in bound.value.tick() }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        phase = .closed
        waiting.removeAll()
        ticker?.cancel()
        ticker = nil
        task?.cancel()
        if isCounted, let context { load.release(context.channel) }
        isCounted = false
        releaseBytes()
    }

    private func close() {
        phase = .closed
        context?.close(promise: nil)
    }

    private func tick() {
        guard let context, deadline <= .now() else { return }
        switch phase {
        // A client that does not take its answer gets the time of a body for each part of it.
        case .idle, .closing, .closed: close()
        case .receiving, .refusing:
            endsAfterAnswer = true
            send(.text(408, "the request did not end within \(configuration.bodySeconds) seconds"), isHead: false, version: .http1_1)
            context.flush()
        case .answering: if !context.channel.isWritable { close() }
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Stop else { return context.triggerUserOutboundEvent(event, promise: promise) }
        endsAfterAnswer = true
        if case .idle = phase, waiting.isEmpty { close() }
        promise?.succeed()
    }

    // MARK: - Requests

    /// Nothing more is read from a client while its request is answered in pieces, or while it does not take its answers.
    func read(context: ChannelHandlerContext) {
        if case .answering = phase {
            isReadPending = true
        } else if context.channel.isWritable {
            context.read()
        } else {
            isReadPending = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { resumeReading() } else { deadline = .now() + .seconds(Int64(configuration.bodySeconds)) }
        context.fireChannelWritabilityChanged()
    }

    private func resumeReading() {
        guard isReadPending, let context else { return }
        if case .answering = phase { return }
        isReadPending = false
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        if case .answering = phase { waiting.append(part) } else { take(part) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if needsFlush { context.flush() }
        needsFlush = false
        context.fireChannelReadComplete()
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch (phase, part) {
        case (.idle, .head(let head)): begin(head)
        case (.receiving(let head, var body), .body(var piece)):
            guard body.readableBytes + piece.readableBytes <= configuration.bodyLimit else { return refuse(tooLarge) }
            // Let go of the buffer first, so that it is not copied.
            phase = .idle
            if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
            guard count(body.readableBytes) else { return refuse(Self.tooBusy) }
            phase = .receiving(head, body)
        case (.receiving(let head, let body), .end): answer(head, body)
        case (.refusing(let reply, let discarded), .body(let piece)):
            let total = discarded + piece.readableBytes
            phase = .refusing(reply, discarded: total)
            // A client that goes on and on is told at once, and may miss it.
            if total > 4 * configuration.bodyLimit { refuseNow(reply) }
        case (.refusing(let reply, _), .end): send(reply, isHead: false, version: .http1_1)
        default: break
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        phase = .receiving(head, ByteBuffer())
        if !head.isKeepAlive { endsAfterAnswer = true }
        if let encoding = head.headers.first(name: "content-encoding")?.lowercased(), !["gzip", "deflate", "identity"].contains(encoding) {
            refuse(.text(415, "this content encoding is not known; send gzip, deflate or none"))
        } else if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > configuration.bodyLimit {
            refuse(tooLarge)
        }
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue" else { return }
        if case .refusing(let reply, _) = phase { return refuseNow(reply) }
        context?.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
    }

    private static let tooBusy = StreamReply.text(429, "the bodies in hand take too much memory; try again")

    private var tooLarge: StreamReply { .text(413, "the body has more than \(configuration.bodyLimit) bytes") }

    /// Counts what is new of a large body; false when all bodies in hand have as many bytes as they may have.
    private func count(_ total: Int) -> Bool {
        guard total > Self.uncountedBytes else { return true }
        guard load.admitBytes(total - countedBytes) else { return false }
        countedBytes = total
        return true
    }

    private func releaseBytes() {
        if countedBytes > 0 { load.releaseBytes(countedBytes) }
        countedBytes = 0
    }

    /// Reads on to the end of the request, so that the client listens, then refuses it.
    private func refuse(_ reply: StreamReply) {
        releaseBytes()
        phase = .refusing(reply, discarded: 0)
    }

    private func refuseNow(_ reply: StreamReply) {
        endsAfterAnswer = true
        send(reply, isHead: false, version: .http1_1)
        context?.flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error, phase) {
        case (let error as NIOHTTPDecompression.DecompressionError, .receiving):
            let bomb = StreamReply.text(413, "the body has more than \(configuration.inflationLimit) times its packed size")
            refuse(error == .limit ? bomb : .text(400, "the body is not packed as its content-encoding says"))
        case (is NIOHTTPDecompression.ExtraDecompressionError, .receiving):
            refuse(.text(400, "the packed body is cut off or followed by something else"))
        case (is HTTPParserError, .idle), (is HTTPParserError, .receiving): refuseNow(.text(400, "this is not a request of HTTP/1.1"))
        case (is HTTPParserError, .refusing(let reply, _)): refuseNow(reply)
        case (_, .answering), (_, .closing): endsAfterAnswer = true
        case (_, .refusing): break
        default: close()
        }
    }

    // MARK: - Answers

    private func answer(_ head: HTTPRequestHead, _ body: ByteBuffer) {
        // The decoder reads nothing behind a CONNECT, so there is no next request.
        if head.method == .CONNECT { endsAfterAnswer = true }
        let answer = handler(StreamRequest(head, body))
        releaseBytes()
        switch answer {
        case .reply(let reply): send(reply, isHead: head.method == .HEAD, version: head.version)
        case .paced(let reply) where head.method != .HEAD && !reply.steps.isEmpty: pace(reply, head)
        case .paced(let reply): send(reply, isHead: head.method == .HEAD, version: head.version)
        case .live(let write): startLive(head, write)
        }
    }

    private func send(_ reply: StreamReply, isHead: Bool, version: HTTPVersion) {
        guard let context, context.channel.isActive else { return }
        needsFlush = true
        guard endsAfterAnswer || version.isOld else {
            context.write(Self.wrapOutboundOut(isHead ? reply.head(closing: false) : reply.whole), promise: nil)
            phase = .idle
            deadline = .now() + .seconds(Int64(configuration.idleSeconds))
            return
        }
        phase = .closing
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.close() }
        let wire = isHead ? reply.head(closing: true) : reply.closing(version: version)
        context.writeAndFlush(Self.wrapOutboundOut(wire), promise: written)
    }

    // MARK: - Answers in pieces

    private func pace(_ reply: StreamReply, _ head: HTTPRequestHead) {
        phase = .answering(head)
        deadline = .distantFuture
        turn += 1
        step(0, of: reply, turn: turn)
    }

    private func step(_ number: Int, of reply: StreamReply, turn: Int) {
        guard let context, case .answering(let head) = phase, turn == self.turn else { return }
        guard number < reply.steps.count else { return finishAnswer() }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .microseconds(Int64(min(reply.steps[number].afterMs, 3_600_000) * 1_000))) {
            bound.value.sendPiece(number, of: reply, head, turn)
        }
    }

    private func sendPiece(_ number: Int, of reply: StreamReply, _ head: HTTPRequestHead, _ turn: Int) {
        guard let context, case .answering = phase, turn == self.turn else { return }
        let isOld = head.version.isOld
        if isOld { endsAfterAnswer = true }
        let end = reply.steps[number].end
        let wire: ByteBuffer
        if isOld {
            // Without chunks nothing can be sent by halves that way; it goes out at the end as a whole.
            wire = number == reply.steps.count - 1 ? reply.closing(version: head.version) : ByteBuffer()
        } else if number == 0 {
            wire = reply.front(closing: endsAfterAnswer, upTo: end)
        } else {
            wire = reply.part(from: reply.steps[number - 1].end, to: end)
        }
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.step(number + 1, of: reply, turn: turn) }
        context.writeAndFlush(Self.wrapOutboundOut(wire), promise: written)
    }

    private func finishAnswer() {
        guard case .answering = phase else { return }
        if endsAfterAnswer { return close() }
        phase = .idle
        deadline = .now() + .seconds(Int64(configuration.idleSeconds))
        while let part = waiting.popFirst() {
            take(part)
            switch phase {
            case .answering, .closing, .closed: return
            case .idle, .receiving, .refusing: continue
            }
        }
        if needsFlush { context?.flush() }
        needsFlush = false
        resumeReading()
    }

    // MARK: - Answers that come live

    private func startLive(_ head: HTTPRequestHead, _ write: @escaping @Sendable (StreamWriter) async -> Void) {
        guard let context else { return }
        phase = .answering(head)
        deadline = .distantFuture
        turn += 1
        let writer = StreamWriter(self, turn: turn, loop: context.eventLoop)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (loop, load, turn) = (context.eventLoop, load, turn)
        load.beginAnswer()
        // Kept in `task`: the server counts it until it ends, and cancels it when the client goes away.
        task = Task {
            await write(writer)
            load.endAnswer()
            loop.execute { bound.value.liveTaskEnded(turn) }
        }
    }

    /// An answer that was not ended is cut off: the client must not take it for whole.
    private func liveTaskEnded(_ turn: Int) {
        guard turn == self.turn else { return }
        task = nil
        if case .answering = phase { close() }
    }

    /// Nil, like the three below, when the client has gone away or the answer is another one's.
    func beginLive(_ status: Int, _ headers: [HTTPHeader], _ turn: Int) -> EventLoopFuture<Void>? {
        guard let context, case .answering(let head) = phase, turn == self.turn else { return nil }
        if head.version.isOld { endsAfterAnswer = true }
        let hasBody = status >= 200 && status != 204 && status != 304 && head.method != .HEAD
        liveIsChunked = hasBody && !head.version.isOld
        var wire = ByteBuffer()
        wire.writeString("HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
        for header in headers where StreamReply.isSendable(header) { wire.writeString("\(header.name): \(header.value)\r\n") }
        if liveIsChunked { wire.writeStaticString("transfer-encoding: chunked\r\n") }
        if endsAfterAnswer { wire.writeStaticString("connection: close\r\n") }
        wire.writeStaticString("\r\n")
        return context.channel.writeAndFlush(wire)
    }

    func writeLive(_ bytes: [UInt8], _ turn: Int) -> EventLoopFuture<Void>? {
        guard let context, case .answering(let head) = phase, turn == self.turn else { return nil }
        guard liveIsChunked || head.version.isOld else { return context.eventLoop.makeSucceededVoidFuture() }
        var wire = ByteBuffer()
        if liveIsChunked { wire.writeString(String(bytes.count, radix: 16) + "\r\n") }
        wire.writeBytes(bytes)
        if liveIsChunked { wire.writeStaticString("\r\n") }
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        return context.channel.writeAndFlush(wire)
    }

    func endLive(_ turn: Int) -> EventLoopFuture<Void>? {
        guard let context, case .answering = phase, turn == self.turn else { return nil }
        let wire = liveIsChunked ? ByteBuffer(staticString: "0\r\n\r\n") : ByteBuffer()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let written: EventLoopFuture<Void> = context.channel.writeAndFlush(wire)
        return written.always { _ in bound.value.finishAnswer() }
    }

    func sendLive(_ reply: StreamReply, _ turn: Int) -> EventLoopFuture<Void>? {
        guard let context, case .answering(let head) = phase, turn == self.turn else { return nil }
        if head.version.isOld { endsAfterAnswer = true }
        let isHead = head.method == .HEAD
        let wire: ByteBuffer =
            endsAfterAnswer
            ? (isHead ? reply.head(closing: true) : reply.closing(version: head.version))
            : (isHead ? reply.head(closing: false) : reply.whole)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let written: EventLoopFuture<Void> = context.channel.writeAndFlush(wire)
        return written.always { _ in bound.value.finishAnswer() }
    }
}
