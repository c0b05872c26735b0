#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A report that could not be written: which file, and why.
public struct ReportFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path as the user gave it.
    public var path: String
    /// The operating system's words, or a lower-case fragment.
    public var reason: String

    /// Creates the failure of the report at `path`.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// `cannot write PATH: REASON`.
    public var description: String { "cannot write \(path): \(reason)" }
}

/// A file whose beginning is only known at its end: the body is spooled, and the whole appears at once.
///
/// The body goes to an unnamed temporary file next to the target. `finish` writes header, body and footer to a
/// temporary name, syncs it and renames it over the target, so that a reader sees the old file or the new one and never
/// a part. When anything fails, or the file is dropped before `finish`, nothing new is left and an older report stays as
/// it was. A target that exists and is not a regular file, such as `/dev/stdout` or a pipe, is written to directly.
///
/// A class, because it owns two descriptors that must be closed exactly once.
final class SpooledFile {
    /// Opens a file for writing; tests put a full device here.
    typealias Opening = (_ path: String, _ flags: Int32) -> Int32

    /// The path as the user gave it, for messages.
    let path: String
    /// Where the finished file goes: the path with symbolic links resolved.
    private let target: String
    private let isStream: Bool
    private let opening: Opening
    /// The spool; a writer with a buffer of its own may write to it instead of calling `write`. Negative once given up.
    private(set) var descriptor: Int32 = -1
    private var buffer: [UInt8] = []
    private var marks: [Mark] = []

    private static let bufferSize = 128 << 10

    /// From `start` on the body belongs to `section`, up to the next mark.
    private struct Mark {
        var section: Int
        var start: Int
    }

    /// Opens the spool, so that a path that cannot be written fails before the first case.
    convenience init(path: String) throws(ReportFailure) {
        try self.init(path: path) { open($0, $1, 0o666) }
    }

    /// Opens the spool with a function of the caller.
    init(path: String, opening: @escaping Opening) throws(ReportFailure) {
        self.path = path
        self.opening = opening
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind == S_IFDIR { throw ReportFailure(path: path, reason: Self.reason(EISDIR)) }
        isStream = exists && kind != S_IFREG
        target = exists && !isStream ? Self.resolved(path) : path
        let (descriptor, name) = try create(near: isStream ? Self.temporaryFolder + "/rung-report" : target)
        self.descriptor = descriptor
        unlink(name)
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit { discard() }

    /// Appends to the body.
    func write(_ bytes: [UInt8]) throws(ReportFailure) {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count > Self.bufferSize {
            try put(bytes[...], to: descriptor)
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    /// From byte `start` of the body on it belongs to `section`; without a mark all of it is section 0.
    func mark(section: Int, from start: Int) {
        guard marks.last?.section != section else { return }
        marks.append(Mark(section: section, start: start))
    }

    /// Writes `header` before the body and `footer` after it, and puts the file in its place.
    func finish(header: [UInt8], footer: [UInt8]) throws(ReportFailure) {
        try finish([.text(header[...]), .section(0), .text(footer[...])])
    }

    /// A part of the finished file.
    enum Part {
        case text(ArraySlice<UInt8>)
        /// All stretches of the body with this number, in their order.
        case section(Int)
    }

    /// Puts the file together from its parts, and in its place.
    func finish(_ parts: [Part]) throws(ReportFailure) {
        defer { discard() }
        try flush()
        if isStream {
            let stream = opening(path, O_WRONLY | O_CLOEXEC)
            guard stream >= 0 else { throw failure(errno) }
            defer { close(stream) }
            return try assemble(parts, into: stream)
        }
        let (file, name) = try create(near: target)
        do throws(ReportFailure) {
            defer { close(file) }
            try assemble(parts, into: file)
            guard fsync(file) == 0, rename(name, target) == 0 else { throw failure(errno) }
        } catch {
            unlink(name)
            throw error
        }
        syncFolder()
    }

    /// Gives up the body; nothing of it stays on disk.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        buffer = []
    }

    // MARK: - Bytes

    private func assemble(_ parts: [Part], into file: Int32) throws(ReportFailure) {
        let end = Int(lseek(descriptor, 0, SEEK_END))
        let marks = marks.first?.start == 0 ? marks : [Mark(section: 0, start: 0)] + marks
        for part in parts {
            switch part {
            case .text(let bytes):
                try put(bytes, to: file)
            case .section(let section):
                for (index, mark) in marks.enumerated() where mark.section == section {
                    try copy(mark.start..<(index + 1 < marks.count ? marks[index + 1].start : end), into: file)
                }
            }
        }
    }

    private func copy(_ range: Range<Int>, into file: Int32) throws(ReportFailure) {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 16)
        defer { chunk.deallocate() }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = pread(descriptor, chunk.baseAddress, min(chunk.count, range.upperBound - offset), off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(count < 0 ? errno : EIO) }
            try put(UnsafeRawBufferPointer(rebasing: chunk[..<count]), to: file)
            offset += count
        }
    }

    private func flush() throws(ReportFailure) {
        guard descriptor >= 0 else { throw ReportFailure(path: path, reason: "the report was given up after an earlier failure") }
        try put(buffer[...], to: descriptor)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: ArraySlice<UInt8>, to file: Int32) throws(ReportFailure) {
        try bytes.withUnsafeBufferPointer { bytes throws(ReportFailure) in
            try put(UnsafeRawBufferPointer(bytes), to: file)
        }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(ReportFailure) {
        var offset = 0
        while offset < bytes.count, let base = bytes.baseAddress {
            let count = Self.write(file, base + offset, bytes.count - offset)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(count < 0 ? errno : EIO) }
            offset += count
        }
    }

    /// The system call, which the method of the same name hides.
    private static func write(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, base, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, base, count)
        #else
            Darwin.write(descriptor, base, count)
        #endif
    }

    // MARK: - Names

    /// Creates `PATH.partial`, or `PATH.partial-2` and so on when an earlier process left one behind.
    private func create(near path: String) throws(ReportFailure) -> (descriptor: Int32, name: String) {
        for attempt in 1...1_000 {
            let name = attempt == 1 ? "\(path).partial" : "\(path).partial-\(attempt)"
            let descriptor = opening(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC)
            if descriptor >= 0 { return (descriptor, name) }
            guard errno == EEXIST else { throw failure(errno) }
        }
        throw failure(EEXIST)
    }

    /// The rename is durable once its folder is synced; a folder that cannot be synced is no failure of the report.
    private func syncFolder() {
        let folder = target.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let path = folder.isEmpty ? (target.hasPrefix("/") ? "/" : ".") : folder
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The failure of this file with the operating system's words for an error number.
    func failure(_ code: Int32) -> ReportFailure { ReportFailure(path: path, reason: Self.reason(code)) }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
