import ArgumentParser
import RungAssessment
import RungCore
import RungReporting

/// `rung roadmap`: the steps from the stage that is earned to a stage above it.
struct RoadmapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roadmap", abstract: "Plan the way up: what to do, in which order, who does it, by when, and what it brings.",
        discussion: """
            Steps that remove most blockers for their effort come first, after those that they need. A step belongs to whoever \
            holds the duty of its dimension, else to the owners of the agents that fall short. It is due on the day on which the \
            window of a quarterly assessment begins, of the first one that leaves two weeks until then. The plan goes to standard output.

            Formats: text for people, markdown as a checklist, csv with one row a step, json with a schema, issues as JSON Lines \
            with title, body, labels, assignees and due date for the import of a tracker.

            The exit status is 0, also when there is nothing to do, and 4 when the ledger does not verify, so that there is no \
            stage to plan from.
            """)

    @OptionGroup var options: AssessmentOptions

    @Option(help: ArgumentHelp("Stage to plan for, 2 to 5.", valueName: "stage"))
    var target = 5

    @Option(help: "How the plan is written.")
    var format = RoadmapFormat.text

    func validate() throws {
        guard (2...5).contains(target) else { throw ValidationError("--target must be a stage from 2 to 5, found \(target)") }
    }

    func run() throws {
        guard let subject = try options.subject() else { return }
        let assessment = try subject.assess(planningTo: target)
        guard let stage = assessment.stage else {
            let reason = assessment.voidReason ?? "the assessment is void"
            Terminal.say("error: there is no stage to plan from: \(reason)\n  `rung ledger verify` tells more")
            throw LeaveStatus(.infrastructure)
        }
        if stage >= target, assessment.roadmap.isEmpty, format != .text {
            Terminal.say("note: stage \(stage) is earned: nothing to do for stage \(target)")
        }
        let text = text(assessment, subject.rubric)
        if !text.isEmpty { Terminal.print(text) }
    }

    private func text(_ assessment: Assessment, _ rubric: Rubric) -> String {
        switch format {
        case .csv: RoadmapCSV.render(assessment.roadmap)
        case .issues: RoadmapIssues.render(assessment.roadmap)
        case .json: RoadmapJSON.render(assessment, to: target)
        case .markdown: RoadmapMarkdown.render(assessment, rubric: rubric, to: target)
        case .text:
            RoadmapText.render(
                assessment, rubric: rubric, to: target, width: Terminal.width(of: 1), colour: Terminal.wantsColour(1))
        }
    }
}

/// How a roadmap is written.
enum RoadmapFormat: String, ExpressibleByArgument, CaseIterable { case text, markdown, csv, json, issues }
