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
        text = Self.prefix + Base64Text.url(secret)
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

/// Base64 after RFC 4648.
enum Base64Text {
    private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// With `-` and `_`, without padding (section 5).
    static func url(_ bytes: [UInt8]) -> String { text(bytes, common + Array("-_".utf8), isPadded: false) }

    /// With `+` and `/`, padded (section 4).
    static func standard(_ bytes: [UInt8]) -> String { text(bytes, common + Array("+/".utf8), isPadded: true) }

    private static func text(_ bytes: [UInt8], _ alphabet: [UInt8], isPadded: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.enumerated().reduce(UInt32(0)) { $0 | UInt32($1.element) << UInt32(16 - 8 * $1.offset) }
            for digit in 0...group.count { text.append(alphabet[Int(word >> UInt32(18 - 6 * digit)) & 63]) }
            if isPadded { text += [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads padded base64; nil for anything else, spare bits that are not 0 included.
    static func bytes(standard text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        let alphabet = common + Array("+/".utf8)
        let end = digits.lastIndex { $0 != UInt8(ascii: "=") }.map { $0 + 1 } ?? 0
        guard digits.count - end <= 2 else { return nil }
        var bytes: [UInt8] = []
        var word: UInt32 = 0
        for (index, digit) in digits[..<end].enumerated() {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            word = word << 6 | UInt32(value)
            guard index % 4 == 3 else { continue }
            bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)]
            word = 0
        }
        switch end % 4 {
        case 2: bytes.append(UInt8(word >> 4 & 255))
        case 3: bytes += [UInt8(word >> 10 & 255), UInt8(word >> 2 & 255)]
        default: break
        }
        return standard(bytes) == text ? bytes : nil
    }
}
