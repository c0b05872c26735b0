#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file read from start to end in pieces of 64 KiB; a class because it owns the open file.
final class InputFile {
    /// The system's error number.
    struct Failure: Error {
        /// As in `errno`.
        let code: Int32
    }

    private let descriptor: Int32
    private let buffer: UnsafeMutableBufferPointer<UInt8>

    /// Opens a file, which is closed when the value goes away.
    init(_ path: String) throws(Failure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        buffer = .allocate(capacity: 65_536)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// The next piece, valid until the next call; nil at the end.
    func next() throws(Failure) -> UnsafeBufferPointer<UInt8>? {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count == 0 ? nil : UnsafeBufferPointer(rebasing: buffer[..<count]) }
            guard errno == EINTR else { throw Failure(code: errno) }
        }
    }
}
