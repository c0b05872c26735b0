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
        subcommands: [
            ImportAgentCardCommand.self, ImportEvidenceCommand.self, ImportJUnitCommand.self, ImportOTLPCommand.self,
            ImportTauBenchCommand.self, ImportVCRCommand.self,
        ])
}

/// `rung import evidence`: appends records from a JSON Lines file.
struct ImportEvidenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Append records from a JSON Lines file; all of them or none.",
        discussion: """
            Record kinds and their members are described in docs/evidence.md. The same file twice adds nothing. With --source \
            the records count as sent by that source (class B), once its token or signature has proved it; without, as those \
            of a file that anybody could have written (class D).
            """)

    @Argument(help: "JSON Lines file with one record a line.")
    var file: String

    @Flag(help: "Check and count; store nothing. Needs no workspace.")
    var dryRun = false

    @OptionGroup var sender: SenderOptions

    @Option(help: ArgumentHelp("Signature over the file by the key of --source; see: rung source sign.", valueName: "file.sig"))
    var signature: String?

    @OptionGroup var writing: EvidenceWriting

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if signature != nil, sender.source == nil { throw ValidationError("--signature needs --source ID") }
        if signature != nil, sender.tokenFile != nil { throw ValidationError("give --signature or --token-file, not both") }
    }

    func run() throws {
        let actor = PrincipalID(Surroundings.actor)
        let report = try writing.perform(dryRun: dryRun) { store, dryRun in
            let sender = try sender.sender(store, signature: signature)
            return try store.importEvidence(
                file: file, source: sender?.source.id, digest: sender?.fileDigest, actor: actor, dryRun: dryRun)
        }
        switch format {
        case .json: Terminal.print(JSONText.pretty(report.json))
        case .text: Terminal.say(report.text)
        }
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
