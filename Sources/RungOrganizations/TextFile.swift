#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Pages on their way into a store.
enum TextFile {
    /// Replaces the file.
    static func write(_ bytes: [UInt8], to path: String) throws(TextFileFailure) { try put(bytes, path, "w") }

    /// Adds to its end.
    static func append(_ bytes: [UInt8], to path: String) throws(TextFileFailure) { try put(bytes, path, "a") }

    /// Removes it, when it is there.
    static func remove(_ path: String) { unlink(path) }

    private static func put(_ bytes: [UInt8], _ path: String, _ mode: String) throws(TextFileFailure) {
        guard let file = fopen(path, mode) else { throw TextFileFailure(path: path, reason: String(cString: strerror(errno))) }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw TextFileFailure(path: path, reason: String(cString: strerror(errno)))
        }
    }
}

/// A page cannot be written.
public struct TextFileFailure: Error, CustomStringConvertible {
    let path: String
    let reason: String

    public var description: String { "cannot write \(path): \(reason)" }
}
