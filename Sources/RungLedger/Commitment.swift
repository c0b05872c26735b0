public import RungCrypto

/// Salted digests: they bind a record without giving it away, however few values it could have.
public enum Commitment {
    /// Random bytes in front of each payload.
    public static let saltLength = 16

    /// SHA-256(salt ‖ payload), for bytes that hold both.
    public static func digest(saltedPayload bytes: UnsafeRawBufferPointer) -> Digest { SHA256Hasher.digest(of: bytes) }
}
