import RungText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A text file that is read in pieces of 64 KiB and handed out line by line.
struct LineFile {
    var path: String
    var lineLimit: Int
    /// Is shown every byte that is read; nil when nobody wants to know.
    var hash: ByteHash?

    /// Calls `body` with each line, without its break, and its number from 1.
    ///
    /// - Throws: `InvalidInput` when the file cannot be read, `LineScanner.LineTooLong`, and what `body` throws.
    func forEach(_ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var scanner = LineScanner(limit: lineLimit)
        var number = 0
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer { chunk.deallocate() }
        while true {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            if count == 0 { break }
            hash?.add(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
            try scanner.push(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { line in
                number += 1
                try body(line, number)
            }
        }
        let rest = scanner.rest
        guard !rest.isEmpty else { return }
        try rest.withUnsafeBufferPointer { try body($0, number + 1) }
    }

    private func unreadable() -> InvalidInput {
        InvalidInput(path, nil, "the file cannot be read: \(String(cString: strerror(errno)))", suggestion: "check the path")
    }
}
