#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
internal import RungFormats

/// A folder for one test; removed with everything in it when the test lets go of it.
public final class TemporaryFolder: Sendable {
    /// Absolute path.
    public let path: String

    public init() {
        var template = Array("/tmp/rung-test-XXXXXX".utf8CString)
        let made = mkdtemp(&template) != nil
        precondition(made, "cannot make a temporary folder")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// Writes a file, with the folders above it; returns its path.
    @discardableResult
    public func write(_ name: String, _ text: String) -> String {
        let target = path + "/" + name
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o755)
        }
        let file = fopen(target, "w")
        precondition(file != nil, "cannot write \(target)")
        text.withCString { _ = fputs($0, file) }
        if let file { fclose(file) }
        return target
    }

    /// The text of a file in the folder; nil when there is none.
    public func read(_ name: String) -> String? {
        guard let bytes = try? FileBytes.read(path + "/" + name, limit: 1 << 30) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func remove(_ path: String) {
        if FileBytes.isFolder(path), let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(stream)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
