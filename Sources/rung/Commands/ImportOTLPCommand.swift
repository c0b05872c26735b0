import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungText

/// `rung import otlp`: takes in traces and logs of OpenTelemetry from files.
struct ImportOTLPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "otlp", abstract: "Append interactions and tool calls from OpenTelemetry files; of each file all or nothing.",
        discussion: """
            A file is one OTLP request in JSON, JSON Lines of requests, or one request in protobuf; its content says which. \
            Message contents are not stored. The same file twice adds nothing. docs/guide/otlp.md tells what becomes of a span.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: ArgumentHelp("Files with traces or logs.", valueName: "file"))
    var files: [String]

    @Flag(help: "Check and count; store nothing. Needs no workspace.")
    var dryRun = false

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let target = try EvidenceTarget.path(evidence, location, needed: !dryRun)
        let actor = PrincipalID(Surroundings.actor)
        var reports: [TelemetryImport.Report] = []
        var problems: [Diagnostic] = []
        for file in files {
            do {
                reports.append(
                    try EvidenceTarget.write(to: target, dryRun: dryRun) { store, isRehearsal in
                        try TelemetryImport.run(file, into: store, actor: actor, dryRun: isRehearsal)
                    })
            } catch let invalid as InvalidInput {
                problems += invalid.diagnostics
            }
        }
        switch format {
        case .json: Terminal.print(JSONText.pretty(["formatVersion": 1, "files": .array(reports.map(\.json))]))
        case .text: for report in reports { Terminal.say(report.text) }
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }
}

/// Where a command that takes evidence in puts it.
enum EvidenceTarget {
    /// The database that was named, or the workspace's own; nil when none is needed and there is no workspace.
    static func path(_ named: String?, _ location: WorkspaceOptions, needed: Bool) throws -> String? {
        if let named { return named }
        guard let root = try needed ? location.requiredRoot() : location.root() else { return nil }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        return workspace?.evidencePath
    }

    /// Calls `body` with the store; where there is no database yet, first with one that vanishes, so that input that is
    /// wrong leaves nothing behind, not even an empty database.
    static func write<Report>(
        to path: String?, dryRun: Bool, _ body: (_ store: EvidenceStore, _ dryRun: Bool) throws -> Report
    ) throws -> Report {
        guard let path else { return try body(try Composition.emptyStore(), true) }
        if !FileBytes.exists(path) {
            let report = try body(try Composition.emptyStore(), true)
            if dryRun { return report }
        }
        return try body(try Composition.store(at: path), dryRun)
    }
}
