#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import RungFormats

/// A results file on its way to standard output.
struct ScratchFile {
    let path: String

    /// Beside the evidence, where there is room and it may be written.
    init(beside evidence: String) {
        path = FilePath.join(FilePath.folder(of: evidence), "results-\(getpid()).json")
    }

    func copyToStandardOutput() throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            buffer[..<count].withUnsafeBytes { Terminal.printBytes($0) }
        }
    }

    func remove() { unlink(path) }
}
