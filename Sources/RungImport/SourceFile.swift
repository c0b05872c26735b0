internal import RungText

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A file of records: one JSON array, or JSON Lines.
struct SourceFile {
    /// The path as the user typed it.
    let path: String
    private let bytes: [UInt8]

    /// The last part of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// - Throws: `InvalidInput` when the file cannot be read or holds nothing.
    init(_ path: String) throws {
        self.path = path
        bytes = try Self.contents(of: path)
        guard bytes.contains(where: { $0 > 0x20 }) else {
            throw InvalidInput(path, .start, "the file is empty", suggestion: "expected a JSON array or JSON Lines")
        }
    }

    /// Calls `body` with each record; texts that are not JSON become diagnostics.
    ///
    /// Lines are read and forgotten one by one; an array is read at once. Empty lines are skipped.
    func forEachRecord(into diagnostics: inout Diagnostics, _ body: (Node, inout Diagnostics) -> Void) {
        if isArray { return forEachElement(into: &diagnostics, body) }
        bytes.withUnsafeBufferPointer { buffer in
            var start = 0
            var line = 1
            while start < buffer.count {
                let end = buffer[start...].firstIndex(of: 10) ?? buffer.count
                let text = UnsafeBufferPointer(rebasing: buffer[start..<end])
                if text.contains(where: { $0 > 0x20 }) { parse(text, line: line, into: &diagnostics, body) }
                start = end + 1
                line += 1
            }
        }
    }

    private var isArray: Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return bytes[start...].first { $0 > 0x20 } == UInt8(ascii: "[")
    }

    private func forEachElement(into diagnostics: inout Diagnostics, _ body: (Node, inout Diagnostics) -> Void) {
        do {
            let document = try JSONReader.read(bytes)
            for record in document.array ?? [] { body(record, &diagnostics) }
        } catch {
            diagnostics.append(Diagnostic(path, error.position, error.message))
        }
    }

    private func parse(
        _ text: UnsafeBufferPointer<UInt8>, line: Int, into diagnostics: inout Diagnostics,
        _ body: (Node, inout Diagnostics) -> Void
    ) {
        do {
            body(try JSONReader.read(text, line: line), &diagnostics)
        } catch {
            diagnostics.append(Diagnostic(path, error.position, error.message))
        }
    }

    /// The bytes of a file.
    ///
    /// - Throws: `InvalidInput` when it cannot be read, or is larger than `limit` bytes.
    static func contents(of path: String, limit: Int = .max) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw InvalidInput(path, nil, "the file is larger than \(limit) bytes") }
            bytes += chunk[..<count]
        }
    }

    private static func unreadable(_ path: String) -> InvalidInput {
        InvalidInput(path, nil, "cannot be read: \(String(cString: strerror(errno)))")
    }
}
