public import RungCrypto
public import RungLedger
import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A detached signature over a file: a signed note (C2SP signed-note) that names the size and digest of the file.
///
/// So neither signing nor checking needs the file in memory, and any tool for signed notes can make or read one.
public struct FileSeal: Sendable, Equatable {
    /// Bytes of the file.
    public var size: Int
    /// SHA-256 of the file.
    public var digest: Digest
    private var note: SignedNote?

    /// First line of the note.
    static let title = "rung.dev/evidence-file/v1"

    /// A seal that nobody has signed yet.
    public init(size: Int, digest: Digest) {
        self.size = size
        self.digest = digest
    }

    /// Takes the size and digest of the file.
    ///
    /// - Throws: `InvalidInput` when it cannot be read.
    public init(of path: String) throws {
        let hash = ByteHash()
        try hash.addFile(at: path)
        self.init(size: hash.count, digest: hash.digest)
    }

    /// The text that is signed.
    var text: String { "\(Self.title)\n\(size)\n\(digest)\n" }

    /// The signed note as it is written to FILE.sig.
    public func signed(by key: SignerKey) -> String { SignedNote(text: text, signedBy: key).description }
}

extension FileSeal {
    /// Reads a signed note; whether a signature is right is told by `digest(signedBy:source:)`.
    ///
    /// - Parameter path: for messages.
    /// - Throws: `InvalidInput` with the place of what is wrong.
    public init(parsing bytes: [UInt8], path: String) throws {
        let note: SignedNote
        do throws(LedgerSyntaxError) {
            note = try SignedNote(parsing: bytes)
        } catch {
            throw InvalidInput(path, error.position, error.message, suggestion: Self.wayOut)
        }
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == Self.title, let size = Int(lines[1]), let digest = Digest(String(lines[2])) else {
            throw InvalidInput(path, .start, "not the signature of an evidence file", suggestion: Self.wayOut)
        }
        self.init(size: size, digest: digest)
        guard text == note.text else { throw InvalidInput(path, .start, "the signed text is written oddly", suggestion: Self.wayOut) }
        self.note = note
    }

    private static let wayOut = "make it with: rung source sign FILE --key KEYFILE"

    /// The digest that the key has signed.
    ///
    /// - Throws: `EvidenceError` (unauthenticated) when it has not.
    func digest(signedBy key: VerifierKey, source: some CustomStringConvertible) throws(EvidenceError) -> Digest {
        guard let note, case .signed = note.trust(in: [key]) else {
            throw EvidenceError(
                .unauthenticated, "the file is not signed with the key of the source \"\(source)\"", suggestion: "its key is \(key.label)")
        }
        return digest
    }
}

/// Counts and hashes bytes while somebody else reads them. A class because it is handed down to who reads.
final class ByteHash {
    private var hasher = SHA256Hasher()
    private(set) var count = 0

    func add(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bytes)
        count += bytes.count
    }

    /// Reads a whole file, in pieces of 64 KiB.
    func addFile(at path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.unreadable(path) }
            if count == 0 { return }
            add(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
    }

    private static func unreadable(_ path: String) -> InvalidInput {
        InvalidInput(path, nil, "the file cannot be read: \(String(cString: strerror(errno)))", suggestion: "check the path")
    }

    /// Of everything so far.
    var digest: Digest { hasher.finalize() }
}
