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
            try scanner.push(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { line in
                number += 1
                try body(line, number)
            }
        }
        let rest = scanner.rest
        guard !rest.isEmpty else { return }
        try rest.withUnsafeBufferPointer { try body($0, number + 1) }
    }

    private func unreadable() -> InvalidInput { Unreadable(code: errno).error(path) }

    /// Why a file cannot be read.
    struct Unreadable: Error {
        /// What the system says.
        var code: Int32

        func error(_ path: String) -> InvalidInput {
            InvalidInput(path, nil, "the file cannot be read: \(String(cString: strerror(code)))", suggestion: "check the path")
        }
    }
}
