#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
internal import RungCrypto
internal import Synchronization

/// What tells one state of a file from another: size and time of change.
struct FileStamp: Sendable, Equatable {
    var size: Int64 = 0
    var seconds = 0
    var nanoseconds = 0
}

/// A JSON Lines file: read once from start to end, then line by line at known offsets.
///
/// A class because it owns a descriptor. It is only ever used by one task at a time: whoever has taken it from a
/// `KeptFile` has it alone.
final class LineFile: @unchecked Sendable {
    static let lineLimit = 64 << 20

    let path: String
    let stamp: FileStamp
    private let descriptor: Int32
    /// Bytes that `withLine` reads at once, until a line is longer.
    private var span: Int
    private var window: [UInt8] = []
    private var windowStart = 0

    /// - Parameter span: how many bytes of lines are wanted; at most 64 KiB of them are read at once.
    init(path: String, span: Int = 1 << 16) throws(FileFailure) {
        self.path = path
        self.span = min(max(span, 512), 1 << 16)
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw FileFailure(path, code: EISDIR)
        }
        stamp = FileStamp(
            size: Int64(information.st_size), seconds: information.st_mtim.tv_sec, nanoseconds: information.st_mtim.tv_nsec)
    }

    deinit { close(descriptor) }

    /// Whether the file is still the one that was opened, unchanged; sets how many bytes are read at once from here on.
    func isUnchanged(span: Int) -> Bool {
        self.span = min(max(span, 512), 1 << 16)
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { return false }
        return stamp
            == FileStamp(
                size: Int64(information.st_size), seconds: information.st_mtim.tv_sec, nanoseconds: information.st_mtim.tv_nsec)
    }

    /// A line was longer than `lineLimit`.
    struct LineTooLong: Error {}

    /// Calls `body` with each line, its number from 1, and its byte offset; the last line needs no line break.
    func forEachLine(
        hashing hasher: inout SHA256Hasher, _ body: (UnsafeBufferPointer<UInt8>, Int, Int) -> Void
    ) throws {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var number = 0
        var lineStart = 0
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure(path, code: errno) }
            guard count > 0 else { break }
            buffer.withUnsafeBytes { bytes in
                hasher.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                Self.split(bytes.bindMemory(to: UInt8.self), count, &pending) { line, length in
                    number += 1
                    body(line, number, lineStart)
                    lineStart += length
                }
            }
            guard pending.count <= Self.lineLimit else { throw LineTooLong() }
        }
        guard !pending.isEmpty else { return }
        pending.withUnsafeBufferPointer { body(Self.withoutReturn($0), number + 1, lineStart) }
    }

    /// Cuts a chunk at its line breaks; `body` gets the line and its length in the file, line break included.
    private static func split(
        _ chunk: UnsafeBufferPointer<UInt8>, _ count: Int, _ pending: inout [UInt8],
        _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void
    ) {
        guard let base = chunk.baseAddress else { return }
        var start = 0
        while start < count, let hit = memchr(base + start, 10, count - start) {
            let end = UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            let piece = UnsafeBufferPointer(start: base + start, count: end - start)
            if pending.isEmpty {
                body(withoutReturn(piece), piece.count + 1)
            } else {
                pending.append(contentsOf: piece)
                pending.withUnsafeBufferPointer { body(withoutReturn($0), $0.count + 1) }
                pending.removeAll(keepingCapacity: true)
            }
            start = end + 1
        }
        pending.append(contentsOf: UnsafeBufferPointer(start: base + start, count: count - start))
    }

    private static func withoutReturn(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        line.last == 13 ? UnsafeBufferPointer(rebasing: line.dropLast()) : line
    }

    /// The line that starts at `offset`, without its line break; the pointer is valid during the call.
    func withLine<Result>(
        at offset: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) throws -> Result {
        var length = span
        while true {
            if offset < windowStart || offset >= windowStart + window.count { try load(at: offset, length: length) }
            let from = offset - windowStart
            let isLast = windowStart + window.count >= Int(stamp.size)
            let end = window.withUnsafeBufferPointer { bytes -> Int? in
                guard let base = bytes.baseAddress, from < bytes.count,
                    let hit = memchr(base + from, 10, bytes.count - from)
                else { return isLast ? bytes.count : nil }
                return UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
            }
            if let end {
                return try window.withUnsafeBufferPointer {
                    try body(Self.withoutReturn(UnsafeBufferPointer(rebasing: $0[from..<end])))
                }
            }
            if from == 0 { length *= 4 }
            try load(at: offset, length: length)
        }
    }

    private func load(at offset: Int, length: Int) throws(FileFailure) {
        var code: Int32 = 0
        let buffer = [UInt8](unsafeUninitializedCapacity: length) { bytes, filled in
            while filled < length, let base = bytes.baseAddress {
                let count = pread(descriptor, base + filled, length - filled, off_t(offset + filled))
                if count < 0, errno == EINTR { continue }
                if count < 0 { code = errno }
                guard count > 0 else { return }
                filled += count
            }
        }
        guard code == 0 else { throw FileFailure(path, code: code) }
        window = buffer
        windowStart = offset
    }
}

/// Keeps a file open between two readings, so that a trial of one case does not open it anew each time.
final class KeptFile: Sendable {
    private let slot = Mutex<LineFile?>(nil)

    /// The file that was put back last, when it is this one; the caller has it alone until it is put back.
    func take(_ path: String) -> LineFile? {
        slot.withLock { slot in
            guard slot?.path == path else { return nil }
            defer { slot = nil }
            return slot
        }
    }

    func putBack(_ file: LineFile) { slot.withLock { $0 = file } }
}
