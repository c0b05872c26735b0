public import RungCrypto
internal import RungText

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Digests of files that are too large to be read at once.
public enum FileDigest {
    /// SHA-256 over the bytes of a file, read in pieces.
    ///
    /// - Throws: `InvalidInput` when the file cannot be read.
    public static func of(_ path: String) throws -> Digest {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var hasher = SHA256Hasher()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return hasher.finalize() }
            chunk.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    private static func unreadable(_ path: String) -> InvalidInput {
        InvalidInput(path, nil, "cannot be read: \(String(cString: strerror(errno)))", suggestion: "check the path")
    }
}
