import ArgumentParser
import RungCore

/// The command line: parses, runs, and turns errors into messages and exit statuses.
@main
struct Rung: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rung",
        abstract: "Tests AI agents, gates their prompts, and tells which rung of AgentOps you stand on.",
        discussion: """
            A workspace is a folder with a rung.yaml. Start with: rung init my-workspace

            Exit statuses: 0 passed, 1 a gate failed, 2 inconclusive or incomplete, 3 invalid input, 4 infrastructure, \
            64 wrong usage.
            """,
        version: Version.current,
        subcommands: [
            InitCommand.self, ValidateCommand.self, TestCommand.self, RunsCommand.self, ImportCommand.self,
            AssessCommand.self, GenerateCommand.self, ServeCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.leave(with: error)
        }
    }
}

/// The version of this build.
enum Version {
    static let current = "0.1.0"
}
