import NIOCore
import NIOHTTP1

/// One whole request as a `StreamServer` hands it on: the body has arrived, and is unpacked.
///
/// Headers are looked at where the parser left them, so that those nobody asks for cost nothing.
public struct StreamRequest: Sendable {
    private let head: HTTPRequestHead
    public let body: [UInt8]

    init(_ head: HTTPRequestHead, _ body: ByteBuffer) {
        self.head = head
        self.body = body.readableBytes == 0 ? [] : Array(body.readableBytesView)
    }

    /// A request that never crossed a wire, for tests and previews.
    public init(method: String, target: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: method), uri: target,
            headers: HTTPHeaders(headers.map { ($0.name, $0.value) }))
        self.body = body
    }

    /// Upper case, such as `POST`.
    public var method: String { head.method.rawValue }

    /// As the client wrote it: a path with its query; through a proxy variable an absolute address, or `host:port` for CONNECT.
    public var target: String { head.uri }

    /// In the order in which they came; names as they were written.
    public var headers: [HTTPHeader] { head.headers.map { HTTPHeader($0.name, $0.value) } }

    /// The first value of a header, whatever the case of its name.
    public func header(_ name: String) -> String? { head.headers.first(name: name) }
}
