public import RungCore
import RungCrypto
import RungText

/// A roadmap for the console: every step by the stage it leads to, with who, by when, and what it brings.
public enum RoadmapText {
    /// The whole plan; no line takes more than `width` columns, apart from commands, which are never broken.
    ///
    /// - Parameters:
    ///   - assessment: not void; its roadmap reaches to `target`.
    ///   - width: columns; at least 80 are used.
    ///   - colour: whether colours are wanted; the caller has looked at NO_COLOR.
    public static func render(_ assessment: Assessment, rubric: Rubric, to target: Int, width: Int, colour: Bool) -> String {
        let words = AssessmentWords(assessment: assessment, rubric: rubric)
        let style = ConsoleStyle(width: max(80, width), isColoured: colour)
        var lines = head(assessment, to: target, words, style)
        for (number, steps) in RoadmapWords.groups(assessment.roadmap) {
            let title = "towards stage \(number), \(words.name(ofStage: number)): \(RoadmapWords.extent(steps))"
            lines += [""] + style.wrapped(title, first: "", rest: "  ").map { style.paint($0, .strong) }
            for step in steps { lines += self.lines(for: step, style) + arrival(step, words) }
        }
        if let remark = RoadmapWords.remark(assessment, to: target, words) { lines += [""] + style.wrapped(remark, first: "", rest: "  ") }
        if !assessment.roadmap.isEmpty { lines += [""] + style.wrapped("note: \(RoadmapWords.legend)", first: "", rest: "  ") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func head(
        _ assessment: Assessment, to target: Int, _ words: AssessmentWords, _ style: ConsoleStyle
    ) -> [String] {
        let stage = assessment.stage ?? 1
        let title = "roadmap as of \(assessment.asOf.date), \(RoadmapWords.title(from: stage, to: target, words))"
        let supposed = assessment.assumptions.map(PrintableText.line).joined(separator: ", ")
        let source =
            "rubric \(PrintableText.line(assessment.rubricVersion)) (\(assessment.rubricDigest.short)), "
            + "ledger of \(NumberText.grouped(assessment.ledger.size)) entries (\(assessment.ledger.root.short))"
        var lines = style.wrapped(title, first: "", rest: "  ").map { style.paint($0, .strong) }
        if !supposed.isEmpty { lines += style.wrapped("supposing \(supposed)", first: "", rest: "  ") }
        lines += style.wrapped(source, first: "", rest: "  ") + RubricWords.lines(assessment, style)
        guard !assessment.roadmap.isEmpty else { return lines }
        return lines + ["\(RoadmapWords.extent(assessment.roadmap)) (small 1, medium 3, large 8)"]
    }

    /// The rung that is reached, where a step is the last one to it.
    private static func arrival(_ step: RoadmapStep, _ words: AssessmentWords) -> [String] {
        guard step.stageAfter >= step.target, step == words.assessment.roadmap.last(where: { $0.target == step.target }) else { return [] }
        return ["  => stage \(step.stageAfter), \(words.name(ofStage: step.stageAfter))"]
    }

    /// One step as a numbered paragraph.
    static func lines(for step: RoadmapStep, _ style: ConsoleStyle) -> [String] {
        let number = "  \(step.order). "
        let indent = String(repeating: " ", count: number.count)
        let key = step.isKey ? "*" : ""
        let head =
            "\(PrintableText.line(step.headline)) (\(step.criterion)\(key)\(RoadmapWords.team(step)), effort \(AssessmentWords.effort(step.effort)))"
        var lines = style.wrapped(head, first: number, rest: indent)
        if step.action != step.headline { lines += style.wrapped(PrintableText.line(step.action), first: indent, rest: indent) }
        var facts = [RoadmapWords.needed(step)].compactMap(\.self)
        if let failing = AssessmentWords.failing(step.failing, atMost: 5) { facts.append("falls short: \(failing)") }
        if !facts.isEmpty { lines += style.wrapped(facts.joined(separator: "; "), first: indent, rest: indent) }
        let plan = [RoadmapWords.owner(step), RoadmapWords.due(step), RoadmapWords.gain(step)].compactMap(\.self)
        lines += style.wrapped(plan.joined(separator: "; "), first: indent, rest: indent)
        lines.append(indent + (step.command.map { "$ \(PrintableText.line($0))" } ?? RoadmapWords.byHand))
        return lines
    }
}
