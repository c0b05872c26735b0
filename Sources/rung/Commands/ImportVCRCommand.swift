import ArgumentParser
import RungImport
import RungRedaction
import RungText

/// `rung import vcr`: reads what recorders of HTTP wrote.
struct ImportVCRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vcr", abstract: "Read recordings of vcrpy, pydantic-ai and go-vcr.",
        discussion: """
            With --format json one file prints one object, several print one line each, with the file first. Recordings of \
            WebSockets and gRPC are refused by name. docs/guide/import-vcr.md tells what is read of each provider.
            """)

    @Argument(help: ArgumentHelp("Recordings in YAML or JSON.", valueName: "file"))
    var files: [String]

    @Flag(help: "Check and tell; write nothing.")
    var dryRun = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if !dryRun { throw ValidationError("give --dry-run: recordings are read and told, and not yet written as cassettes") }
    }

    func run() throws {
        var problems: [Diagnostic] = []
        for file in files {
            do {
                tell(VCRReport(try VCRReader.read(file)) { Redactor.standard.redact($0, .names).text })
            } catch let invalid as InvalidInput {
                problems += invalid.diagnostics
            }
        }
        if !problems.isEmpty { throw InvalidInput(problems) }
    }

    private func tell(_ report: VCRReport) {
        switch format {
        case .text: Terminal.say(report.text)
        case .json where files.count == 1: Terminal.print(JSONText.pretty(report.json(isNamed: false)))
        case .json: Terminal.print(JSONText.compact(report.json(isNamed: true)))
        }
    }
}
