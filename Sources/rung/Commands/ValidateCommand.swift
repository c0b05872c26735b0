import ArgumentParser
import RungCore
import RungFormats
import RungText

/// `rung validate`: reports every problem of every file.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check all files of the workspace; report every problem with its place.")

    @OptionGroup var location: WorkspaceOptions

    @Argument(help: "Suite files to check besides those in suites/.")
    var suites: [String] = []

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        var diagnostics = Diagnostics()
        let check = try WorkspaceCheck(location: location, extraSuites: suites, into: &diagnostics)
        if format == .json {
            Terminal.print(JSONText.pretty(check.json(diagnostics)))
            if !diagnostics.isEmpty { throw LeaveStatus(.invalidInput) }
            return
        }
        try diagnostics.throwIfAny()
        Terminal.say(check.summary)
    }
}

/// The output of a command: for people, or for tools.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// Where the workspace is.
struct WorkspaceOptions: ParsableArguments {
    @Option(name: [.customShort("C"), .long], help: "Folder of the workspace; default the nearest one above this folder.")
    var workspace: String?

    /// The workspace's folder, or nil when there is none above the current one.
    ///
    /// - Throws: `InvalidInput` when a folder was named that is no workspace.
    func root() throws -> String? {
        guard let workspace else { return Workspace.root(above: ".") }
        guard FileBytes.exists(FilePath.join(workspace, Workspace.fileName)) else {
            throw InvalidInput(
                FilePath.shown(workspace), nil, "no \(Workspace.fileName) in this folder",
                suggestion: "make a workspace with: rung init \(workspace)")
        }
        return FilePath.absolute(workspace)
    }

    /// The workspace's folder.
    ///
    /// - Throws: `InvalidInput` when there is none.
    func requiredRoot() throws -> String {
        guard let root = try root() else {
            throw InvalidInput(
                ".", nil, "no \(Workspace.fileName) in this folder or above it",
                suggestion: "make a workspace with: rung init, or name one with -C FOLDER")
        }
        return root
    }
}

/// Reads everything that a workspace holds and remembers how much it was.
struct WorkspaceCheck {
    var workspace: Workspace?
    var registry = Registry()
    var suites: [LoadedSuite] = []

    init(location: WorkspaceOptions, extraSuites: [String], into diagnostics: inout Diagnostics) throws {
        let root = try location.requiredRoot()
        workspace = Workspace.read(root: root, into: &diagnostics)
        let place = workspace ?? Workspace.bare(at: root)
        registry = place.registry(into: &diagnostics)
        let reader = SuiteFile(registry: registry, graders: Composition.graders)
        var owners: [SuiteID: String] = [:]
        for path in place.suitePaths(into: &diagnostics) + extraSuites {
            guard let suite = reader.read(path, into: &diagnostics) else { continue }
            let shown = FilePath.shown(path)
            if let first = owners.updateValue(shown, forKey: suite.suite.id) {
                diagnostics.append(
                    Diagnostic(shown, nil, "suite \"\(suite.suite.id)\" is defined twice", suggestion: "first defined in \(first)"))
            }
            suites.append(suite)
        }
        _ = place.prices(into: &diagnostics)
        PrivacyReading.check(place.privacy, into: &diagnostics)
        if let rubric = place.rubricPath { _ = Composition.rubric(at: rubric, into: &diagnostics) }
    }

    var summary: String {
        let cases = suites.reduce(0) { $0 + $1.cases.count }
        return "ok: \(registry.agents.count) agents, \(registry.prompts.count) prompt versions, "
            + "\(registry.principals.count) principals, \(suites.count) suites with \(cases) cases"
    }

    func json(_ diagnostics: Diagnostics) -> JSONValue {
        let sorted = InvalidInput(diagnostics.all).diagnostics
        return [
            "formatVersion": 1, "valid": .bool(sorted.isEmpty),
            "problems": .array(sorted.map(Self.json)),
        ]
    }

    private static func json(_ diagnostic: Diagnostic) -> JSONValue {
        [
            "file": .string(diagnostic.file),
            "line": diagnostic.position.map { .int(Int($0.line)) } ?? .null,
            "column": diagnostic.position.map { .int(Int($0.column)) } ?? .null,
            "message": .string(diagnostic.message),
            "suggestion": diagnostic.suggestion.map { .string($0) } ?? .null,
        ]
    }
}
