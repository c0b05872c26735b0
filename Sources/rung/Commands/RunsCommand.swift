import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungText

/// `rung runs`: what has been run.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List recorded runs, or show one.",
        subcommands: [RunsListCommand.self, RunsShowCommand.self], defaultSubcommand: RunsListCommand.self)
}

/// The store that a command reads.
struct EvidenceOptions: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    func store() throws -> EvidenceStore {
        if let evidence { return try Composition.existingStore(at: evidence) }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: try location.requiredRoot(), into: &diagnostics)
        try diagnostics.throwIfAny()
        return try Composition.existingStore(at: workspace?.evidencePath ?? "")
    }
}

/// `rung runs list`.
struct RunsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List recorded runs, newest first.")

    @OptionGroup var evidence: EvidenceOptions

    @Option(help: "How many at most.")
    var limit = 20

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() throws {
        let runs = try evidence.store().runs(limit: limit)
        switch format {
        case .json: Terminal.print(JSONText.pretty(["formatVersion": 1, "runs": .array(runs.map(RunText.json))]))
        case .text:
            if runs.isEmpty { Terminal.say("no runs yet; make one with: rung test") }
            for run in runs { Terminal.print(RunText.line(run)) }
        }
    }
}

/// `rung runs show`.
struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run: gate, counts, and the cases that did not pass.")

    @OptionGroup var evidence: EvidenceOptions

    @Argument(help: ArgumentHelp("Id of the run, the beginning of one, or latest.", valueName: "run"))
    var name: String

    @Flag(help: "Show every case, not only those that did not pass.")
    var all = false

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let store = try evidence.store()
        let detail = try store.run(RunID(name))
        let verdicts = all ? nil : Set(Verdict.allCases).subtracting([.passed])
        switch format {
        case .json:
            var cases: [JSONValue] = []
            try store.forEachCase(of: detail.header.id, verdicts: verdicts) { cases.append(RunText.json($0)) }
            var members = RunText.json(detail).members ?? []
            members.insert(.init("formatVersion", 1), at: 0)
            members.append(.init("cases", .array(cases)))
            Terminal.print(JSONText.pretty(.object(members)))
        case .text:
            for line in RunText.lines(detail) { Terminal.print(line) }
            try store.forEachCase(of: detail.header.id, verdicts: verdicts) { Terminal.print("  " + RunText.line($0)) }
        }
    }
}
