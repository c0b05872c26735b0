import ArgumentParser
import RungCore
import RungEvidence
import RungText

/// `rung experiment`: what teams try.
struct ExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment", abstract: "Record what teams try, and what they conclude.",
        subcommands: [ExperimentAddCommand.self, ExperimentConcludeCommand.self])
}

/// `rung experiment add`.
struct ExperimentAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record that a trial of an agent or prompt has started.",
        discussion: "Interactions in a pilot and runs cite its id as experimentId; without any of them it proves nothing.")

    @Option(help: ArgumentHelp("Who tries.", valueName: "team"))
    var team: String

    @Option(help: ArgumentHelp("What is expected.", valueName: "text"))
    var hypothesis: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if options.by != nil { throw ValidationError("an experiment is started by a team; --by names who concludes it") }
    }

    func run() throws {
        try options.add("experiment", from: "rung experiment add", time: "startedAt") { context in
            if let id = options.id, let known = try context.store.latestRecord("experiment", id: id),
                known.contains(where: { $0.key == "concludedAt" })
            {
                throw InvalidInput("--id", nil, "the experiment \"\(id)\" is concluded", suggestion: "give the new one an id of its own")
            }
            return .given(["team": team, "hypothesis": hypothesis])
        }
    }
}

/// `rung experiment conclude`.
struct ExperimentConcludeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conclude", abstract: "Record what a trial came to.",
        discussion: "It counts when a person of the team that tried concludes it.")

    @Argument(help: "The experiment.")
    var experiment: String

    @Option(help: "adopt, drop or extend.")
    var conclusion: String

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if options.id != nil { throw ValidationError("the experiment is named by the argument, not by --id") }
    }

    func run() throws {
        try options.add("experiment", from: "rung experiment conclude", time: "concludedAt") { context in
            let known = try context.existing("experiment", experiment, for: "rung experiment conclude")
            return known.filter { !["at", "concludedAt", "conclusion", "principalId"].contains($0.key) }
                + [.init("principalId", options.person), .init("conclusion", .string(conclusion))]
        }
    }
}
