import ArgumentParser
import RungCore
import RungReporting

/// Where the reports of an assessment go.
struct AssessmentReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write the assessment as Markdown.", valueName: "path"))
    var markdown: String?

    @Option(help: ArgumentHelp("Write the assessment as JSON.", valueName: "path"))
    var json: String?

    @Option(
        help: ArgumentHelp(
            "Write JUnit XML: a test case for each criterion, red up to the stage that --require names, else up to the next one.",
            valueName: "path"))
    var junit: String?

    @Option(help: ArgumentHelp("Write one row for each criterion, for spreadsheets.", valueName: "path"))
    var csv: String?

    @Option(help: ArgumentHelp("Write SARIF 2.1.0: one result for each entity that falls short.", valueName: "path"))
    var sarif: String?

    @Option(help: ArgumentHelp("Write the stage as a picture (SVG) for a README.", valueName: "path"))
    var badge: String?

    /// What must not come from suppositions: tools and readers could not tell that it is a plan.
    var unmarked: [String] {
        [("--junit", junit), ("--csv", csv), ("--sarif", sarif), ("--badge", badge)].filter { $0.1 != nil }.map(\.0)
    }

    /// Writes every report that was asked for.
    ///
    /// - Parameter aim: the stage that is required; nil for the one after the stage that is earned.
    func write(_ assessment: Assessment, rubric: Rubric, aim: Int?) throws {
        if let markdown { try ReplacedFile.write(AssessmentMarkdown.render(assessment, rubric: rubric), to: markdown) }
        if let json { try ReplacedFile.write(AssessmentJSON.render(assessment), to: json) }
        if let junit {
            let text = try AssessmentJUnit.render(assessment, rubric: rubric, aim: aim, hostname: Surroundings.hostName)
            try ReplacedFile.write(text, to: junit)
        }
        if let csv { try ReplacedFile.write(AssessmentCSV.render(assessment), to: csv) }
        if let sarif { try ReplacedFile.write(AssessmentSARIF.render(assessment, rubric: rubric, version: Version.current), to: sarif) }
        if let badge { try ReplacedFile.write(AssessmentBadge.render(assessment, rubric: rubric), to: badge) }
    }
}
