import ArgumentParser
import RungCore
import RungFormats
import RungReporting
import RungText

/// `rung rubric diff`.
struct RubricDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what one rubric says otherwise than another, and whether their versions say so.",
        discussion: """
            A published version never changes. A change by which the same evidence may give another stage or score asks for a \
            major step of the version, one that reports tell beside them for a minor step, and one of words for a patch step; \
            before 1.0.0 everything moves one number later. Rubrics with other ids, such as an overlay and what it extends, \
            have versions of their own.

            The exit status is 0, or 1 when the same version stands for two contents or the step is too small.
            """)

    @Argument(help: ArgumentHelp("Rubric or overlay that is compared with: a path, or built-in.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("Rubric or overlay that is compared: a path, or built-in.", valueName: "new"))
    var new: String

    @Option(help: "text, or json for tools.")
    var format = OutputFormat.text

    func run() throws {
        let library = try Composition.rubrics()
        // Two files of one published version are compared too, although neither an assessment nor a check takes the second.
        let diff = try library.unpublishedDocument(at: old).diff(to: try library.unpublishedDocument(at: new))
        switch format {
        case .json: Terminal.print(RubricDiffJSON.render(diff))
        case .text: Terminal.print(RubricDiffText.render(diff, width: Terminal.width(of: 1)))
        }
        if !diff.versions.isRight { throw LeaveStatus(.failed) }
    }
}
