/// One whole request as a handler gets it: the body has arrived, and is unpacked.
public struct HTTPRequest: Sendable {
    /// Upper case, such as `POST`.
    public var method: String
    /// The path without the query, still percent-encoded.
    public var path: String
    /// What follows the question mark, still percent-encoded; nil without one.
    public var query: String?
    /// In the order in which they came; names as they were written.
    public var headers: [HTTPHeader]
    public var body: [UInt8]

    public init(method: String, path: String, query: String? = nil, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The value of a header, whatever the case of its name; of repeated headers the values joined with `, `.
    public func header(_ name: String) -> String? {
        var found: String?
        for header in headers where header.isNamed(name) {
            found = found.map { "\($0), \(header.value)" } ?? header.value
        }
        return found
    }

    /// The media type of the body in lower case and without parameters, such as `application/json`.
    public var contentType: String? {
        header("content-type").map { value in
            let type = value.prefix { $0 != ";" }
            return type.filter { !$0.isWhitespace }.lowercased()
        }
    }
}

/// A name and a value.
public struct HTTPHeader: Sendable, Equatable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether the header has this name; case of ASCII letters does not count.
    public func isNamed(_ other: String) -> Bool {
        let (a, b) = (name.utf8, other.utf8)
        return a.count == b.count && zip(a, b).allSatisfy { Self.folded($0) == Self.folded($1) }
    }

    private static func folded(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}
