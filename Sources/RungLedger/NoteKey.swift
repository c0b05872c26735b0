public import RungCrypto
import RungText

/// The public half of a key that signs notes: `name+id+base64(type ‖ key)`, as C2SP signed-note writes it.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// Without white space and without `+`.
    public let name: String
    public let algorithm: Algorithm
    public let key: Ed25519PublicKey
    /// First four bytes of SHA-256(name ‖ newline ‖ type ‖ key).
    public let id: UInt32

    /// What the key signs.
    public enum Algorithm: UInt8, Sendable, CaseIterable {
        /// The text of the note.
        case ed25519 = 0x01
        /// The text and a time, as witnesses of a log do (C2SP tlog-cosignature).
        case cosignature = 0x04
    }

    /// - Precondition: the name is one; see `isName`.
    public init(name: String, algorithm: Algorithm = .ed25519, key: Ed25519PublicKey) {
        precondition(Self.isName(name), "a key's name has no white space and no +")
        self.name = name
        self.algorithm = algorithm
        self.key = key
        var hasher = SHA256Hasher()
        hasher.update(name)
        hasher.update(0x0A)
        hasher.update(algorithm.rawValue)
        hasher.update(key.bytes)
        id = UInt32(truncatingIfNeeded: hasher.finalize().prefix64 >> 32)
    }

    /// Whether a text can name a key: not empty, at most 200 bytes, no white space, no control characters, no `+`.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value > 0x20 && $0.value != 0x7F && $0 != "+" }
    }

    /// Eight hexadecimal digits.
    public var idText: String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Name and id, which tell keys apart: `name+id`.
    public var label: String { "\(name)+\(idText)" }

    public var description: String { "\(label)+\(Base64.text(of: [algorithm.rawValue] + key.bytes))" }
}

extension VerifierKey {
    /// Reads `name+id+base64`, which may end with a newline.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) {
        let (name, id, material) = try Self.parts(of: bytes, prefix: "")
        guard let type = material.first, let algorithm = Algorithm(rawValue: type) else {
            throw LedgerSyntaxError(.start, "the key's type is unknown; Ed25519 keys have type 1, those of witnesses 4")
        }
        guard let key = Ed25519PublicKey(bytes: material.dropFirst()) else {
            throw LedgerSyntaxError(.start, "the key must have 32 bytes after its type, found \(material.count - 1)")
        }
        self.init(name: name, algorithm: algorithm, key: key)
        guard id == idText else {
            throw LedgerSyntaxError(.start, "the key's id is \(idText), found another; the text was changed")
        }
    }

    /// Name, id and decoded rest of a key's text; the rest is never a part of a message, for it may be secret.
    static func parts(of bytes: [UInt8], prefix: String) throws(LedgerSyntaxError) -> (name: String, id: String, material: [UInt8]) {
        guard bytes.count <= 4_096 else { throw LedgerSyntaxError(.start, "a key has one short line, found \(bytes.count) bytes") }
        var line = bytes[...]
        if line.last == 0x0A { line.removeLast() }
        guard let text = String(validating: line, as: UTF8.self), text.hasPrefix(prefix) else {
            throw LedgerSyntaxError(.start, "expected \(prefix.isEmpty ? "a key such as name+id+base64" : "a private key")")
        }
        let parts = text.dropFirst(prefix.count).split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, isName(String(parts[0])), let material = Base64.bytes(of: Array(parts[2].utf8)) else {
            throw LedgerSyntaxError(.start, "expected a key: name, id and base64, with + between them")
        }
        return (String(parts[0]), String(parts[1]), material)
    }
}

/// A key that signs notes. No text of it shows its secret but `secretText`.
public struct SignerKey: Sendable, CustomStringConvertible {
    public let name: String
    private let key: Ed25519PrivateKey

    /// - Precondition: the name is one; see `VerifierKey.isName`.
    public init(name: String, key: Ed25519PrivateKey) {
        precondition(VerifierKey.isName(name), "a key's name has no white space and no +")
        self.name = name
        self.key = key
    }

    /// What others need to check the signatures.
    public var verifierKey: VerifierKey { VerifierKey(name: name, key: key.publicKey) }

    /// The 64 bytes of a signature.
    public func signature(for message: [UInt8]) -> [UInt8] { key.signature(for: message) }

    private static let prefix = "PRIVATE+KEY+"

    /// The line for the one file that holds the key: `PRIVATE+KEY+name+id+base64(1 ‖ secret)`, as other tools for notes write it.
    public var secretText: String {
        "\(Self.prefix)\(verifierKey.label)+\(Base64.text(of: [VerifierKey.Algorithm.ed25519.rawValue] + key.secretSeed))"
    }

    /// Reads what `secretText` wrote; no message repeats any of it.
    public init(parsing bytes: [UInt8]) throws(LedgerSyntaxError) {
        let (name, id, material) = try VerifierKey.parts(of: bytes, prefix: Self.prefix)
        guard material.first == VerifierKey.Algorithm.ed25519.rawValue, let key = Ed25519PrivateKey(seed: material.dropFirst()) else {
            throw LedgerSyntaxError(.start, "the private key must be of type 1 (Ed25519) with 32 bytes")
        }
        self.init(name: name, key: key)
        guard id == verifierKey.idText else {
            throw LedgerSyntaxError(.start, "the private key's id does not fit its name and bytes; the text was changed")
        }
    }

    public var description: String { "SignerKey(\(verifierKey.label))" }
}
