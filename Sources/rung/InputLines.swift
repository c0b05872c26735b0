import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lines of standard input as they come; memory is bounded by the longest line allowed.
enum InputLines {
    /// Calls `body` for each line, the last one too when nothing ends it.
    ///
    /// - Throws: `InvalidInput` for a line of more than `limit` bytes; nothing behind it is read.
    static func each(limit: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        var scanner = LineScanner(limit: limit)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(0, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            do {
                try buffer.withUnsafeBytes { try scanner.push(UnsafeRawBufferPointer(rebasing: $0[..<count]), body) }
            } catch let error as LineScanner.LineTooLong {
                throw InvalidInput("standard input", nil, "a message has more than \(error.limit) bytes")
            }
        }
        guard !scanner.rest.isEmpty else { return }
        try scanner.rest.withUnsafeBufferPointer(body)
    }
}
