import ArgumentParser
import RungCore
import RungFormats
import RungText

/// `rung rubric`: the questions by which organizations are assessed.
struct RubricCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubric", abstract: "Read the rubric, compare rubrics, and check one of your own.",
        subcommands: [RubricExplainCommand.self, RubricCheckCommand.self, RubricDiffCommand.self, RubricCrosswalkCommand.self])
}

/// Which rubric.
struct RubricOptions: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(
        help: ArgumentHelp("Rubric or overlay to read; default the workspace's own, else built-in.", valueName: "path"))
    var rubric: String?

    /// The rubric with its file. A workspace is not needed.
    func document() throws -> RubricDocument {
        let library = try Composition.rubrics()
        if let rubric { return try library.document(at: rubric) }
        guard let root = try location.root() else { return try library.builtInDocument() }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let path = workspace?.rubricPath else { return try library.builtInDocument() }
        return try library.document(at: path)
    }
}
