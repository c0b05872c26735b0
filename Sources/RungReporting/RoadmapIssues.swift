public import RungCore
public import RungText

/// A roadmap as JSON Lines, one issue a step, for the import of a tracker or a loop over `gh issue create`.
///
/// The body begins with a hidden mark that names the criterion, so that a script can find the issue that it made before.
public enum RoadmapIssues {
    /// All steps, in order; nothing without one.
    public static func render(_ steps: [RoadmapStep]) -> String {
        steps.map { JSONText.compact(value($0)) + "\n" }.joined()
    }

    private static func value(_ step: RoadmapStep) -> JSONValue {
        [
            "title": .string(
                PrintableText.bounded(PrintableText.line("\(step.criterion)\(RoadmapWords.team(step)): \(step.headline)"), bytes: 200)),
            "body": .string(body(step)), "labels": .array(labels(step).map { .string($0) }),
            "assignees": .array(step.owners.prefix(10).map { .string($0) }),
            "due": step.due.map { .string($0.date) } ?? .null, "criterion": .string(step.criterion.rawValue), "order": .int(step.order),
        ]
    }

    /// `REG-302`, or `REG-302/payments` for the step of one team: the same in every roadmap.
    private static func mark(_ step: RoadmapStep) -> String {
        step.criterion.rawValue + (step.team.map { "/" + PrintableText.name($0) } ?? "")
    }

    private static func labels(_ step: RoadmapStep) -> [String] {
        let dimension = step.dimension.isEmpty ? [] : ["dimension:\(step.dimension)"]
        return ["rung", "stage:\(step.target)"] + dimension + ["effort:\(step.effort.rawValue)"] + (step.isKey ? ["key"] : [])
    }

    private static func body(_ step: RoadmapStep) -> String {
        var parts = ["<!-- rung:\(MarkdownText.html(mark(step))) -->", MarkdownText.prose(step.action)]
        if let needed = RoadmapWords.needed(step) { parts.append("It \(MarkdownText.prose(needed)).") }
        if !step.failing.isEmpty {
            var rows = step.failing.prefix(100).map { "- [ ] \(MarkdownText.prose(RoadmapCSV.entity($0)))" }
            if step.failing.count > 100 { rows.append("- [ ] \(NumberText.grouped(step.failing.count - 100)) more") }
            parts.append("Falls short:\n\n" + rows.joined(separator: "\n"))
        }
        parts.append(step.command.map { "Command:\n\n" + MarkdownText.block([PrintableText.line($0)]) } ?? "Done by hand.")
        let plan = [RoadmapWords.owner(step), RoadmapWords.due(step), RoadmapWords.gain(step)].compactMap(\.self)
        parts.append(MarkdownText.prose(plan.joined(separator: "; ")))
        parts.append(MarkdownText.prose("Why: \(step.reason)"))
        return parts.joined(separator: "\n\n")
    }
}

extension RoadmapIssues {
    /// One line, for the schema and for tests.
    public static let shape = ObjectShape(
        "RoadmapIssue", "One step of a roadmap as an issue for a tracker.",
        [
            .required("title", .text, "Criterion and headline."),
            .required(
                "body", .text,
                "GitHub-flavoured Markdown; begins with the hidden mark `<!-- rung:CRITERION -->`, or `<!-- rung:CRITERION/TEAM -->`."),
            .required("labels", .texts, "rung, stage, dimension, effort, and key where it is."),
            .required("assignees", .texts, "Ids of people as evidence names them, the first one before all others; at most ten."),
            .optional("due", .timestamp, "The day from which it must be done."),
            .required("criterion", .text, "What it mends: the same in every roadmap."),
            .required("order", .integer(1...100_000), "Place in the roadmap, from 1."),
        ])
}
