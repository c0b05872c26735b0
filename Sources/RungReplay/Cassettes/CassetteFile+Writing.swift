import RungCrypto

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension CassetteFile {
    /// Writes a cassette in one step: a reader sees the old one or the new one, whole. Equal bytes are left alone.
    ///
    /// Bodies come first, so that the file never names one that is not there; bodies that it no longer names go last.
    ///
    /// - Throws: `CassetteWriteFailure`; then the old cassette is still there.
    public func write(_ cassette: Cassette) throws(CassetteWriteFailure) {
        let bytes = cassette.bytes
        if !bytes.bodies.isEmpty {
            try Self.makeFolder(bodyFolder)
            for (digest, body) in bytes.bodies.sorted(by: { $0.key.hex < $1.key.hex }) {
                try Self.replace("\(bodyFolder)/\(digest.hex)", body)
            }
            try Self.sync(folder: bodyFolder)
        }
        try Self.makeFolder(Self.folder(of: path))
        try Self.replace(path, bytes.file)
        try Self.sync(folder: Self.folder(of: path))
        removeBodies(except: Set(bytes.bodies.keys.map(\.hex)))
    }

    /// Removes the file and its bodies; nothing where there are none.
    public func remove() {
        guard unlink(path) == 0 else { return }
        removeBodies(except: [])
    }

    /// Removes bodies that the file no longer names, and drafts that a killed program left; the folder too when it is empty.
    private func removeBodies(except kept: Set<String>) {
        guard let stream = opendir(bodyFolder) else { return }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Whatever else somebody put there is not ours.
            if Self.isBodyName(name), !kept.contains(name) { names.append(name) }
        }
        closedir(stream)
        for name in names { unlink("\(bodyFolder)/\(name)") }
        if kept.isEmpty { rmdir(bodyFolder) }
    }

    /// 64 hexadecimal digits, or those with the ending of a draft.
    private static func isBodyName(_ name: String) -> Bool {
        let digits = name.utf8.prefix(64)
        let rest = name.utf8.dropFirst(64)
        return digits.count == 64 && digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            && (rest.isEmpty || (rest.first == UInt8(ascii: ".") && name.hasSuffix(".tmp")))
    }

    // MARK: - Steps

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func makeFolder(_ folder: String) throws(CassetteWriteFailure) {
        var information = stat()
        if stat(folder, &information) == 0 {
            guard information.st_mode & S_IFMT == S_IFDIR else { throw CassetteWriteFailure(folder, ENOTDIR) }
            return
        }
        if folder.contains("/") { try makeFolder(Self.folder(of: folder)) }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw CassetteWriteFailure(folder, errno) }
    }

    private static func replace(_ path: String, _ bytes: [UInt8]) throws(CassetteWriteFailure) {
        if isSame(path, bytes) { return }
        let draft = "\(path).\(getpid()).tmp"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CassetteWriteFailure(path, errno) }
        let code = writeAll(bytes, to: descriptor) ?? (fsync(descriptor) == 0 ? nil : errno)
        close(descriptor)
        if code == nil, rename(draft, path) == 0 { return }
        let reason = code ?? errno
        unlink(draft)
        throw CassetteWriteFailure(path, reason)
    }

    /// The code of the first error; nil when everything was written.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let base = buffer.baseAddress {
                let count = Glibc.write(descriptor, base + written, buffer.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                written += count
            }
            return nil
        }
    }

    private static func isSame(_ path: String, _ bytes: [UInt8]) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG, Int(information.st_size) == bytes.count
        else { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var offset = 0
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count == 0 && offset == bytes.count }
            guard offset + count <= bytes.count, buffer[..<count].elementsEqual(bytes[offset..<offset + count]) else { return false }
            offset += count
        }
    }

    private static func sync(folder: String) throws(CassetteWriteFailure) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw CassetteWriteFailure(folder, errno) }
        let isSynced = fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        // Some file systems know no such thing for folders.
        guard isSynced || code == EINVAL else { throw CassetteWriteFailure(folder, code) }
    }
}

/// Why a cassette could not be written.
public struct CassetteWriteFailure: Error, Sendable, CustomStringConvertible {
    public let path: String
    /// The operating system's error number.
    public let code: Int32

    init(_ path: String, _ code: Int32) {
        self.path = path
        self.code = code
    }

    public var description: String { "cannot write \(path): \(String(cString: strerror(code)).lowercased())" }
}
