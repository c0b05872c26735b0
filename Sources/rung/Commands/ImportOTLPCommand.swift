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

    @OptionGroup var writing: EvidenceWriting

    @Argument(help: ArgumentHelp("Files with traces or logs.", valueName: "file"))
    var files: [String]

    @Flag(help: "Check and count; store nothing. Needs no workspace.")
    var dryRun = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let actor = PrincipalID(Surroundings.actor)
        var reports: [TelemetryImport.Report] = []
        var problems: [Diagnostic] = []
        for file in files {
            do {
                reports.append(
                    try writing.perform(dryRun: dryRun) { store, isRehearsal in
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
