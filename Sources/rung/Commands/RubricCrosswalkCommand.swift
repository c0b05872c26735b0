import ArgumentParser
import RungCore
import RungFormats
import RungReporting
import RungText

/// `rung rubric crosswalk`.
struct RubricCrosswalkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crosswalk", abstract: "List which criteria contribute to which entries of public and own frameworks.",
        discussion: """
            Contributing is never satisfying: a criterion that is full is one piece of what an entry asks for. Of frameworks whose \
            every entry is known, the entries that nothing contributes to are listed too.
            """)

    @OptionGroup var options: RubricOptions

    @Option(help: ArgumentHelp("Only this framework, such as nist-ai-rmf; may stand several times.", valueName: "framework"))
    var framework: [String] = []

    @Option(help: "text, csv for spreadsheets, or json for tools.")
    var format = CrosswalkFormat.text

    /// The output: for people, for spreadsheets, or for tools.
    enum CrosswalkFormat: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    func run() throws {
        let rubric = try options.document().rubric
        let report = RubricCrosswalkReport(rubric: rubric, frameworks: try frameworks(of: rubric))
        switch format {
        case .text: Terminal.print(report.text(width: Terminal.width(of: 1)))
        case .csv: Terminal.print(report.csv)
        case .json: Terminal.print(report.json)
        }
    }

    /// Those that were asked for, in the order of the rubric; all of them when none was.
    private func frameworks(of rubric: Rubric) throws -> [RubricFramework] {
        let known = rubric.frameworks.map(\.id)
        var diagnostics = Diagnostics()
        for name in framework where !known.contains(name) {
            diagnostics.append(
                Diagnostic(
                    "--framework \(name)", nil, "rubric \(rubric.id) \(rubric.version) knows no such framework",
                    suggestion: NearestWord.suggestion(for: name, among: known)))
        }
        try diagnostics.throwIfAny()
        return rubric.frameworks.filter { framework.isEmpty || framework.contains($0.id) }
    }
}
