import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungImport
import RungText

/// `rung import`: takes in what other tools recorded.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in evidence and recordings from other tools.",
        subcommands: [ImportEvidenceCommand.self, ImportTauBenchCommand.self])
}

/// `rung import evidence`: appends records from a JSON Lines file.
struct ImportEvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Append records from a JSON Lines file; all of them or none.",
        discussion: "Record kinds and their members are described in docs/evidence.md. The same file twice adds nothing.")

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: "JSON Lines file with one record a line.")
    var file: String

    @Flag(help: "Check and count; store nothing. Needs no workspace.")
    var dryRun = false

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let actor = PrincipalID(Surroundings.actor)
        let target = try target()
        let report = try Self.write(to: target, dryRun: dryRun) { try $0.importEvidence(file: file, actor: actor, dryRun: dryRun) }
        switch format {
        case .json: Terminal.print(JSONText.pretty(report.json))
        case .text: Terminal.say(report.text)
        }
    }

    /// Lends the store. A file with problems must leave nothing behind, not even an empty database: a rehearsal where there is
    /// none yet makes none, and a new one that has stayed empty is removed.
    private static func write<Value>(to target: String?, dryRun: Bool, _ body: (EvidenceStore) throws -> Value) throws -> Value {
        guard let target, !dryRun || FileBytes.exists(target) else { return try body(Composition.emptyStore()) }
        let isNew = !FileBytes.exists(target)
        let store = try Composition.store(at: target)
        do {
            return try body(store)
        } catch {
            if isNew { try store.removeIfEmpty() }
            throw error
        }
    }

    /// Where records go; nil for a rehearsal outside of any workspace.
    private func target() throws -> String? {
        if let evidence { return evidence }
        let root = try dryRun ? location.root() : location.requiredRoot()
        guard let root else { return nil }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        return workspace?.evidencePath
    }
}

/// `rung import tau-bench`: turns recorded trajectories into a suite.
struct ImportTauBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tau-bench", abstract: "Turn recorded tau-bench trajectories into scenarios and a suite that runs as it is.")

    @Argument(help: "Trajectories: JSON Lines, or one JSON array.")
    var file: String

    @Option(help: ArgumentHelp("Folder for suite.yaml and scenarios.jsonl; made when it does not exist.", valueName: "folder"))
    var into: String?

    @Option(help: ArgumentHelp("Id of the recorded agent; default from the file name.", valueName: "id"))
    var agent: String?

    @Flag(help: "Replace files of an earlier import.")
    var overwrite = false

    @Flag(help: "Check and count; write nothing.")
    var dryRun = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if into == nil, !dryRun { throw ValidationError("--into FOLDER is needed, or --dry-run") }
    }

    func run() throws {
        let destination = dryRun ? ImportDestination.dryRun : .folder(into ?? ".", overwrite: overwrite)
        guard let importer = ImporterCatalog.importer(named: "tau-bench") else { return }
        let report = try importer.run(file: file, into: destination, options: ImportOptions(agent: agent.map { AgentID($0) }))
        switch format {
        case .json: Terminal.print(JSONText.pretty(report.json))
        case .text:
            Terminal.say(report.text)
            if let into, !dryRun { Terminal.say("next: rung test \(FilePath.join(into, "suite.yaml"))") }
        }
    }
}
