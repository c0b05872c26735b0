public import RungText

/// One recorded request over HTTP with its response, as it crossed the wire after redaction.
///
/// Bodies are unpacked: a recorder and an importer take `content-encoding` off before they make an exchange.
public struct Exchange: Sendable, Equatable {
    public var request: Request
    public var response: Response
    /// When the request was sent; nil where the recording does not say.
    public var recordedAt: Timestamp?

    public init(request: Request, response: Response, recordedAt: Timestamp? = nil) {
        self.request = request
        self.response = response
        self.recordedAt = recordedAt
    }

    /// What was asked.
    public struct Request: Sendable, Equatable {
        /// Upper case, such as `POST`.
        public var method: String
        /// Absolute, with scheme and host, such as `https://api.openai.com/v1/responses`; percent-encoded as it was sent.
        public var url: String
        /// In the order in which they came.
        public var headers: [Header]
        public var body: [UInt8]

        public init(method: String, url: String, headers: [Header] = [], body: [UInt8] = []) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }

        /// The value of the first header with this name, whatever its case.
        public func header(_ name: String) -> String? { Header.first(name, in: headers) }
    }

    /// What was answered.
    public struct Response: Sendable, Equatable {
        /// The status of HTTP, 100…599.
        public var status: Int
        public var headers: [Header]
        /// One piece for a plain answer; for a stream a piece for each chunk that arrived. Never an empty piece.
        public var body: [Piece]

        public init(status: Int, headers: [Header] = [], body: [Piece] = []) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        /// The pieces joined.
        public var bytes: [UInt8] {
            body.count == 1 ? body[0].bytes : body.flatMap(\.bytes)
        }

        /// The value of the first header with this name, whatever its case.
        public func header(_ name: String) -> String? { Header.first(name, in: headers) }
    }

    /// A part of an answer that arrived at once.
    public struct Piece: Sendable, Equatable {
        public var bytes: [UInt8]
        /// Milliseconds since the piece before it, of the first piece since the request; nil where nobody measured it.
        public var afterMs: Double?

        public init(_ bytes: [UInt8], afterMs: Double? = nil) {
            self.bytes = bytes
            self.afterMs = afterMs
        }
    }

    /// A name and a value.
    public struct Header: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        static func first(_ name: String, in headers: [Header]) -> String? {
            let wanted = name.lowercased()
            return headers.first { $0.name.lowercased() == wanted }?.value
        }
    }
}

/// One recorded call of a tool with what it answered.
public struct ToolExchange: Sendable, Equatable {
    public var name: String
    public var arguments: JSONValue
    public var result: JSONValue
    public var isError: Bool

    public init(name: String, arguments: JSONValue, result: JSONValue, isError: Bool = false) {
        self.name = name
        self.arguments = arguments
        self.result = result
        self.isError = isError
    }
}

/// What a tool is, as it offers itself to a model.
public struct ToolDefinition: Sendable, Equatable {
    public var name: String
    public var description: String?
    /// JSON Schema of its arguments.
    public var inputSchema: JSONValue

    public init(name: String, description: String? = nil, inputSchema: JSONValue) {
        self.name = name
        self.description = description
        self.inputSchema = inputSchema
    }
}
