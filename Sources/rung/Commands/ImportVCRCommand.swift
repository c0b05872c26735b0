import ArgumentParser
import RungImport
import RungRedaction
import RungText

/// `rung import vcr`: turns what other recorders of HTTP wrote into cassettes.
struct ImportVCRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vcr", abstract: "Turn recordings of vcrpy, pydantic-ai and go-vcr into cassettes; all of them or none.",
        discussion: """
            Each file becomes FOLDER/NAME.jsonl, without its secrets. With --format json one file prints one object with what was \
            answered in each exchange, several print one line each, with the file first. Recordings of WebSockets and gRPC are \
            refused by name. docs/guide/import-vcr.md tells what is read of each provider.
            """)

    @Argument(help: ArgumentHelp("Recordings in YAML or JSON.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("Folder for the cassettes; made when it does not exist.", valueName: "folder"))
    var into: String?

    @Flag(help: "Replace cassettes of an earlier import.")
    var overwrite = false

    @Flag(help: "Check and tell; write nothing.")
    var dryRun = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if into == nil, !dryRun { throw ValidationError("--into FOLDER is needed, or --dry-run") }
    }

    func run() throws {
        let target = try into.map { try CassetteFolder($0, overwrite: overwrite) }
        var problems = target?.collisions(of: files) ?? []
        for file in files {
            do {
                let recording = try VCRReader.read(file)
                _ = try target?.cassette(of: recording)
                tell(VCRReport(recording) { Redactor.standard.redact($0, .names).text })
            } catch let invalid as InvalidInput {
                problems += invalid.diagnostics
            }
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
        // A recording is read twice, so that no more than one is held at a time.
        guard let target, !dryRun else { return }
        for file in files { Terminal.say(try target.write(try VCRReader.read(file))) }
    }

    private func tell(_ report: VCRReport) {
        switch format {
        case .text: Terminal.say(report.text)
        case .json where files.count == 1: Terminal.print(JSONText.pretty(report.json(isNamed: false)))
        case .json: Terminal.print(JSONText.compact(report.json(isNamed: true)))
        }
    }
}
