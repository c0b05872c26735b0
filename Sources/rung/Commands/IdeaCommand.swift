import ArgumentParser
import RungCore
import RungEvidence
import RungText

/// `rung idea`: the backlog of agent ideas.
struct IdeaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idea", abstract: "Keep the backlog of ideas for agents.",
        subcommands: [IdeaAddCommand.self, IdeaDecideCommand.self])
}

/// `rung idea add`.
struct IdeaAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Enter an idea for an agent.",
        discussion: "It counts when a person proposed it, and problem and benefit are said.")

    @Option(help: ArgumentHelp("The problem, in one sentence.", valueName: "text"))
    var problem: String

    @Option(help: ArgumentHelp("What would be better.", valueName: "text"))
    var benefit: String?

    @OptionGroup var options: HandInOptions

    func run() throws {
        try options.add("idea", from: "rung idea add", time: "openedAt") { _ in
            [.init("proposerId", options.person)] + .given(["problem": problem, "expectedBenefit": benefit])
        }
    }
}

/// `rung idea decide`.
struct IdeaDecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Answer an idea; the first answer counts.",
        discussion: "It counts when a person decides within the time that the policy promises.")

    @Argument(help: "The idea.")
    var idea: String

    @Option(help: ArgumentHelp("What was decided, such as try or drop.", valueName: "word"))
    var decision: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if options.id != nil { throw ValidationError("the idea is named by the argument, not by --id") }
    }

    func run() throws {
        try options.add("ideaDecision", from: "rung idea decide") { context in
            _ = try context.existing("idea", idea, for: "rung idea decide")
            return [.init("decidedBy", options.person)] + .given(["ideaId": idea, "decision": decision, "reason": reason])
        }
    }
}
