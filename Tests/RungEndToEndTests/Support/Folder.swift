import Foundation

/// A folder of its own for one test.
struct Folder: Sendable {
    /// Absolute path.
    let path: String

    /// A name below the folder for temporary files that nothing has yet.
    static func temporaryName() -> String {
        FileManager.default.temporaryDirectory.path + "/rung-e2e-" + UUID().uuidString.prefix(13).lowercased()
    }

    /// Makes an empty folder, hands it to `body`, and removes it with everything in it.
    static func with<Value>(_ body: (Folder) async throws -> Value) async throws -> Value {
        let folder = Folder(path: temporaryName())
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        do {
            let value = try await body(folder)
            try? FileManager.default.removeItem(atPath: folder.path)
            return value
        } catch {
            try? FileManager.default.removeItem(atPath: folder.path)
            throw error
        }
    }

    /// The same with the example of `rung init` in it.
    static func withExample<Value>(_ body: (Folder) async throws -> Value) async throws -> Value {
        try await with { folder in
            let output = try await Rung.run("init", in: folder)
            guard output.status == 0 else { throw Program.Failure(description: output.stderr) }
            return try await body(folder)
        }
    }

    /// The folder of this name in it.
    func sub(_ name: String) -> Folder { Folder(path: "\(path)/\(name)") }

    /// Writes a file, with the folders above it.
    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    /// Replaces a text in a file; the text must be there.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let text = try read(name)
        guard text.contains(old) else { throw Program.Failure(description: "\(name) has no \(old)") }
        try write(text.replacingOccurrences(of: old, with: new), to: name)
    }

    /// The text of a file.
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
    }

    /// The lines of a file; none when there is no file.
    func lines(_ name: String) -> [String] {
        ((try? read(name)) ?? "").split(separator: "\n").map(String.init)
    }

    /// Whether there is such a file.
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// Paths of all files below, sorted.
    var files: [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    /// Waits until a file has at least `count` lines; gives up after a minute.
    func waitForLines(_ count: Int, in name: String) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while lines(name).count < count {
            guard ContinuousClock.now < end else { throw Program.Failure(description: "\(name) never had \(count) lines") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
