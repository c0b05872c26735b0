/// How much a reader accepts before it refuses the document.
public struct XMLReadLimits: Sendable, Equatable {
    /// The document's size in bytes; 1 GiB unless told otherwise.
    public var bytes: Int
    /// Elements inside each other; 256 unless told otherwise.
    public var depth: Int

    /// Limits for a document; a single attribute value, comment or tag is limited to 10 MB besides.
    public init(bytes: Int = 1 << 30, depth: Int = 256) {
        self.bytes = bytes
        self.depth = depth
    }
}
