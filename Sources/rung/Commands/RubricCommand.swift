import ArgumentParser
import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungText

/// `rung rubric`: the questions by which organizations are assessed.
struct RubricCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rubric", abstract: "Read the rubric, and check one of your own.",
        subcommands: [RubricExplainCommand.self, RubricCheckCommand.self])
}

/// Which rubric.
struct RubricOptions: ParsableArguments {
    @OptionGroup var location: WorkspaceOptions

    @Option(help: ArgumentHelp("Rubric file, in place of the workspace's own or the built-in one.", valueName: "path"))
    var rubric: String?

    /// The file; nil for the built-in one. A workspace is not needed.
    func path() throws -> String? {
        if let rubric { return rubric }
        guard let root = try location.root() else { return nil }
        var diagnostics = Diagnostics()
        let workspace = Workspace.read(root: root, into: &diagnostics)
        try diagnostics.throwIfAny()
        return workspace?.rubricPath
    }
}

/// `rung rubric explain`.
struct RubricExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show what a criterion asks, why, how it is measured, and what to do.")

    @OptionGroup var options: RubricOptions

    @Argument(help: ArgumentHelp("Ids of criteria, such as PRM-303; all of them when none is given.", valueName: "id"))
    var ids: [String] = []

    func run() throws {
        var diagnostics = Diagnostics()
        let rubric = Composition.rubric(at: try options.path(), into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let rubric else { return }
        guard !ids.isEmpty else { return Terminal.print(overview(rubric)) }
        let known = rubric.criteria.map(\.id.rawValue)
        for id in ids where !known.contains(id) {
            diagnostics.append(
                Diagnostic(
                    "rubric \(rubric.id) \(rubric.version)", nil, "no criterion \"\(id)\"",
                    suggestion: NearestWord.suggestion(for: id, among: known)))
        }
        try diagnostics.throwIfAny()
        let texts = rubric.criteria.filter { ids.contains($0.id.rawValue) }.map {
            CriterionText.render($0, rubric: rubric, width: Terminal.width(of: 1))
        }
        Terminal.print(texts.joined(separator: "\n"))
    }

    /// One line for each criterion.
    private func overview(_ rubric: Rubric) -> String {
        rubric.criteria.map { "\($0.id.rawValue)\($0.isKey ? "*" : " ")  \($0.stage)  \($0.title)" }.joined(separator: "\n") + "\n"
    }
}

/// `rung rubric check`.
struct RubricCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a rubric: its form, its queries against the views, its coverage of the model.",
        discussion: """
            Every query is run against an empty store, read-only and with the time limit of an assessment. Lines of the model \
            that nothing answers are errors; those under `background` ask for nothing.
            """)

    @OptionGroup var options: RubricOptions

    func run() throws {
        var diagnostics = Diagnostics()
        let path = try options.path()
        let rubric = Composition.rubric(at: path, into: &diagnostics)
        try diagnostics.throwIfAny()
        guard let rubric else { return }
        let name = path.map { FilePath.shown($0) } ?? "built-in rubric"
        let text = try path.map { String(decoding: try FileBytes.read($0), as: UTF8.self) } ?? EmbeddedRubric.text
        for diagnostic in try RubricFile.uncoveredLines(text: text, path: name) { diagnostics.append(diagnostic) }
        let now = try Surroundings.clock()()
        let snapshot = try Composition.emptyStore().snapshot(asOf: now)
        for (id, what, failure) in RubricQueries.failures(of: rubric, on: snapshot, asOf: now) {
            diagnostics.append(Diagnostic(name, nil, "the \(what) of \(id) fails: \(failure.reason)"))
        }
        try diagnostics.throwIfAny()
        let queries = RubricQueries.count(of: rubric)
        Terminal.print(
            "\(name): \(rubric.criteria.count) criteria, \(rubric.symptoms.count) symptoms, \(queries) queries, version \(rubric.version)\n"
                + "digest \(rubric.digest)\n")
    }
}
