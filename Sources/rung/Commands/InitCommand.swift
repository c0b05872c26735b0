#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif
import ArgumentParser
import RungFormats
import RungLedger
import RungText

/// `rung init`: writes a working example to start from.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a working, commented example workspace.")

    @Argument(help: "Folder to write into; made when it does not exist.")
    var folder = "."

    func run() throws {
        let taken = EmbeddedStarter.files.map { FilePath.join(folder, $0.path) }.filter(FileBytes.exists)
        guard taken.isEmpty else {
            throw InvalidInput(
                taken.map {
                    Diagnostic(FilePath.shown($0), nil, "already exists", suggestion: "nothing was written; choose another folder")
                })
        }
        try NewFile.writeAll(EmbeddedStarter.files.map { (FilePath.join(folder, $0.path), $0.text) })
        Terminal.say("wrote \(EmbeddedStarter.files.count) files to \(FilePath.shown(folder))")
        Self.makeKey()
        let prefix = folder == "." ? "" : "  cd \(folder)\n"
        Terminal.say("next:\n\(prefix)  rung validate\n  rung test\n  rung assess")
    }

    /// Makes the key that signs the ledger unless there is one; a machine where that fails still has its workspace.
    private static func makeKey() {
        do {
            if let place = SigningKey.place, FileBytes.exists(place.path) {
                _ = try SigningKey.load()
                return
            }
            let (key, path) = try SigningKey.make()
            Terminal.say("made a key that signs the ledger: \(key.verifierKey.label) in \(FilePath.shown(path))")
        } catch let invalid as InvalidInput {
            let problem = invalid.diagnostics.first
            Terminal.say("note: the ledger will not be signed: \(problem?.file ?? "the key") \(problem?.message ?? "cannot be used")")
            if let suggestion = problem?.suggestion { Terminal.say("  \(suggestion)") }
        } catch {
            Terminal.say("note: the ledger will not be signed, because no key could be made: \(error)")
        }
    }
}

/// Makes files that do not exist yet, with the folders above them.
enum NewFile {
    /// Writes all of them or none: what has been made is removed when one cannot be written.
    static func writeAll(_ files: [(path: String, text: String)]) throws(FileFailure) {
        var made: [String] = []
        do throws(FileFailure) {
            for file in files { try write(file.text, to: file.path, noting: &made) }
        } catch {
            for path in made.reversed() where unlink(path) != 0 { rmdir(path) }
            throw error
        }
    }

    static func write(_ text: String, to path: String) throws(FileFailure) {
        var made: [String] = []
        try write(text, to: path, noting: &made)
    }

    static func makeFolder(_ path: String) throws(FileFailure) {
        var made: [String] = []
        try makeFolder(path, noting: &made)
    }

    private static func write(_ text: String, to path: String, noting made: inout [String]) throws(FileFailure) {
        try makeFolder(FilePath.folder(of: path), noting: &made)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileFailure(path, code: errno) }
        let code = Array(text.utf8).withUnsafeBytes { Terminal.write($0, to: descriptor) }
        close(descriptor)
        if let code {
            unlink(path)
            throw FileFailure(path, code: code)
        }
        made.append(path)
    }

    private static func makeFolder(_ path: String, noting made: inout [String]) throws(FileFailure) {
        guard !FileBytes.isFolder(path) else { return }
        let parent = FilePath.folder(of: path)
        if parent != path, parent != "." { try makeFolder(parent, noting: &made) }
        if mkdir(path, 0o755) == 0 { return made.append(path) }
        guard errno == EEXIST else { throw FileFailure(path, code: errno) }
    }
}
