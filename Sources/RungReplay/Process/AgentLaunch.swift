import RungCore
import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is needed to start an agent's program.
struct AgentLaunch: Sendable {
    var command: [String]
    /// Folder that the program starts in.
    var directory: String
    /// Everything that the program finds in its environment.
    var environment: [String: String]

    /// - Parameters:
    ///   - workspace: where relative paths start.
    ///   - inherited: Rung's own environment; only the names in `inheritedNames` are passed on.
    ///   - trialID: set for a program that performs one trial.
    ///   - own: variables of this trial alone, which win over all others.
    init(
        _ settings: CommandTransportSettings, workspace: String, inherited: [String: String], trialID: String?, own: [String: String] = [:]
    ) {
        command = settings.command
        if let program = command.first, program.contains("/") { command[0] = Self.path(program, from: workspace) }
        directory = settings.directory.map { Self.path($0, from: workspace) } ?? workspace
        environment = inherited.filter { Self.inheritedNames.contains($0.key) }
        environment.merge(settings.environment) { _, own in own }
        environment.merge(own) { _, own in own }
        environment["RUNG_TRIAL"] = trialID
    }

    /// The only variables that pass from Rung to an agent; keys and tokens of the machine do not.
    static let inheritedNames: Set<String> = ["HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ"]

    /// The inherited variables as they are set now.
    static func currentEnvironment() -> [String: String] {
        var result: [String: String] = [:]
        for name in inheritedNames { if let value = getenv(name) { result[name] = String(cString: value) } }
        return result
    }

    private static func path(_ path: String, from folder: String) -> String {
        path.hasPrefix("/") ? path : folder + (folder.hasSuffix("/") ? "" : "/") + path
    }
}

extension AgentLaunch {
    /// The same in the words of swift-subprocess: a process group of its own, so that it can be ended as a whole.
    ///
    /// A program without a slash is looked up in the child's PATH.
    var configuration: Configuration {
        var options = PlatformOptions()
        options.processGroupID = 0
        let program = command.first ?? ""
        return Configuration(
            executable: program.contains("/") ? .path(Self.filePath(program)) : .name(program),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .custom(Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0), $1) })),
            workingDirectory: Self.filePath(directory),
            platformOptions: options)
    }

    /// Why the program did not start, without the values of its environment, which may be secret.
    func reason(for error: any Error) -> String {
        guard let error = error as? SubprocessError else { return "the program cannot be started" }
        // swift-subprocess does not tell a missing program from one that may not be executed.
        if error.code == .executableNotFound { return "cannot start \"\(command.first ?? "")\": not found or not executable" }
        let cause = error.underlyingError.map { " (\($0))" } ?? ""
        if error.code == .failedToChangeWorkingDirectory { return "cannot start in \"\(directory)\"\(cause)" }
        return "cannot start \"\(command.first ?? "")\"\(cause)"
    }

    /// A `FilePath`, which swift-subprocess takes from swift-system; made this way, Rung need not depend on that
    /// package for a single type.
    private static func filePath<Path: ExpressibleByStringLiteral>(_ text: String) -> Path
    where Path.StringLiteralType == String {
        Path(stringLiteral: text)
    }
}
