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
            InitCommand.self, ValidateCommand.self, TestCommand.self, CompareCommand.self, RunsCommand.self, ImportCommand.self,
            SourceCommand.self, FeedbackCommand.self, OverrideCommand.self, OutcomeCommand.self, DecisionCommand.self,
            ExperimentCommand.self, IdeaCommand.self, AssessCommand.self, RoadmapCommand.self, RubricCommand.self, LedgerCommand.self,
            ExportCommand.self, MergeCommand.self, RecordCommand.self, ReplayCommand.self, CassetteCommand.self, RetentionCommand.self,
            ServeCommand.self, GenerateCommand.self,
        ])

    static func main() async {
        var failures: [any Error] = []
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            failures.append(error)
        }
        // Also after a failure: what was appended is signed.
        do { try LedgerSeal.close() } catch { failures.append(error) }
        if !failures.isEmpty { Failure.leave(with: failures) }
    }
}

/// The version of this build.
enum Version {
    static let current = "0.1.0"
}
