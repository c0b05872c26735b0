import ArgumentParser
import RungAssessment
import RungCore
import RungEvidence
import RungFormats
import RungReporting
import RungText

/// `rung rubric check`.
struct RubricCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a rubric: its form, its crosswalk, its queries against the views, its coverage of the model.",
        discussion: """
            Every query is run against an empty store, read-only and with the time limit of an assessment. Lines of the model \
            that nothing answers are errors; those under `background` ask for nothing, and those that only criteria answered \
            which an overlay leaves out are told. Of an overlay, every change is told.
            """)

    @OptionGroup var options: RubricOptions

    func run() throws {
        let document = try options.document()
        let rubric = document.rubric
        var diagnostics = Diagnostics()
        let now = try Surroundings.clock()()
        let snapshot = try Composition.emptyStore().snapshot(asOf: now)
        for (id, what, failure) in RubricQueries.failures(of: rubric, on: snapshot, asOf: now) {
            diagnostics.append(Diagnostic(document.name, nil, "the \(what) of \(id) fails: \(failure.reason)"))
        }
        let uncovered = document.uncoveredLines
        if !document.isOverlay { for problem in uncovered { diagnostics.append(problem) } }
        try diagnostics.throwIfAny()
        if document.isOverlay { for line in uncovered { Terminal.say("note: \(line.message)") } }
        let queries = RubricQueries.count(of: rubric)
        Terminal.print(
            "\(document.name): \(rubric.criteria.count) criteria, \(rubric.symptoms.count) symptoms, \(queries) queries, "
                + "version \(rubric.version)\ndigest \(rubric.digest)\n"
                + RubricChangeText.render(rubric, width: Terminal.width(of: 1)))
    }
}
