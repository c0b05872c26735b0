/// Why packed bytes could not be unpacked. Never holds any of them.
public struct CompressionProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// A lower-case fragment, such as `not readable as gzip`.
    public var message: String

    public init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}

/// How bytes are packed.
public enum CompressionFormat: String, Sendable, CaseIterable {
    /// RFC 1952; several members in a row are one text.
    case gzip
    /// What HTTP calls `deflate`: RFC 1950, or RFC 1951 without any header, which some servers send.
    case deflate
}
