#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The binary, the interpreter and a folder to work in.
struct Workbench {
    let options: Options
    /// Absolute path of the binary.
    let rung: String
    /// Absolute path of the folder for suites, stores and reports.
    let folder: String

    init(_ options: Options) throws {
        self.options = options
        rung = try Self.absolute(options.binary)
        for program in [rung, options.python] where access(program, X_OK) != 0 {
            throw Complaint("\(program) is not a program")
        }
        if let scratch = options.scratch {
            mkdir(scratch, 0o755)
            folder = try Self.absolute(scratch)
        } else {
            let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
            var template = Array("\(parent)/rung-bench.XXXXXX".utf8CString)
            guard let made = mkdtemp(&template) else { throw Complaint("no folder can be made in \(parent)") }
            folder = String(cString: made)
        }
    }

    /// Path of a file in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Absolute path of a program of this benchmark.
    func program(_ name: String) throws -> String { try Self.absolute("\(options.programs)/\(name)") }

    /// Removes files, so that the next run starts from nothing; what is not there does not matter.
    func clear(_ names: [String]) { for name in names { unlink(path(name)) } }

    /// Removes a store with its journals.
    func clearStore(_ name: String) { clear([name, "\(name)-wal", "\(name)-shm"]) }

    /// Removes the folder with all that is in it, unless the user named it.
    func remove() {
        guard options.scratch == nil else { return }
        _ = try? ChildProcess.run(["/bin/rm", "-rf", folder])
    }

    /// Writes a text file.
    func write(_ text: String, to name: String) throws {
        let file = try OutputFile(path(name))
        try file.write(text)
        try file.close()
    }

    /// Makes a folder and those above it.
    func makeFolder(_ name: String) throws { _ = try ChildProcess.run(["/bin/mkdir", "-p", path(name)]) }

    /// The first 4 KiB of a file.
    func head(of name: String) throws -> String {
        guard let stream = fopen(path(name), "r") else { throw Complaint("\(path(name)) cannot be read") }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    private static func absolute(_ path: String) throws -> String {
        guard let resolved = realpath(path, nil) else { throw Complaint("no file \(path)") }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// A file that is written from start to end in pieces, so that this program stays small.
struct OutputFile {
    private let path: String
    private let stream: UnsafeMutablePointer<FILE>

    init(_ path: String) throws {
        guard let stream = fopen(path, "w") else { throw Complaint("\(path) cannot be written") }
        self.path = path
        self.stream = stream
    }

    func write(_ text: String) throws {
        guard fputs(text, stream) >= 0 else { throw Complaint("\(path) cannot be written") }
    }

    /// Ends the file; nothing may be written after it.
    func close() throws {
        guard fclose(stream) == 0 else { throw Complaint("\(path) cannot be written") }
    }
}
