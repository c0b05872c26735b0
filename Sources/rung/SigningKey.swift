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

/// The key that signs checkpoints: one file outside of every workspace, which nobody else may read.
enum SigningKey {
    /// The variable that names the file in place of the usual one.
    static let variable = "RUNG_SIGNING_KEY_FILE"

    /// Where the key is, or would be.
    struct Place {
        var path: String
        /// Whether the user named it; then it must be there.
        var isNamed: Bool
    }

    /// `RUNG_SIGNING_KEY_FILE`, else `rung/signing-key` in the user's configuration; nil without a home.
    static var place: Place? {
        if let named = variableValue(variable) { return Place(path: FilePath.absolute(named), isNamed: true) }
        let folder = variableValue("XDG_CONFIG_HOME") ?? variableValue("HOME").map { FilePath.join($0, ".config") }
        // The XDG specification: relative paths are invalid and to be ignored.
        guard let folder, folder.hasPrefix("/") else { return nil }
        return Place(path: FilePath.join(folder, "rung/signing-key"), isNamed: false)
    }

    private static func variableValue(_ name: String) -> String? { Terminal.environment(name).flatMap { $0.isEmpty ? nil : $0 } }

    /// The key; nil when there is none.
    ///
    /// - Throws: `InvalidInput` for a file that others may read, that is no key, or that was named and is not there.
    static func load() throws -> SignerKey? {
        guard let place else { return nil }
        guard let bytes = try KeyFile.read(place.path, mustExist: place.isNamed) else { return nil }
        return try parse(bytes, place.path)
    }

    /// The key, for a command that cannot do without.
    static func required(_ purpose: String) throws -> SignerKey {
        if let key = try load() { return key }
        throw InvalidInput(
            place.map { FilePath.shown($0.path) } ?? "HOME", nil, "there is no key to sign \(purpose) with",
            suggestion: "make one with: rung ledger keys new, or name its file in \(variable)")
    }

    /// Makes a new key and its file.
    ///
    /// - Parameter name: as notes show it; nil for `rung-` and eight digits of the key's own digest.
    /// - Throws: `InvalidInput` when there is a key already, `FileFailure` when the file cannot be written.
    static func make(name: String? = nil) throws -> (key: SignerKey, path: String) {
        guard let secret = Ed25519PrivateKey(seed: Surroundings.randomBytes(Ed25519PrivateKey.seedLength)) else {
            preconditionFailure("32 bytes are a key")
        }
        let name = name ?? "rung-\(SHA256Hasher.digest(of: secret.publicKey.bytes).hex.prefix(8))"
        return try store(SignerKey(name: name, key: secret))
    }

    /// Puts a key that was made elsewhere into its place.
    static func adopt(_ path: String) throws -> (key: SignerKey, path: String) {
        try store(parse(FileBytes.read(path, limit: 4_096), path))
    }

    private static func store(_ key: SignerKey) throws -> (key: SignerKey, path: String) {
        guard let place else {
            throw InvalidInput(
                "HOME", nil, "is not set, so there is no place for a key", suggestion: "name a file in \(variable)")
        }
        try KeyFile.create(key.secretText + "\n", at: place.path)
        return (key, place.path)
    }

    private static func parse(_ bytes: [UInt8], _ path: String) throws -> SignerKey {
        do {
            return try SignerKey(parsing: bytes)
        } catch {
            throw InvalidInput(
                FilePath.shown(path), error.position, error.message,
                suggestion: "restore the file, or move it away and make a new key with: rung ledger keys new")
        }
    }
}

/// Reads and makes the file of a private key.
enum KeyFile {
    /// The content; nil when there is no file and need not be.
    static func read(_ path: String, mustExist: Bool) throws -> [UInt8]? {
        var information = stat()
        guard stat(path, &information) == 0 else {
            if !mustExist, [ENOENT, ENOTDIR, EACCES].contains(errno) { return nil }
            throw InvalidInput(
                FilePath.shown(path), nil, "the key cannot be read: \(FileFailure(path, code: errno).reason)",
                suggestion: "correct \(SigningKey.variable), or make a key there with: rung ledger keys new")
        }
        let mode = information.st_mode & 0o7777
        guard mode & 0o077 == 0 else {
            throw InvalidInput(
                FilePath.shown(path), nil, "others may read the private key: its mode is \(String(mode, radix: 8)), expected 600",
                suggestion: "run: chmod 600 \(path), and make a new key if anybody else was on this machine")
        }
        return try FileBytes.read(path, limit: 4_096)
    }

    /// Makes the file in one step, readable for its owner alone, with the folders above it; never replaces one.
    static func create(_ text: String, at path: String) throws {
        try makeFolder(FilePath.folder(of: path))
        let draft = "\(path).\(getpid()).tmp"
        unlink(draft)
        defer { unlink(draft) }
        do { try PlainFile.create(Array(text.utf8), at: draft, mode: 0o600) } catch { throw error.about(path) }
        guard link(draft, path) == 0 else {
            let code = errno
            guard code == EEXIST else { throw FileFailure(path, code: code) }
            throw InvalidInput(
                FilePath.shown(path), nil, "there is a key already; nothing was changed",
                suggestion: "rung ledger keys show tells its public half; move the file away to begin with a new key")
        }
    }

    private static func makeFolder(_ path: String) throws(FileFailure) {
        guard !FileBytes.isFolder(path) else { return }
        let parent = FilePath.folder(of: path)
        if parent != path, parent != "." { try makeFolder(parent) }
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFailure(path, code: errno) }
    }
}
