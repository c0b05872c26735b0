import ArgumentParser
import RungCore
import RungEvidence
import RungFormats
import RungText

/// `rung retention`: payloads that are older than rung.yaml wants to keep them.
struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "Show which payloads have been kept long enough.",
        discussion: "The periods stand in rung.yaml under privacy, retention, by the risk tier of the agent.",
        subcommands: [RetentionPlanCommand.self])
}

/// The workspace whose periods apply, and its store.
struct RetentionOptions: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Evidence database, in place of the workspace's own.", valueName: "path"))
    var evidence: String?

    /// The periods, and where the evidence lies.
    ///
    /// - Throws: `InvalidInput` when no period is declared: nothing can be due then, and silence would look like a clean slate.
    func policy() throws -> (RetentionPolicy, path: String) {
        var diagnostics = Diagnostics()
        let root = try location.requiredRoot()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        let path = FilePath.shown(FilePath.join(root, Workspace.fileName))
        guard let workspace, !workspace.privacy.retention.isEmpty else {
            throw InvalidInput(
                path, nil, "no retention periods are declared",
                suggestion: "add privacy: {retention: {high: 400d, medium: 200d, low: 100d}}")
        }
        return (RetentionPolicy(days: workspace.privacy.retention), evidence ?? workspace.evidencePath)
    }
}

/// `rung retention plan`.
struct RetentionPlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "List the payloads that are due, by agent and kind; changes nothing.")

    @OptionGroup var options: RetentionOptions

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let (policy, path) = try options.policy()
        let plan = try Composition.existingStore(at: path).retentionPlan(policy, asOf: Surroundings.clock()())
        switch format {
        case .json: Terminal.print(JSONText.pretty(plan.json))
        case .text: Terminal.print(plan.text)
        }
    }
}
