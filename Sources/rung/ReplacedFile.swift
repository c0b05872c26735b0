#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungFormats

/// Writes a file in one step: a reader sees the old text or the new one, never half of it.
enum ReplacedFile {
    static func write(_ text: String, to path: String) throws(FileFailure) {
        let draft = "\(path).\(getpid()).tmp"
        unlink(draft)
        do { try NewFile.write(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n", to: draft) } catch { throw error.about(path) }
        guard rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw FileFailure(path, code: code)
        }
    }
}
