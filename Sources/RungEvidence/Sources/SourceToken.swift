import RungCrypto

/// The secret by which a source is known: a prefix that scanners for leaked secrets find, and 32 random bytes.
///
/// Only a salted digest of it is ever stored. It is a plain SHA-256, because nobody can try 2^256 tokens however fast
/// each try is; slow digests are for words that people choose. The salt keeps equal tokens from looking equal.
struct SourceToken: Sendable {
    /// The token as it is handed out, once.
    let text: String

    static let prefix = "rung_src_"
    /// Random bytes in a token.
    static let secretLength = 32
    /// Random bytes in front of a token when its digest is taken.
    static let saltLength = 16

    /// A new token.
    ///
    /// - Parameter secret: 32 bytes that nobody can guess.
    init(secret: [UInt8]) {
        precondition(secret.count == Self.secretLength, "a token is made of \(Self.secretLength) random bytes")
        text = Self.prefix + Base64URL.text(of: secret)
    }

    /// The digest that is stored.
    static func digest(of text: String, salt: String) -> Digest {
        var hasher = SHA256Hasher()
        hasher.update(salt)
        hasher.update(0x00)
        hasher.update(text)
        return hasher.finalize()
    }
}

extension Digest {
    /// Whether both are the same, found out in a time that does not depend on where they differ.
    func isEqualInConstantTime(to other: Digest) -> Bool {
        let (own, others) = (bytes, other.bytes)
        var difference: UInt8 = 0
        for index in 0..<32 { difference |= own[index] ^ others[index] }
        return difference == 0
    }
}

/// Base64 for addresses and file names (RFC 4648, section 5), without padding.
enum Base64URL {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
            for digit in 0...group.count { text.append(digits[Int(word >> UInt32(18 - 6 * digit)) & 63]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
