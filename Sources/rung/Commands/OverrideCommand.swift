import ArgumentParser
import RungEvidence
import RungText

/// `rung override`: results that people replaced.
struct OverrideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override", abstract: "Record that people changed or rejected results.", subcommands: [OverrideAddCommand.self])
}

/// `rung override add`.
struct OverrideAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record that a person changed or rejected one result of an agent.",
        discussion: """
            It counts when it points at an interaction of the agent that was corrected or rejected, has a reason, and names two \
            different results.
            """)

    @Option(help: ArgumentHelp("The agent.", valueName: "id"))
    var agent: String

    @Option(help: ArgumentHelp("The interaction whose result was replaced.", valueName: "id"))
    var interaction: String?

    @Option(help: ArgumentHelp("Why, as a code such as wrong-account.", valueName: "code"))
    var reason: String?

    @Option(help: ArgumentHelp("Where the result of the agent is kept.", valueName: "ref"))
    var before: String?

    @Option(help: ArgumentHelp("Where the result that replaced it is kept.", valueName: "ref"))
    var after: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if let before, before == after { throw ValidationError("--before and --after are the same, so nothing was changed") }
    }

    func run() throws {
        try options.add("override", from: "rung override add") { context in
            try context.note(missing: interaction, "interaction")
            return [.init("principalId", options.person)]
                + .given(["agentId": agent, "interactionId": interaction, "reasonCode": reason, "beforeRef": before, "afterRef": after])
        }
    }
}
