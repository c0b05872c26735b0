public import RungCrypto

/// Salted digests: they bind a record without giving it away, however few values it could have.
public enum Commitment {
    /// Random bytes in front of each payload.
    public static let saltLength = 16

    /// SHA-256(salt ‖ payload).
    public static func digest(salt: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(salt)
        hasher.update(payload)
        return hasher.finalize()
    }

    public static func digest(salt: [UInt8], payload: [UInt8]) -> Digest {
        salt.withUnsafeBytes { salt in payload.withUnsafeBytes { digest(salt: salt, payload: $0) } }
    }
}
