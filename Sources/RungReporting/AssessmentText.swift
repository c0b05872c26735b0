public import RungCore
import RungCrypto
import RungText

/// An assessment for the console: the ladder with the current rung, why, symptoms, criteria and the first steps.
public enum AssessmentText {
    /// Steps of the roadmap that are shown.
    static let mostSteps = 5

    /// The whole report; no line takes more than `width` columns, apart from commands, which are never broken.
    ///
    /// - Parameters:
    ///   - rubric: gives the names of stages that the assessment does not name.
    ///   - isWhole: whether to show stages too that lie beyond the next one.
    ///   - width: columns; at least 80 are used.
    ///   - colour: whether colours are wanted; the caller has looked at NO_COLOR.
    public static func render(
        _ assessment: Assessment, rubric: Rubric? = nil, whole isWhole: Bool = false, width: Int, colour: Bool
    ) -> String {
        let page = AssessmentPage(
            assessment: assessment, isWhole: isWhole, words: AssessmentWords(assessment: assessment, rubric: rubric),
            style: ConsoleStyle(width: max(80, width), isColoured: colour))
        return page.lines.joined(separator: "\n") + "\n"
    }
}

private struct AssessmentPage {
    let assessment: Assessment
    let isWhole: Bool
    let words: AssessmentWords
    let style: ConsoleStyle

    var lines: [String] {
        head + changes + ladder + exceptions + trend + dimensions + teams + reasons + symptoms + criteria + roadmap + notes
    }

    private var head: [String] {
        let title = "as of \(assessment.asOf.date): \(words.headline)"
        let source =
            "rubric \(PrintableText.line(assessment.rubricVersion)) (\(assessment.rubricDigest.short)), "
            + "ledger of \(NumberText.grouped(assessment.ledger.size)) entries (\(assessment.ledger.root.short))"
        return wrapped(title, first: "", rest: "  ").map { style.paint($0, .strong) } + wrapped(source, first: "", rest: "  ")
    }

    /// What is changed about the rubric; always there, and always whole.
    private var changes: [String] { RubricWords.lines(assessment, style) }

    private var ladder: [String] {
        var lines = ["", "  |-----|"]
        for number in words.stageNumbers {
            let isHere = number == assessment.stage
            let rung = isHere ? style.paint("|* \(number) *|", .good) : "|  \(number)  |"
            let status = isHere ? "you are here" : words.status(ofStage: number)
            let name = Columns.padded(words.name(ofStage: number), to: 30)
            let text = Columns.cut("\(name)  \(status)", to: style.width - 11).trimmingTrailingSpaces
            lines.append("  \(rung)  \(isHere ? style.paint(text, .strong) : text)")
            lines.append("  |-----|")
        }
        return lines
    }

    private var exceptions: [String] {
        let sentences = words.exceptions
        return sentences.isEmpty ? [] : [""] + sentences.flatMap { wrapped($0, first: "", rest: "  ") }
    }

    private var trend: [String] {
        let sentences = words.trend
        guard let first = sentences.first else { return [] }
        return [""] + wrapped(first, first: "", rest: "  ") + sentences.dropFirst().flatMap { wrapped($0, first: "  ", rest: "    ") }
    }

    private var dimensions: [String] {
        guard let stage = assessment.stage, !assessment.dimensions.isEmpty else { return [] }
        var lines = ["", style.paint("dimensions, 1 to 5 (with all that is unknown counted as good)", .strong)]
        for score in assessment.dimensions {
            let title = Columns.padded(PrintableText.line(score.title), to: 32)
            let high = score.high > score.score ? "  (\(NumberText.fixed(score.high, places: 1)))" : ""
            lines.append("  \(PrintableText.name(score.code))  \(title)  \(NumberText.fixed(score.score, places: 1))\(high)")
        }
        if assessment.assumptions.isEmpty { lines += [""] + wrapped(words.confidence(inStage: stage), first: "", rest: "  ") }
        return lines
    }

    private var teams: [String] {
        guard words.hasTeams, assessment.stage != nil else { return [] }
        var lines = ["", style.paint("teams, the worst first (+ the organization stands at most one stage above)", .strong)]
        for team in assessment.teams {
            let name = Columns.padded(Columns.cut(AssessmentWords.name(team), to: 20) + (team.isBinding ? " +" : ""), to: 22)
            lines.append(Columns.cut("  \(name)  stage \(team.stage)  \(AssessmentWords.weight(team))", to: style.width))
            if let lacks = AssessmentWords.lacks(team, atMost: 6) { lines += wrapped(lacks, first: "      ", rest: "      ") }
        }
        return lines
    }

    private var reasons: [String] {
        var lines: [String] = []
        for stage in assessment.stages where !stage.reasons.isEmpty && isShown(stage.number) {
            lines.append("")
            lines += wrapped(
                "stage \(stage.number), \(words.name(ofStage: stage.number)): \(words.status(ofStage: stage.number))", first: "", rest: "  "
            )
            for reason in stage.reasons.prefix(8) { lines += wrapped(PrintableText.line(reason), first: "  - ", rest: "    ") }
            if stage.reasons.count > 8 { lines.append("  - and \(stage.reasons.count - 8) more") }
        }
        return lines
    }

    private var symptoms: [String] {
        guard !assessment.symptoms.isEmpty else { return [] }
        var lines = ["", style.paint("zoo symptoms", .strong)]
        for symptom in assessment.symptoms {
            let title = Columns.padded(PrintableText.line(symptom.title), to: 40)
            if let failure = symptom.failure {
                lines += wrapped("not measured: \(PrintableText.line(failure))", first: "  \(title)  ", rest: "      ")
                continue
            }
            let count = "\(NumberText.grouped(symptom.shown)) of \(NumberText.grouped(symptom.total))"
            lines.append(Columns.cut("  \(title)  \(count)", to: style.width))
            guard !symptom.entities.isEmpty else { continue }
            lines += wrapped(AssessmentWords.names(symptom.entities, atMost: 5), first: "      ", rest: "      ")
        }
        return lines
    }

    private var criteria: [String] {
        var lines: [String] = []
        for stage in words.assessedStages where isShown(stage) {
            let findings = words.findings(ofStage: stage)
            let legend = findings.contains { AssessmentWords.evidenceClass($0) != nil } ? "* key, [A] to [D] class of evidence" : "* key"
            lines += ["", style.paint("criteria of stage \(stage), \(words.name(ofStage: stage)) (\(legend))", .strong)]
            for finding in findings { lines += self.lines(for: finding) }
        }
        let hidden = words.assessedStages.filter { !isShown($0) }.map(String.init)
        if !hidden.isEmpty {
            let stages = hidden.count == 1 ? "stage \(hidden[0])" : "stages \(hidden.joined(separator: ", "))"
            lines += [""] + wrapped("--all shows the criteria of \(stages) too, --markdown writes them all", first: "", rest: "  ")
        }
        return lines
    }

    /// Whoever stands on a rung looks at that one and at the next.
    private func isShown(_ stage: Int) -> Bool { isWhole || stage <= (assessment.stage ?? 5) + 1 }

    /// Columns: 2 free, id 9, title 32, band 14, class of the evidence and numbers the rest.
    private func lines(for finding: Finding) -> [String] {
        let id = Columns.padded(PrintableText.name(finding.criterion.rawValue) + (finding.isKey ? "*" : ""), to: 9)
        let title = Columns.padded(PrintableText.line(finding.title), to: 32)
        let band = style.paint(Columns.padded(finding.band.rawValue, to: 14), tone(of: finding.band))
        let evidence = AssessmentWords.evidenceClass(finding).map { "[\($0)] " } ?? ""
        let numbers = Columns.cut(evidence + AssessmentWords.numbers(finding), to: style.width - 62)
        var lines = ["  \(id) \(title) \(band) \(numbers)".trimmingTrailingSpaces]
        guard finding.band != .full else { return lines }
        for reason in finding.reasons.prefix(2) {
            lines += wrapped(PrintableText.line(reason), first: "            ", rest: "            ")
        }
        return lines
    }

    private func tone(of band: Band) -> ConsoleStyle.Tone {
        switch band {
        case .full: .good
        case .partial: .doubtful
        case .none, .error: .bad
        case .insufficient, .notApplicable: .quiet
        }
    }

    private var roadmap: [String] {
        let steps = assessment.roadmap
        guard let target = steps.first?.target else { return [] }
        let count = steps.count > AssessmentText.mostSteps ? " (first \(AssessmentText.mostSteps) of \(steps.count))" : ""
        var lines = ["", style.paint("next steps towards stage \(target)\(count)", .strong)]
        for step in steps.prefix(AssessmentText.mostSteps) { lines += RoadmapText.lines(for: step, style) }
        return lines
    }

    private var notes: [String] {
        let notes = assessment.notes + assessment.remarks
        return notes.isEmpty ? [] : [""] + notes.flatMap { wrapped("note: \(PrintableText.line($0))", first: "", rest: "  ") }
    }

    private func wrapped(_ text: String, first: String, rest: String) -> [String] {
        style.wrapped(text, first: first, rest: rest)
    }
}

extension String {
    var trimmingTrailingSpaces: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
