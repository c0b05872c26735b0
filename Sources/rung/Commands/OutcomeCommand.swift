import ArgumentParser
import RungEvidence
import RungText

/// `rung outcome`: what became of things.
struct OutcomeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcome", abstract: "Record what became of interactions, decisions and predictions.",
        subcommands: [OutcomeAddCommand.self])
}

/// `rung outcome add`.
struct OutcomeAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Record what became of one interaction, decision or prediction; the latest counts.")

    @Option(help: ArgumentHelp("The interaction that it is the outcome of; needs --result.", valueName: "id"))
    var interaction: String?

    @Option(help: ArgumentHelp("The decision that it is the business outcome of.", valueName: "id"))
    var decision: String?

    @Option(help: ArgumentHelp("The prediction that it settles; needs --value.", valueName: "id"))
    var prediction: String?

    @Option(help: "accepted, corrected, rejected, failed or abandoned.")
    var result: String?

    @Option(help: ArgumentHelp("Why it failed or was abandoned, as a code.", valueName: "code"))
    var failureReason: String?

    @Option(help: ArgumentHelp("The measured value, in the unit of the subject.", valueName: "number"))
    var value: Double?

    @Option(help: ArgumentHelp("Where the business outcome is kept.", valueName: "ref"))
    var ref: String?

    @OptionGroup var options: HandInOptions

    func validate() throws {
        if [interaction, decision, prediction].compactMap(\.self).count != 1 {
            throw ValidationError("give one of --interaction, --decision and --prediction")
        }
        if interaction != nil, result == nil { throw ValidationError("--interaction needs --result") }
        if prediction != nil, value == nil { throw ValidationError("--prediction needs --value") }
    }

    func run() throws {
        try options.add("outcome", from: "rung outcome add") { context in
            try context.note(missing: interaction, "interaction")
            try context.note(missing: decision, "decision")
            try context.note(missing: prediction, "prediction")
            return [.init("principalId", options.person), .init("value", value.map { .double($0) } ?? .null)]
                + .given([
                    "interactionId": interaction, "decisionId": decision, "predictionId": prediction, "outcome": result,
                    "failureReason": failureReason, "ref": ref,
                ])
        }
    }
}
