import Subprocess

/// The program whose traffic is recorded: it has Rung's terminal, folder and variables, and finds its providers where Rung listens.
public struct RecordedProgram: Sendable {
    /// The program and its arguments; looked up in PATH without a slash.
    public var command: [String]
    /// Variables that differ from Rung's own.
    public var variables: [(name: String, value: String)]

    /// - Precondition: the command has a program.
    public init(command: [String], variables: [(name: String, value: String)]) {
        precondition(!command.isEmpty, "a program has a name")
        self.command = command
        self.variables = variables
    }

    /// How it ended.
    public enum End: Sendable, Equatable {
        case exited(Int32)
        case signaled(Int32)
        case notStarted(reason: String)

        /// As shells tell it: the status, 128 and the signal, or 127.
        public var status: Int32 {
            switch self {
            case .exited(let status): status
            case .signaled(let signal): 128 + signal
            case .notStarted: 127
            }
        }
    }

    /// Runs it to its end. When the task is cancelled the program is asked to end, and killed after `grace`.
    public func run(grace: Duration = .seconds(10)) async -> End {
        let program = command[0]
        var changes: [Environment.Key: String?] = [:]
        for (name, value) in variables { changes[Environment.Key(stringLiteral: name)] = value }
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: grace)]
        do {
            let result = try await Subprocess.run(
                Configuration(
                    executable: program.contains("/") ? .path(Self.filePath(program)) : .name(program),
                    arguments: Arguments(Array(command.dropFirst())), environment: .inherit.updating(changes), platformOptions: options),
                input: .currentStandardInput, output: .currentStandardOutput, error: .currentStandardError)
            switch result.terminationStatus {
            case .exited(let code): return .exited(code)
            case .signaled(let signal): return .signaled(signal)
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            return .notStarted(reason: "cannot start \"\(program)\": not found or not executable")
        } catch {
            return .notStarted(reason: "cannot start \"\(program)\"")
        }
    }

    /// A `FilePath`, which swift-subprocess takes from swift-system; made this way, Rung need not depend on that package.
    private static func filePath<Path: ExpressibleByStringLiteral>(_ text: String) -> Path where Path.StringLiteralType == String {
        Path(stringLiteral: text)
    }
}
