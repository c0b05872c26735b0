public import RungCrypto

/// What makes two requests the same: method, path, query, and the digest of the body without what does not count.
public struct MatchKey: Sendable, Hashable {
    /// Upper case.
    public var method: String
    public var path: String
    /// Sorted and without secrets; empty without parameters.
    public var query: String
    /// Of the canonical JSON after normalizing, or of the bytes of any other body.
    public var body: Digest

    public init(method: String, path: String, query: String, body: Digest) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// One digest for all four, for hash tables and names.
    public var digest: Digest {
        var hasher = SHA256Hasher()
        for part in [method, path, query] {
            hasher.update(part)
            hasher.update(UInt8(0))
        }
        hasher.update(body)
        return hasher.finalize()
    }
}
