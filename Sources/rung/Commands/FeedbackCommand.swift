import ArgumentParser
import RungEvidence
import RungText

/// `rung feedback`: what users answered.
struct FeedbackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Record what users answer about results.", subcommands: [FeedbackAddCommand.self])
}

/// `rung feedback add`.
struct FeedbackAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record the answer of one user.",
        discussion: """
            An answer counts for an agent when it is linked to an interaction of that agent, and its user is a person or a \
            session, not the agent's owner. Whether it is negative follows from the scale.
            """)

    @Option(help: ArgumentHelp("The agent.", valueName: "id"))
    var agent: String

    @Option(help: "thumbs, stars (1 to 5) or nps (0 to 10).")
    var scale: String

    @Option(help: ArgumentHelp("The answer: a number of the scale; up or down for thumbs.", valueName: "answer"))
    var answer: String

    @Option(help: ArgumentHelp("The interaction that it is about.", valueName: "id"))
    var interaction: String?

    @Option(help: ArgumentHelp("Digest of the prompt version that answered.", valueName: "sha256:…"))
    var promptVersion: String?

    @Option(help: ArgumentHelp("Session of a user without an account, in place of --by.", valueName: "id"))
    var session: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if Int(answer) == nil, !["up", "down"].contains(answer) { throw ValidationError("--answer must be a number, up or down") }
        if session != nil, options.by != nil { throw ValidationError("--by and --session name two users; give one of them") }
    }

    func run() throws {
        try options.add("feedback", from: "rung feedback add") { context in
            try context.note(missing: interaction, "interaction")
            let number = Int(answer) ?? (answer == "up" ? 1 : 0)
            let user: [JSONValue.Member] =
                session.map { [.init("sessionId", .string($0))] } ?? [.init("principalId", options.person)]
            return user + [.init("answer", .int(number))]
                + .given(["agentId": agent, "scale": scale, "interactionId": interaction, "promptVersionId": promptVersion])
        }
    }
}
