import ArgumentParser
import RungCore
import RungCrypto
import RungEvidence
import RungFormats
import RungText

/// `rung export`: hands evidence on.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Hand evidence on to another machine.", subcommands: [ExportBundleCommand.self])
}

/// `rung export bundle`: one file with everything that proving the evidence elsewhere needs.
struct ExportBundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle", abstract: "Write the evidence as one verified file that `rung merge` takes in.",
        discussion: """
            A part of a ledger proves nothing without the rest, so a bundle is always the whole evidence file. For a bundle of \
            one run let the run write into a file of its own: rung test --evidence FILE.
            """)

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: ArgumentHelp("The file to write, which must not exist yet; its name ends in .rungbundle or .db.", valueName: "path"))
    var out: String

    @Option(name: .customLong("run"), help: ArgumentHelp("Only when the evidence holds this run alone.", valueName: "run"))
    var onlyRun: String?

    @Flag(help: "All of the evidence; the default.")
    var all = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if onlyRun != nil, all { throw ValidationError("--run and --all exclude each other") }
        guard out.hasSuffix(".rungbundle") || out.hasSuffix(".db") else {
            throw ValidationError("--out must end in .rungbundle or .db, found \"\(out)\"")
        }
    }

    func run() throws {
        let bundle = try evidence.store().exportBundle(to: out, run: onlyRun.map { RunID($0) })
        switch format {
        case .json:
            Terminal.print(
                JSONText.pretty([
                    "formatVersion": 1, "file": .string(out), "records": .int(bundle.records),
                    "ledger": ["size": .int(bundle.head.size), "root": .string(bundle.head.root.description)],
                ]))
        case .text:
            Terminal.say("\(FilePath.shown(out)): \(bundle.records) records in \(bundle.entries) ledger entries, verified")
        }
    }
}
