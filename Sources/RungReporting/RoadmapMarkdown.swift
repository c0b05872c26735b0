public import RungCore
import RungCrypto
import RungText

/// A roadmap in GitHub-flavoured Markdown: a checklist for each stage, for a wiki, an issue or a pull request.
public enum RoadmapMarkdown {
    /// The whole plan, bounded: at most 100 entities a step.
    ///
    /// - Parameter assessment: not void; its roadmap reaches to `target`.
    public static func render(_ assessment: Assessment, rubric: Rubric, to target: Int) -> String {
        let words = AssessmentWords(assessment: assessment, rubric: rubric)
        var parts = [head(assessment, to: target, words), RubricWords.markdown(assessment)].compactMap(\.self)
        for (number, steps) in RoadmapWords.groups(assessment.roadmap) {
            let name = MarkdownText.prose(words.name(ofStage: number))
            parts.append("### Towards stage \(number), \(name): \(RoadmapWords.extent(steps))\n\n\(list(steps))")
        }
        if let remark = RoadmapWords.remark(assessment, to: target, words) {
            parts.append(MarkdownText.prose(remark.prefix(1).uppercased() + remark.dropFirst()) + ".")
        }
        if !assessment.roadmap.isEmpty { parts.append(RoadmapWords.legend) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func head(_ assessment: Assessment, to target: Int, _ words: AssessmentWords) -> String {
        let title = MarkdownText.prose(RoadmapWords.title(from: assessment.stage ?? 1, to: target, words))
        let supposed = assessment.assumptions.map(MarkdownText.code).joined(separator: ", ")
        let source =
            "Rubric \(MarkdownText.prose(assessment.rubricVersion)) (\(MarkdownText.code(assessment.rubricDigest.description))), "
            + "ledger of \(NumberText.grouped(assessment.ledger.size)) entries (\(MarkdownText.code(assessment.ledger.root.description)))."
        let extent = assessment.roadmap.isEmpty ? "" : " \(RoadmapWords.extent(assessment.roadmap)) (small 1, medium 3, large 8)."
        return "## Roadmap as of \(assessment.asOf.date), \(title)\n\n"
            + (supposed.isEmpty ? "" : "Supposing \(supposed).\n\n") + source + extent
    }

    /// The steps as a checklist.
    static func list(_ steps: [RoadmapStep]) -> String { steps.map(item).joined(separator: "\n") }

    private static func item(_ step: RoadmapStep) -> String {
        let key = step.isKey ? " key" : ""
        let head =
            "- [ ] **\(MarkdownText.prose(step.headline))** (\(MarkdownText.code(step.criterion.rawValue))\(key)\(MarkdownText.prose(RoadmapWords.team(step))), "
            + "effort \(AssessmentWords.effort(step.effort)))"
        return ([head] + facts(step)).joined(separator: "  \n  ")
    }

    /// What is to be done, who falls short, who does it by when, and how, each on a line of its own.
    static func facts(_ step: RoadmapStep) -> [String] {
        var lines: [String] = []
        if step.action != step.headline { lines.append(MarkdownText.prose(step.action)) }
        if let needed = RoadmapWords.needed(step) { lines.append(MarkdownText.prose(needed)) }
        if let failing = AssessmentWords.failing(step.failing, atMost: 100) {
            lines.append("falls short: \(MarkdownText.prose(failing))")
        }
        let plan = [RoadmapWords.owner(step), RoadmapWords.due(step), RoadmapWords.gain(step)].compactMap(\.self)
        lines.append(MarkdownText.prose(plan.joined(separator: "; ")))
        lines.append(step.command.map(MarkdownText.code) ?? RoadmapWords.byHand)
        return lines
    }
}
