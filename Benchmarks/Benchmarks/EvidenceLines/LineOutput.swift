#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Standard output, written in pieces of 256 KiB.
///
/// A class because everything that writes shares it.
final class LineOutput {
    private var buffer: [UInt8] = []

    init() { buffer.reserveCapacity(300_000) }

    /// Appends text.
    func put(_ text: String) { buffer.append(contentsOf: text.utf8) }

    /// Appends bytes.
    func put(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

    /// Appends a number in decimal.
    func put(_ number: Int) { put(String(number)) }

    /// Appends a number of at most 99 in two digits.
    func putTwo(_ number: Int) {
        buffer.append(48 + UInt8(number / 10))
        buffer.append(48 + UInt8(number % 10))
    }

    /// Appends the hexadecimal digits of the lowest `count` nibbles.
    func putHex(_ value: UInt64, _ count: Int) {
        for shift in stride(from: (count - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
            buffer.append(digit < 10 ? 48 + digit : 87 + digit)
        }
    }

    /// Ends a line.
    func endLine() throws {
        buffer.append(10)
        if buffer.count >= 262_144 { try flush() }
    }

    /// Writes what is left.
    func flush() throws {
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { write(1, $0.baseAddress.map { $0 + start }, $0.count - start) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Complaint("the output cannot be written: \(String(cString: strerror(errno)))") }
            start += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Talk on standard error.
enum StandardError {
    static func say(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    /// Ends the process.
    static func leave(with status: Int32) -> Never { exit(status) }
}
