import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// One connection: collects a request, has it answered, writes the answer, and only then looks at the next one.
///
/// Not Sendable: it lives on the event loop of its channel.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = HTTPServerResponsePart

    /// Tells a connection to end after the request that it has begun, if any.
    struct Stop: Sendable {}

    private let configuration: HTTPServerConfiguration
    private let load: ServerLoad
    private let handler: HTTPHandler
    private var phase = Phase.idle
    /// What came while a request was being answered.
    private var waiting = CircularBuffer<HTTPServerRequestPart>()
    private var deadline = NIODeadline.distantFuture
    private var ticker: RepeatedTask?
    private var hasSlot = false
    /// Bytes of the body that are counted in.
    private var countedBytes = 0
    private var isCounted = false
    private var isReadPending = false
    private var endsAfterAnswer = false
    private var context: ChannelHandlerContext?

    private enum Phase {
        /// Between requests.
        case idle
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The rest of the body is thrown away, then this is the answer.
        case refusing(HTTPResponse, discarded: Int)
        case answering
        case writing
        case closed
    }

    init(_ configuration: HTTPServerConfiguration, _ load: ServerLoad, _ handler: @escaping HTTPHandler) {
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
        if isCounted, let context { load.release(context.channel) }
        isCounted = false
        releaseSlot()
    }

    private func close() {
        phase = .closed
        context?.close(promise: nil)
    }

    private func tick() {
        guard deadline <= .now() else { return }
        switch phase {
        case .idle, .writing, .closed: close()
        case .receiving, .refusing:
            endsAfterAnswer = true
            write(.text(408, "the request did not end within \(configuration.bodySeconds) seconds"), isHead: false)
        case .answering: break
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is Stop else { return context.triggerUserOutboundEvent(event, promise: promise) }
        endsAfterAnswer = true
        if case .idle = phase, waiting.isEmpty { close() }
        promise?.succeed()
    }

    // MARK: - Requests

    /// Nothing more is read from the client while its request is answered.
    func read(context: ChannelHandlerContext) {
        switch phase {
        case .answering, .writing: isReadPending = true
        case .idle, .receiving, .refusing, .closed: context.read()
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        switch phase {
        case .answering, .writing: waiting.append(part)
        case .idle, .receiving, .refusing, .closed: take(part)
        }
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch (phase, part) {
        case (.idle, .head(let head)): begin(head)
        case (.receiving(let head, var body), .body(var piece)):
            guard body.readableBytes + piece.readableBytes <= configuration.bodyLimit else { return refuse(tooLarge) }
            guard load.admitBytes(piece.readableBytes) else { return refuse(Self.tooBusy) }
            countedBytes += piece.readableBytes
            // Let go of the buffer first, so that it is not copied.
            phase = .idle
            if body.readableBytes == 0 { body = piece } else { body.writeBuffer(&piece) }
            phase = .receiving(head, body)
        case (.receiving(let head, let body), .end): answer(head, body)
        case (.refusing(let response, let discarded), .body(let piece)):
            let total = discarded + piece.readableBytes
            phase = .refusing(response, discarded: total)
            // A client that goes on and on is told at once, and may miss it.
            if total > 4 * configuration.bodyLimit { refuseNow(response) }
        case (.refusing(let response, _), .end): write(response, isHead: false)
        default: break
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        phase = .receiving(head, ByteBuffer())
        if !head.isKeepAlive { endsAfterAnswer = true }
        let encoding = head.headers.first(name: "content-encoding")?.lowercased() ?? "identity"
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        if !["gzip", "deflate", "identity"].contains(encoding) {
            refuse(.text(415, "this content encoding is not known; send gzip, deflate or none"))
        } else if length > configuration.bodyLimit {
            refuse(tooLarge)
        } else if !load.admitRequest() {
            refuse(Self.tooBusy)
        } else {
            hasSlot = true
        }
        guard head.headers.first(name: "expect")?.lowercased() == "100-continue" else { return }
        if case .refusing(let response, _) = phase { return refuseNow(response) }
        context?.writeAndFlush(
            Self.wrapOutboundOut(.head(HTTPResponseHead(version: head.version, status: .continue))), promise: nil)
    }

    private static let tooBusy = HTTPResponse.text(
        429, "too many requests at once; try again", headers: [HTTPHeader("retry-after", "1")])

    private var tooLarge: HTTPResponse {
        .text(413, "the body has more than \(configuration.bodyLimit) bytes; send less at once")
    }

    /// Reads on to the end of the request, so that the client listens, then refuses it.
    private func refuse(_ response: HTTPResponse) {
        releaseSlot()
        phase = .refusing(response, discarded: 0)
    }

    private func refuseNow(_ response: HTTPResponse) {
        endsAfterAnswer = true
        write(response, isHead: false)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error, phase) {
        case (let error as NIOHTTPDecompression.DecompressionError, .receiving):
            let bomb = HTTPResponse.text(
                413, "the body has more than \(configuration.inflationLimit) times its packed size; send it unpacked")
            refuse(error == .limit ? bomb : .text(400, "the body is not packed as its content-encoding says"))
        case (is NIOHTTPDecompression.ExtraDecompressionError, .receiving):
            refuse(.text(400, "the packed body is cut off or followed by something else"))
        case (is HTTPParserError, .idle), (is HTTPParserError, .receiving):
            releaseSlot()
            refuseNow(.text(400, "this is not a request of HTTP/1.1"))
        case (_, .answering), (_, .writing): endsAfterAnswer = true
        case (is HTTPParserError, .refusing(let response, _)): refuseNow(response)
        case (_, .refusing): break
        default: close()
        }
    }

    // MARK: - Answers

    private func answer(_ head: HTTPRequestHead, _ body: ByteBuffer) {
        guard let context else { return }
        phase = .answering
        deadline = .distantFuture
        let request = HTTPRequest(head, body)
        let isHead = head.method == .HEAD
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let (loop, handler, load) = (context.eventLoop, handler, load)
        load.beginAnswer()
        // The one task that nobody awaits: the server counts the request until it is answered, and waits for it to stop.
        Task {
            let response = await handler(request)
            loop.execute {
                bound.value.write(response, isHead: isHead)
                load.endAnswer()
            }
        }
    }

    private func write(_ response: HTTPResponse, isHead: Bool) {
        guard let context, context.channel.isActive else { return releaseSlot() }
        phase = .writing
        deadline = .now() + .seconds(Int64(configuration.bodySeconds))
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headers.count + 2)
        for header in response.headers { headers.add(name: header.name, value: header.value) }
        if response.status != 204, response.status != 304 { headers.add(name: "content-length", value: "\(response.body.count)") }
        if endsAfterAnswer { headers.add(name: "connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: response.status), headers: headers)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        if !isHead, !response.body.isEmpty {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.finish() }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: written)
    }

    private func finish() {
        releaseSlot()
        guard case .writing = phase else { return }
        if endsAfterAnswer { return close() }
        phase = .idle
        deadline = .now() + .seconds(Int64(configuration.idleSeconds))
        while let part = waiting.popFirst() {
            take(part)
            switch phase {
            case .answering, .writing, .closed: return
            case .idle, .receiving, .refusing: continue
            }
        }
        guard isReadPending else { return }
        isReadPending = false
        context?.read()
    }

    private func releaseSlot() {
        if hasSlot { load.releaseRequest(bytes: countedBytes) }
        hasSlot = false
        countedBytes = 0
    }
}

extension HTTPRequest {
    /// A request as it came over the wire.
    fileprivate init(_ head: HTTPRequestHead, _ body: ByteBuffer) {
        let target = head.uri
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        self.init(
            method: head.method.rawValue, path: String(target[..<(mark ?? target.endIndex)]),
            query: mark.map { String(target[target.index(after: $0)...]) },
            headers: head.headers.map { HTTPHeader($0.name, $0.value) }, body: Array(body.readableBytesView))
    }
}
