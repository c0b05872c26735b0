public import RungCore

/// The importers, in alphabetical order; one line registers one.
public enum ImporterCatalog {
    /// Every importer that `rung import` offers.
    public static let all: [ImporterDescriptor] = [
        TauBenchImporter.descriptor
    ]

    /// The importer with this name; nil for an unknown one.
    public static func importer(named name: String) -> ImporterDescriptor? { all.first { $0.name == name } }
}

/// A foreign format that can become scenarios: its name and how a file of it is converted.
public struct ImporterDescriptor: Sendable {
    /// The word after `rung import`.
    public var name: String
    /// One sentence for the help text.
    public var summary: String
    /// Converts a file; hands scenarios, then the suite, to the sink. Throws `InvalidInput` with all problems of the file.
    public var convert: @Sendable (_ file: String, _ options: ImportOptions, _ sink: inout any ScenarioSink) throws -> ImportReport

    public init(
        name: String, summary: String,
        convert: @escaping @Sendable (_ file: String, _ options: ImportOptions, _ sink: inout any ScenarioSink) throws -> ImportReport
    ) {
        self.name = name
        self.summary = summary
        self.convert = convert
    }
}

/// What the user may decide about any import.
public struct ImportOptions: Sendable, Equatable {
    /// The agent that the recordings are of; nil: its name comes from the file name.
    public var agent: AgentID?

    public init(agent: AgentID? = nil) { self.agent = agent }
}

/// Where imported scenarios go.
public enum ImportDestination: Sendable, Equatable {
    /// Nothing is written: the import is a rehearsal and only its report counts.
    case dryRun
    /// `scenarios.jsonl` and `suite.yaml` in this folder, which is made when it is missing.
    case folder(String, overwrite: Bool)
}

extension ImporterDescriptor {
    /// Converts a file and writes the outcome: either everything is in place afterwards, or nothing has changed.
    ///
    /// - Throws: `InvalidInput` when the file cannot be used or the destination holds files of these names,
    ///   `ImportFailure` when the destination cannot be written.
    public func run(
        file: String, into destination: ImportDestination, options: ImportOptions = ImportOptions()
    ) throws -> ImportReport {
        var sink: any ScenarioSink =
            switch destination {
            case .dryRun: DiscardingSink()
            case .folder(let path, let overwrite): try FolderSink(path, overwrite: overwrite)
            }
        do {
            let report = try convert(file, options, &sink)
            try sink.commit()
            return report
        } catch {
            sink.discard()
            throw error
        }
    }
}
