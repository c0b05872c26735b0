/// One whole request as a handler gets it: the body has arrived, and is unpacked.
public struct HTTPRequest: Sendable {
    /// Upper case, such as `POST`.
    public var method: String
    /// The path without the query, still percent-encoded.
    public var path: String
    /// Names in lower case; of repeated headers the values joined with `, `.
    public var headers: [String: String]
    public var body: [UInt8]

    public init(method: String, path: String, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// One whole answer.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    /// In the order in which they are sent; length and connection headers are added by the server.
    public var headers: [Header]
    public var body: [UInt8]

    /// A name and a value.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
