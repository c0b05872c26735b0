import RungCore
import RungFormats
import RungImport
import RungRedaction
import RungReplay
import RungText
import RungWire

/// Makes cassettes in the present format of what other recorders, and other versions of this one, wrote.
struct CassetteConversion {
    private let redactor: Redactor

    /// - Parameter path: where the cassette will lie; the workspace around it says what is taken out.
    init(around path: String) throws { redactor = try PrivacyReading.redactor(around: path) }

    /// Reads a recording, whatever wrote it.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong with it.
    func cassette(at path: String) throws -> Cassette {
        let file = CassetteFile(path)
        if file.isCassette { return try file.read() }
        let cassette = try cassette(of: VCRReader.read(path))
        if cassette.isEmpty { throw InvalidInput(FilePath.shown(path), nil, "the recording has no exchanges") }
        return cassette
    }

    /// The cassette that a recording of another tool becomes, without its secrets.
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

    /// What was written, for people.
    static func told(_ cassette: Cassette, in shown: String) -> String {
        let redactions = cassette.redactions.values.reduce(0, +)
        return "wrote \(cassette.summary) with \(redactions) redactions in \(shown)"
    }
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
