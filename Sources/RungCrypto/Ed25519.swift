internal import Crypto

/// A public key of Ed25519 (RFC 8032).
public struct Ed25519PublicKey: Hashable, Sendable {
    /// The 32 bytes of the key.
    public let bytes: [UInt8]

    /// Length of a key in bytes.
    public static let length = 32
    /// Length of a signature in bytes.
    public static let signatureLength = 64

    /// Nil for any other number of bytes than 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = Array(bytes)
    }

    /// Whether the owner of the private key has signed exactly this message; false for a signature of the wrong length and
    /// for a key that is no point of the curve.
    public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureLength,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

/// A private key of Ed25519. No text of it ever shows its bytes: not its description, not its mirror.
public struct Ed25519PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: Curve25519.Signing.PrivateKey

    /// Nil for any other number of bytes than 32.
    public init?(seed: some Collection<UInt8>) {
        guard seed.count == Self.seedLength, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed)) else {
            return nil
        }
        self.key = key
    }

    /// Length of the secret in bytes.
    public static let seedLength = 32

    /// The 32 secret bytes, for the one file that holds them.
    public var secretSeed: [UInt8] { Array(key.rawRepresentation) }

    /// What verifies the signatures of this key.
    public var publicKey: Ed25519PublicKey {
        guard let key = Ed25519PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else {
            preconditionFailure("a public key of Ed25519 has 32 bytes")
        }
        return key
    }

    /// The 64 bytes of the signature; the same message gives the same signature.
    public func signature(for message: [UInt8]) -> [UInt8] {
        guard let signature = try? key.signature(for: message) else {
            preconditionFailure("Ed25519 signs every message")
        }
        return Array(signature)
    }

    public var description: String { "Ed25519PrivateKey(…)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
