import ArgumentParser
import RungCore
import RungFormats
import RungReporting
import RungText

/// `rung rubric explain`.
struct RubricExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show what a criterion asks, why, how it is measured, and what to do.")

    @OptionGroup var options: RubricOptions

    @Argument(help: ArgumentHelp("Ids of criteria, such as PRM-303; all of them when none is given.", valueName: "id"))
    var ids: [String] = []

    func run() throws {
        let rubric = try options.document().rubric
        guard !ids.isEmpty else { return Terminal.print(overview(rubric)) }
        var diagnostics = Diagnostics()
        for id in ids {
            if let problem = problem(of: id, rubric) { diagnostics.append(problem) }
        }
        try diagnostics.throwIfAny()
        let texts = rubric.criteria.filter { ids.contains($0.id.rawValue) }.map {
            CriterionText.render($0, rubric: rubric, width: Terminal.width(of: 1))
        }
        Terminal.print(texts.joined(separator: "\n"))
    }

    /// Why an id cannot be explained; nil when it can.
    private func problem(of id: String, _ rubric: Rubric) -> Diagnostic? {
        let known = rubric.criteria.map(\.id.rawValue)
        guard !known.contains(id) else { return nil }
        let leftOut = rubric.changes.first { $0.what == .removed && $0.subject == .criterion(CriterionID(id)) }
        return Diagnostic(
            "rubric \(rubric.id) \(rubric.version)", nil,
            leftOut.map { "criterion \"\(id)\" is left out: \($0.reason ?? "")" } ?? "no criterion \"\(id)\"",
            suggestion: leftOut == nil ? NearestWord.suggestion(for: id, among: known) : "to read it, add --rubric built-in")
    }

    /// One line for each criterion.
    private func overview(_ rubric: Rubric) -> String {
        rubric.criteria.map { "\($0.id.rawValue)\($0.isKey ? "*" : " ")  \($0.stage)  \($0.title)" }.joined(separator: "\n") + "\n"
    }
}
