/// One whole answer.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// In the order in which they are sent; length and connection headers are added by the server.
    public var headers: [HTTPHeader]
    public var body: [UInt8]

    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer in plain text, with a line break at its end.
    public static func text(_ status: Int, _ text: String, headers: [HTTPHeader] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers + [HTTPHeader("content-type", "text/plain; charset=utf-8")], body: Array("\(text)\n".utf8))
    }
}

/// What answers requests; called from many tasks at once.
public typealias HTTPHandler = @Sendable (HTTPRequest) async -> HTTPResponse
