import RungText
import RungCrypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A cassette on disk: `NAME.jsonl` with one line for each exchange, and beside it `NAME.bodies/` with the large bodies.
public struct CassetteFile: Sendable, Equatable {
    /// Where the file lies.
    public let path: String

    public init(_ path: String) { self.path = path }

    /// The folder of large bodies: each is called by the hexadecimal digits of its SHA-256 digest.
    public var bodyFolder: String { stem + ".bodies" }

    /// Where a recording lies that was not finished: `NAME.partial.jsonl`.
    public var partial: CassetteFile { CassetteFile(stem + ".partial.jsonl") }

    /// The path without its ending.
    private var stem: String {
        for ending in [".jsonl", ".json"] where path.hasSuffix(ending) && path.utf8.count > ending.utf8.count {
            return String(path.dropLast(ending.count))
        }
        return path
    }

    /// Bytes of one line, and of one body in a file of its own.
    static let lineLimit = 64 << 20
    /// Bytes of the file and of all its bodies together.
    static let totalLimit = 2 << 30

    /// Reads and checks everything, the bodies included.
    ///
    /// - Throws: `InvalidInput` with every problem and its place.
    public func read() throws -> Cassette {
        let folder = bodyFolder
        var total = 0
        var reading = CassetteReading(file: path) { digest in
            Self.body(digest, in: folder).flatMap { bytes in
                total += bytes.count
                return total <= Self.totalLimit ? .success(bytes) : .failure(CassetteBodyProblem(message: Self.tooLarge))
            }
        }
        try Self.lines(of: path) { line, number in reading.take(line, number: number) }
        return try reading.finish()
    }

    /// Whether there is a file.
    public var exists: Bool { access(path, F_OK) == 0 }

    /// Whether the file is a cassette of any format: by its name, or by its first line.
    public var isCassette: Bool {
        if path.hasSuffix(".jsonl") { return true }
        let line = Self.head(of: path).drop { $0 <= 0x20 }.prefix { $0 != UInt8(ascii: "\n") }
        return (try? JSONReader.read(Array(line)))?["kind"]?.string == "cassette"
    }

    /// The first bytes of a file, more than any header has; none where it cannot be read.
    private static func head(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var filled = 0
        while filled < buffer.count {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        return Array(buffer[..<filled])
    }

    // MARK: - Reading

    private static let tooLarge = "the cassette has more than \(totalLimit >> 30) GiB"

    private static func lines(of path: String, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT != S_IFDIR else { throw failure(path, EISDIR) }
        var scanner = LineScanner(limit: lineLimit)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var (number, total) = (0, 0)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path, errno) }
            guard count > 0 else { break }
            total += count
            guard total <= totalLimit else { throw InvalidInput(path, nil, tooLarge) }
            do {
                try buffer.withUnsafeBytes { bytes in
                    try scanner.push(UnsafeRawBufferPointer(rebasing: bytes[..<count])) { line in
                        number += 1
                        body(line, number)
                    }
                }
            } catch {
                throw InvalidInput(path, SourcePosition(line: number + 1, column: 1), "the line has more than \(lineLimit >> 20) MiB")
            }
        }
        guard !scanner.rest.isEmpty else { return }
        scanner.rest.withUnsafeBufferPointer { body($0, number + 1) }
    }

    /// A body from its file: an ordinary file under the digits of its digest, so that no reference leads out of the folder.
    private static func body(_ digest: Digest, in folder: String) -> Result<[UInt8], CassetteBodyProblem> {
        let path = "\(folder)/\(digest.hex)"
        func problem(_ message: String, _ suggestion: String? = nil) -> Result<[UInt8], CassetteBodyProblem> {
            .failure(CassetteBodyProblem(message: message, suggestion: suggestion))
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            return errno == ENOENT
                ? problem("the body is missing: no file \(path)", "bring it back from version control, or record anew")
                : problem("the body \(path) cannot be read: \(reason(errno))", "it must be an ordinary file")
        }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            return problem("the body \(path) is not an ordinary file")
        }
        guard information.st_size <= lineLimit else { return problem("the body \(path) has more than \(lineLimit >> 20) MiB") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(information.st_size))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= lineLimit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return problem("the body \(path) cannot be read: \(reason(errno))") }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard SHA256Hasher.digest(of: bytes) == digest else {
            return problem(
                "the body \(path) was changed: it is not what its digest says", "bring it back from version control, or record anew")
        }
        return .success(bytes)
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }

    private static func failure(_ path: String, _ code: Int32) -> InvalidInput {
        InvalidInput(
            path, nil, reason(code), suggestion: code == ENOENT ? "record it with: rung record --cassette \(path) -- COMMAND" : nil)
    }
}
