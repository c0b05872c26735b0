#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungCrypto
import RungFormats
import RungLedger
import RungText

/// The key files of sources: the private one stays with the sender, the public one is registered.
enum SourceKeyFile {
    /// Makes a private key and its file, which only its owner may read; never replaces one.
    static func make(at path: String, name: String) throws -> SignerKey {
        guard let secret = Ed25519PrivateKey(seed: Surroundings.randomBytes(Ed25519PrivateKey.seedLength)) else {
            preconditionFailure("32 bytes are a key")
        }
        let key = SignerKey(name: name, key: secret)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        defer { close(descriptor) }
        var text = key.secretText + "\n"
        let failure = text.withUTF8 { Terminal.write(UnsafeRawBufferPointer($0), to: descriptor) }
        if let failure {
            unlink(path)
            throw FileFailure(path, code: failure)
        }
        return key
    }

    /// The private key in a file that nobody else may read.
    static func signer(at path: String) throws -> SignerKey {
        var information = stat()
        guard stat(path, &information) == 0 else { throw FileFailure(path, code: errno) }
        guard information.st_mode & 0o077 == 0 else {
            throw InvalidInput(
                FilePath.shown(path), nil, "others may read the private key: its mode is \(String(information.st_mode & 0o7777, radix: 8))",
                suggestion: "run: chmod 600 \(path), and make a new key if anybody else was on this machine")
        }
        return try parsing(path) { bytes throws(LedgerSyntaxError) in try SignerKey(parsing: bytes) }
    }

    /// The public key in a file.
    static func verifier(at path: String) throws -> VerifierKey {
        try parsing(path) { bytes throws(LedgerSyntaxError) in try VerifierKey(parsing: bytes) }
    }

    private static func parsing<Key>(_ path: String, _ read: ([UInt8]) throws(LedgerSyntaxError) -> Key) throws -> Key {
        let bytes = try FileBytes.read(path, limit: 4_096)
        do throws(LedgerSyntaxError) {
            return try read(bytes)
        } catch {
            throw InvalidInput(FilePath.shown(path), error.position, error.message, suggestion: nil)
        }
    }
}
