public import RungCore
import RungCrypto
import RungText

/// An assessment in GitHub-flavoured Markdown, for a wiki or a pull request.
public enum AssessmentMarkdown {
    /// The whole report, bounded: at most 100 entities a criterion.
    ///
    /// - Parameter rubric: gives the names of stages that the assessment does not name.
    public static func render(_ assessment: Assessment, rubric: Rubric? = nil) -> String {
        let words = AssessmentWords(assessment: assessment, rubric: rubric)
        let parts =
            [head(assessment, words), RubricWords.markdown(assessment), ladder(words)].compactMap(\.self) + exceptions(words)
            + dimensions(assessment, words)
            + teams(words)
            + reasons(assessment, words)
            + symptoms(assessment)
            + words.assessedStages.map { criteria(ofStage: $0, words) } + roadmap(assessment) + notes(assessment)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func head(_ assessment: Assessment, _ words: AssessmentWords) -> String {
        let source =
            "Rubric \(MarkdownText.prose(assessment.rubricVersion)) "
            + "(\(MarkdownText.code(assessment.rubricDigest.description))), "
            + "ledger of \(NumberText.grouped(assessment.ledger.size)) entries "
            + "(\(MarkdownText.code(assessment.ledger.root.description)))."
        return "## As of \(assessment.asOf.date): \(MarkdownText.prose(words.headline))\n\n\(source)"
    }

    private static func ladder(_ words: AssessmentWords) -> String {
        let rows = words.stageNumbers.map { number in
            let name = MarkdownText.prose(words.name(ofStage: number))
            let isHere = number == words.assessment.stage
            let status = [words.status(ofStage: number), isHere ? "**you are here**" : ""].filter { !$0.isEmpty }
            return [String(number), isHere ? "**\(name)**" : name, status.joined(separator: "; ")]
        }
        return MarkdownText.table(["stage", "name", "status"], rows, numbersFrom: 3)
    }

    private static func exceptions(_ words: AssessmentWords) -> [String] {
        func list(_ sentences: [String]) -> String { sentences.map { "- \(MarkdownText.prose($0))" }.joined(separator: "\n") }
        let (exceptions, trend) = (words.exceptions, words.trend)
        return (exceptions.isEmpty ? [] : [list(exceptions)]) + (trend.isEmpty ? [] : ["### Since then\n\n\(list(trend))"])
    }

    private static func dimensions(_ assessment: Assessment, _ words: AssessmentWords) -> [String] {
        guard let stage = assessment.stage, !assessment.dimensions.isEmpty else { return [] }
        let rows = assessment.dimensions.map { score in
            [
                MarkdownText.code(score.code), MarkdownText.prose(score.title), NumberText.fixed(score.score, places: 1),
                NumberText.fixed(score.high, places: 1),
            ]
        }
        let table = MarkdownText.table(["dimension", "title", "score", "at most"], rows, numbersFrom: 2)
        let note = "Scores go from 1 to 5; `at most` counts as good what is unknown."
        let confidence = words.confidence(inStage: stage)
        return ["### Dimensions\n\n\(table)\n\n\(note) \(confidence.prefix(1).uppercased())\(confidence.dropFirst())."]
    }

    private static func teams(_ words: AssessmentWords) -> [String] {
        guard words.hasTeams, words.assessment.stage != nil else { return [] }
        let rows = words.assessment.teams.map { team in
            [
                MarkdownText.prose(AssessmentWords.name(team)), "\(team.stage)", "\(team.agents)",
                MarkdownText.prose(AssessmentWords.weight(team)), team.isBinding ? "yes" : "no",
                MarkdownText.prose(AssessmentWords.lacks(team, atMost: 20) ?? ""),
            ]
        }
        let note = "The worst comes first. The organization stands at most one stage above a team that binds it."
        return [
            "### Teams\n\n"
                + MarkdownText.table(["team", "stage", "agents", "weight", "binds", "lacks"], rows, numbersFrom: 6) + "\n\n" + note
        ]
    }

    private static func reasons(_ assessment: Assessment, _ words: AssessmentWords) -> [String] {
        assessment.stages.filter { !$0.reasons.isEmpty }.map { stage in
            let title = "### Stage \(stage.number), \(MarkdownText.prose(words.name(ofStage: stage.number))): \(stage.status.rawValue)"
            return title + "\n\n" + stage.reasons.map { "- \(MarkdownText.prose($0))" }.joined(separator: "\n")
        }
    }

    private static func symptoms(_ assessment: Assessment) -> [String] {
        guard !assessment.symptoms.isEmpty else { return [] }
        let rows = assessment.symptoms.map { symptom in
            let count = "\(NumberText.grouped(symptom.shown)) of \(NumberText.grouped(symptom.total))"
            let entities = MarkdownText.prose(AssessmentWords.names(symptom.entities, atMost: 20))
            if let failure = symptom.failure { return [MarkdownText.prose(symptom.title), "not measured", MarkdownText.prose(failure)] }
            return [MarkdownText.prose(symptom.title), count, entities]
        }
        return ["### Zoo symptoms\n\n" + MarkdownText.table(["symptom", "shown by", "who"], rows, numbersFrom: 3)]
    }

    private static func criteria(ofStage stage: Int, _ words: AssessmentWords) -> String {
        let rows = words.findings(ofStage: stage).map { finding in
            var why = finding.band == .full ? [] : finding.reasons.map(MarkdownText.prose)
            if let failing = AssessmentWords.failing(finding.failing, atMost: 100) {
                why.append("falls short: \(MarkdownText.prose(failing))")
            }
            let evidence = AssessmentWords.evidenceClass(finding).map { ", class \($0)" } ?? ""
            return [
                MarkdownText.code(finding.criterion.rawValue) + (finding.isKey ? " key" : ""), MarkdownText.prose(finding.title),
                finding.band.rawValue, MarkdownText.prose(AssessmentWords.numbers(finding) + evidence),
                NumberText.fixed(finding.credit, places: 2), why.joined(separator: "<br>"),
            ]
        }
        let title = "### Criteria of stage \(stage), \(MarkdownText.prose(words.name(ofStage: stage)))"
        return title + "\n\n"
            + MarkdownText.table(["criterion", "title", "band", "numbers", "credit", "why"], rows, numbersFrom: 6)
    }

    private static func roadmap(_ assessment: Assessment) -> [String] {
        guard let target = assessment.roadmap.first?.target else { return [] }
        return ["### Next steps towards stage \(target)\n\n" + RoadmapMarkdown.list(assessment.roadmap)]
    }

    private static func notes(_ assessment: Assessment) -> [String] {
        let notes = assessment.notes + assessment.remarks
        return notes.isEmpty ? [] : ["### Notes\n\n" + notes.map { "- \(MarkdownText.prose($0))" }.joined(separator: "\n")]
    }
}
