internal import RungText

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The destination could not be written; nothing of the import is left there.
public struct ImportFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public var path: String
    /// A lower-case fragment.
    public var reason: String

    public init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "\(path): error: \(reason)" }
}

/// Files that appear in a folder together: written beside their places, then renamed into them.
struct StagedFolder {
    let path: String
    let overwrite: Bool
    /// Names written so far, in order.
    private var names: [String] = []
    private var madeFolders: [String] = []

    init(_ path: String, overwrite: Bool) {
        var path = path[...]
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = String(path)
        self.overwrite = overwrite
    }

    /// Throws `InvalidInput` naming everything that stands in the way.
    func check(_ names: [String]) throws {
        var problems = Diagnostics()
        for name in names {
            var status = stat()
            guard stat(place(name), &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                problems.append(Diagnostic(place(name), nil, "a folder of this name stands in the way"))
            } else if !overwrite {
                let way = "choose another folder, or overwrite with --overwrite"
                problems.append(Diagnostic(place(name), nil, "the file exists already", suggestion: way))
            }
        }
        try problems.throwIfAny()
    }

    /// Adds bytes to the file that will be called `name`.
    mutating func append(_ bytes: [UInt8], to name: String) throws {
        let isFirst = !names.contains(name)
        if isFirst {
            try makeFolder(path)
            names.append(name)
        }
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isFirst ? O_TRUNC : O_APPEND)
        let descriptor = open(stage(name), flags, 0o644)
        guard descriptor >= 0 else { throw failure("cannot write \(name)") }
        defer { close(descriptor) }
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure("cannot write \(name)") }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(descriptor) == 0 else { throw failure("cannot write \(name)") }
    }

    /// Renames every file into its place; puts the old ones back when one of the renames fails.
    mutating func commit() throws {
        try check(names)
        var undo: [(from: String, to: String?)] = []
        do {
            for name in names {
                if access(place(name), F_OK) == 0 {
                    try move(place(name), backup(name), name)
                    undo.append((backup(name), place(name)))
                }
                try move(stage(name), place(name), name)
                undo.append((place(name), nil))
            }
        } catch {
            for step in undo.reversed() {
                if let target = step.to { rename(step.from, target) } else { unlink(step.from) }
            }
            throw error
        }
        for name in names { unlink(backup(name)) }
        names = []
        madeFolders = []
    }

    /// Removes what was written, and the folders that were made for it.
    mutating func discard() {
        for name in names { unlink(stage(name)) }
        for folder in madeFolders.reversed() { rmdir(folder) }
        names = []
        madeFolders = []
    }

    // MARK: - Files

    private func place(_ name: String) -> String { "\(path)/\(name)" }
    private func stage(_ name: String) -> String { "\(path)/.\(name).\(getpid()).new" }
    private func backup(_ name: String) -> String { "\(path)/.\(name).\(getpid()).old" }

    private func failure(_ action: String) -> ImportFailure {
        ImportFailure(path, "\(action): \(String(cString: strerror(errno)))")
    }

    private func move(_ from: String, _ to: String, _ name: String) throws {
        guard rename(from, to) == 0 else { throw failure("cannot put \(name) in its place") }
    }

    private mutating func makeFolder(_ folder: String) throws {
        if mkdir(folder, 0o755) == 0 {
            madeFolders.append(folder)
            return
        }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let slash = folder.lastIndex(of: "/"), slash > folder.startIndex else { break }
            try makeFolder(String(folder[..<slash]))
            if mkdir(folder, 0o755) == 0 {
                madeFolders.append(folder)
                return
            }
        default: break
        }
        throw failure("cannot make the folder")
    }
}
