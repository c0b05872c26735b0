import ArgumentParser
import RungCore
import RungCrypto
import RungEvidence
import RungFormats
import RungImport
import RungRedaction
import RungText

/// `rung import junit`: takes in what another test runner reported.
struct ImportJUnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "junit", abstract: "Append the runs that JUnit XML reports tell of; all of them or none.",
        discussion: """
            Each file becomes one run and its suite. A run has passed when something passed and nothing failed or errored. \
            The same file twice adds nothing. Document types and entities are refused.
            """)

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: "JUnit XML files.")
    var files: [String]

    @OptionGroup var about: JUnitSubjectOptions

    @Flag(help: "Check and count; store nothing. Needs no workspace.")
    var dryRun = false

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let reports = try Self.read(files)
        let imported = try dryRun ? nil : store(reports)
        switch format {
        case .json: Terminal.print(JSONText.pretty(JUnitReport.json(of: reports)))
        case .text:
            for report in reports { Terminal.say(report.text) }
            if let imported { Terminal.say(imported.text) }
        }
    }

    /// All reports, or everything that is wrong with any of them.
    private static func read(_ files: [String]) throws -> [JUnitReport] {
        var reports: [JUnitReport] = []
        var diagnostics = Diagnostics()
        for file in files {
            do {
                reports.append(try JUnitReader.read(file))
            } catch let invalid as InvalidInput {
                for diagnostic in invalid.diagnostics { diagnostics.append(diagnostic) }
            }
        }
        try diagnostics.throwIfAny()
        return reports
    }

    /// Appends everything in one transaction; nothing is written before all of it is known to be right.
    private func store(_ reports: [JUnitReport]) throws -> RungEvidence.ImportReport {
        let now = try Surroundings.clock()()
        let options = try about.options()
        let target = try ImportTarget(evidence: evidence, location: location)
        let drafts = try reports.flatMap { report in
            var report = report
            // A name becomes an id, in which a secret would not be told any more.
            report.name = report.name.map { target.redactor.redact($0).text }
            return try report.evidence(digest: FileDigest.of(report.file), options, now: now)
        }
        let name = files.count == 1 ? files[0] : "\(files.count) JUnit reports"
        return try target.take { store, isDryRun in
            try store.importRecords(from: name, actor: PrincipalID(Surroundings.actor), dryRun: isDryRun) { sink in
                for draft in drafts { try sink.append(draft) }
            }
        }
    }
}

/// What a JUnit report does not tell about itself.
struct JUnitSubjectOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Id of the agent that was tested.", valueName: "id"))
    var agent: String?

    @Option(help: ArgumentHelp("Id of the suite; default the report's own name.", valueName: "id"))
    var suite: String?

    @Option(
        help: ArgumentHelp("What was run: regression, efficacy, adversarial, and the other types of docs/evidence.md.", valueName: "type"))
    var type = "regression"

    @Option(help: ArgumentHelp("Version of the prompt that was tested.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(help: ArgumentHelp("Digest of model configuration and tools.", valueName: "sha256:…"))
    var configDigest: String?

    @Option(help: ArgumentHelp("When the run ended (UTC); default what the timestamps of the report tell.", valueName: "time"))
    var finishedAt: String?

    func validate() throws {
        if let finishedAt, Timestamp(finishedAt) == nil {
            throw ValidationError("--finished-at must be a UTC time such as 2026-09-30T12:00:00Z, or a date")
        }
        for (name, value) in [("--prompt-version", promptVersion), ("--config-digest", configDigest)] {
            if let value, Digest(value) == nil { throw ValidationError("\(name) must be sha256: and 64 hexadecimal digits") }
        }
        for (name, value) in [("--agent", agent), ("--suite", suite)] {
            if let value, !value.utf8.contains(where: { $0 > 0x20 }) { throw ValidationError("\(name) must not be empty") }
        }
    }

    /// The options as values.
    func options() throws -> JUnitOptions {
        JUnitOptions(
            agent: agent.map { AgentID($0) }, suite: suite.map { SuiteID($0) }, type: type,
            promptVersion: promptVersion.flatMap { Digest($0) }, configuration: configDigest.flatMap { Digest($0) },
            finishedAt: finishedAt.flatMap { Timestamp($0) })
    }
}

/// Where an import of records goes: the named database, or that of the workspace.
struct ImportTarget {
    private let path: String
    /// What is taken out of everything that goes there.
    let redactor: Redactor

    init(evidence: String?, location: WorkspaceOptions) throws {
        if let evidence {
            path = evidence
            redactor = try PrivacyReading.redactor(around: evidence)
            return
        }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: try location.requiredRoot(), into: &diagnostics)
        try diagnostics.throwIfAny()
        path = workspace?.evidencePath ?? ""
        redactor = try workspace.map(PrivacyReading.redactor) ?? .standard
    }

    /// Runs an import. What has problems must leave nothing behind, not even an empty database: where there is none yet,
    /// the import is rehearsed first.
    func take(_ body: (EvidenceStore, _ isDryRun: Bool) throws -> RungEvidence.ImportReport) throws -> RungEvidence.ImportReport {
        if !FileBytes.exists(path) { _ = try body(Composition.emptyStore(), true) }
        return try body(Composition.store(at: path, redactor: redactor), false)
    }
}
