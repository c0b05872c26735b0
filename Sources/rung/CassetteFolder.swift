import RungCore
import RungFormats
import RungImport
import RungReplay
import RungText

/// The folder that recordings of other tools become cassettes in.
struct CassetteFolder {
    private let folder: String
    private let isOverwriting: Bool
    private let conversion: CassetteConversion

    init(_ folder: String, overwrite: Bool) throws {
        self.folder = folder
        isOverwriting = overwrite
        conversion = try CassetteConversion(around: FilePath.join(folder, "x"))
    }

    /// What stands in the way of writing: cassettes that are there, and recordings with one name.
    func collisions(of files: [String]) -> [Diagnostic] {
        var owners: [String: String] = [:]
        return files.compactMap { file in
            let name = VCRFile.name(of: file)
            if let owner = owners[name] {
                return Diagnostic(
                    file, nil, "its cassette has the name of that of \(owner): \(name)", suggestion: "import them into two folders")
            }
            owners[name] = file
            guard !isOverwriting, self.file(name).exists else { return nil }
            return Diagnostic(file, nil, "there is a cassette already: \(shown(name))", suggestion: "replace it with --overwrite")
        }
    }

    /// The cassette that a recording becomes, without its secrets.
    ///
    /// - Throws: `InvalidInput` with each exchange that cannot be recorded.
    func cassette(of recording: VCRFile) throws -> Cassette { try conversion.cassette(of: recording) }

    /// Writes a recording and says what was written.
    func write(_ recording: VCRFile) throws -> String {
        guard !recording.exchanges.isEmpty else { return "\(recording.path): no exchanges, and nothing written" }
        let cassette = try cassette(of: recording)
        try file(recording.name).write(cassette)
        return CassetteConversion.told(cassette, in: shown(recording.name))
    }

    private func file(_ name: String) -> CassetteFile { CassetteFile(FilePath.join(folder, "\(name).jsonl")) }
    private func shown(_ name: String) -> String { FilePath.shown(FilePath.join(folder, "\(name).jsonl")) }
}
