#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that cannot be opened, listed, read or written.
public struct FileFailure: Error, Sendable, CustomStringConvertible {
    public var path: String
    /// The operating system's own words.
    public var reason: String
    /// The operating system's error number.
    public let code: Int32

    public init(_ path: String, code: Int32) {
        self.path = path
        self.code = code
        reason = String(cString: strerror(code)).lowercased()
    }

    public var description: String { "\(path): \(reason)" }

    /// Whether the machine is to blame and not what was asked: a full, broken or read-only disk.
    public var isOfMachine: Bool { [EDQUOT, EIO, ENOSPC, EROFS].contains(code) }

    /// The way out; nil where the reason says it.
    public var suggestion: String? {
        switch code {
        case EDQUOT, ENOSPC: "free some space and try again"
        case EIO: "check the disk and try again"
        case EROFS: "name a place that can be written"
        case EACCES, EPERM: "check who owns it and who may read and write it"
        default: nil
        }
    }

    /// The same about another path, such as that of the file that a draft was to become.
    public func about(_ path: String) -> FileFailure { FileFailure(path, code: code) }
}

/// Reads whole files and folders with plain system calls.
public enum FileBytes {
    /// Configuration files larger than this are refused: they are not what they claim to be.
    public static let documentLimit = 64 << 20

    /// All bytes of a file.
    ///
    /// - Throws: `FileFailure`, also for folders and for files above `limit`.
    public static func read(_ path: String, limit: Int = documentLimit) throws(FileFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw FileFailure(path, code: errno) }
        guard information.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(path, code: EISDIR) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, Int(information.st_size) + 1))
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure(path, code: errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw FileFailure(path, code: EFBIG) }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// Names in a folder, sorted, without those that start with a dot; empty when there is no such folder.
    public static func names(in folder: String) throws(FileFailure) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw FileFailure(folder, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    public static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }
}
