#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A window that slides over a file; it grows only while a value does not fit.
struct ByteWindow {
    private let descriptor: Int32
    private let chunk: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Starts at the descriptor's position; `chunk` bytes are read at once.
    init(descriptor: Int32, chunk: Int) {
        self.descriptor = descriptor
        self.chunk = chunk
    }

    /// The next byte; nil at the end of the file.
    mutating func peek() throws -> UInt8? {
        if start < buffer.count { return buffer[start] }
        return try available(beyond: 0) > 0 ? buffer[start] : nil
    }

    /// How many bytes are at hand, after an attempt to have more than `count`.
    mutating func available(beyond count: Int) throws -> Int {
        while buffer.count - start <= count, !isAtEnd { try fill() }
        return buffer.count - start
    }

    /// Moves on by `count` bytes, which must be at hand.
    mutating func drop(_ count: Int) { start += count }

    /// The bytes at hand.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = start
        return try buffer.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: bytes[start...]))
        }
    }

    private mutating func fill() throws {
        buffer.removeFirst(start)
        start = 0
        let used = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: max(chunk, used)))
        var received = 0
        repeat {
            received = buffer.withUnsafeMutableBytes { bytes in
                read(descriptor, bytes.baseAddress.map { $0 + used }, bytes.count - used)
            }
        } while received < 0 && errno == EINTR
        buffer.removeLast(buffer.count - used - max(0, received))
        guard received >= 0 else {
            throw ReadFailure(code: errno)
        }
        isAtEnd = received == 0
    }
}

/// The operating system refused to read.
struct ReadFailure: Error {
    /// The system's error number.
    let code: Int32

    /// A lower-case fragment.
    var message: String { "cannot be read: \(String(cString: strerror(code)))" }
}
