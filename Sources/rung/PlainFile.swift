#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungFormats

/// Writes bytes to files.
enum PlainFile {
    /// Makes a file that does not exist yet; it is on the disk when this returns, or not there at all.
    static func create(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(FileFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        let code = bytes.withUnsafeBytes { Terminal.write($0, to: descriptor) } ?? (fsync(descriptor) == 0 ? nil : errno)
        close(descriptor)
        guard let code else { return }
        unlink(path)
        throw FileFailure(path, code: code)
    }

    /// Replaces a file in one step: a reader sees the old bytes or the new ones. Equal bytes are left alone.
    static func replace(_ bytes: [UInt8], at path: String) throws(FileFailure) {
        if let old = try? FileBytes.read(path, limit: bytes.count), old == bytes { return }
        try NewFile.makeFolder(FilePath.folder(of: path))
        let draft = "\(path).\(getpid()).tmp"
        unlink(draft)
        do { try create(bytes, at: draft) } catch { throw error.about(path) }
        guard rename(draft, path) == 0 else {
            let code = errno
            unlink(draft)
            throw FileFailure(path, code: code)
        }
    }
}
