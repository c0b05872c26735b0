import RungCore
import RungFormats
import RungImport
import RungRedaction
import RungReplay
import RungText
import RungWire

/// The folder that recordings of other tools become cassettes in.
struct CassetteFolder {
    private let folder: String
    private let isOverwriting: Bool
    private let redactor: Redactor

    init(_ folder: String, overwrite: Bool) throws {
        self.folder = folder
        isOverwriting = overwrite
        redactor = try PrivacyReading.redactor(around: FilePath.join(folder, "x"))
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
    func cassette(of recording: VCRFile) throws -> Cassette {
        let recorders = Set(recording.exchanges.map(\.dialect.recorder)).sorted().joined(separator: " and ")
        var imports = CassetteImport(
            scenario: recording.name, recorder: "\(recorders), imported by rung \(Version.current)", redactor: redactor)
        var problems: [Diagnostic] = []
        for recorded in recording.exchanges {
            let request = WireRequest(recorded.exchange.request)
            let provider = WireProvider.name(of: request, kind: WireKind(of: request))
            if let reason = imports.add(recorded.exchange, provider: provider, model: request.model) {
                problems.append(Diagnostic(recording.path, recorded.position, "the exchange cannot be recorded: \(reason)"))
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return imports.cassette
    }

    /// Writes a recording and says what was written.
    func write(_ recording: VCRFile) throws -> String {
        guard !recording.exchanges.isEmpty else { return "\(recording.path): no exchanges, and nothing written" }
        let cassette = try cassette(of: recording)
        try file(recording.name).write(cassette)
        let redactions = cassette.redactions.values.reduce(0, +)
        return "wrote \(cassette.exchanges.count) exchanges with \(redactions) redactions in \(shown(recording.name))"
    }

    private func file(_ name: String) -> CassetteFile { CassetteFile(FilePath.join(folder, "\(name).jsonl")) }
    private func shown(_ name: String) -> String { FilePath.shown(FilePath.join(folder, "\(name).jsonl")) }
}

extension VCRDialect {
    /// The tool that writes it.
    fileprivate var recorder: String {
        switch self {
        case .goVCR: "go-vcr"
        case .parsedBody, .vcrpy: "vcrpy"
        }
    }
}
