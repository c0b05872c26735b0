import RungCore

/// The words in which reports tell changes of a rubric.
enum RubricWords {
    /// `REG-302 full 0.95 → 0.8, easier (small fleets need less)`; one line, whatever the file holds.
    static func line(_ change: RubricChange) -> String { "\(name(change)) \(predicate(change))" }

    /// The same without the subject.
    static func predicate(_ change: RubricChange) -> String {
        let reason = change.reason.map { " (\(PrintableText.line($0)))" } ?? ""
        return "\(difference(change))\(effect(change))\(reason)"
    }

    /// `this assessment uses acme 1.0.0, which is agentops-five-stage 0.3.0 with 2 changes`; nil without any.
    static func headline(_ assessment: Assessment) -> String? {
        guard !assessment.rubricChanges.isEmpty else { return nil }
        let base = assessment.rubricBase.map { PrintableText.name($0.text) } ?? "a rubric"
        let own =
            assessment.rubricID.isEmpty ? "" : "\(PrintableText.name("\(assessment.rubricID) \(assessment.rubricVersion)")), which is "
        return "this assessment uses \(own)\(base) with \(NumberText.count(assessment.rubricChanges.count, "change"))"
    }

    /// Every change for the console, the headline first; empty without any.
    static func lines(_ assessment: Assessment, _ style: ConsoleStyle) -> [String] {
        guard let headline = headline(assessment) else { return [] }
        return style.wrapped("\(headline):", first: "", rest: "  ").map { style.paint($0, .doubtful) }
            + sorted(assessment.rubricChanges).flatMap { style.wrapped(line($0), first: "  - ", rest: "    ") }
    }

    /// Every change as a list in Markdown under its headline; nil without any.
    static func markdown(_ assessment: Assessment) -> String? {
        guard let headline = headline(assessment) else { return nil }
        let lines = sorted(assessment.rubricChanges).map { "- \(MarkdownText.prose(line($0)))" }
        return "**\(MarkdownText.prose(headline)):**\n\n" + lines.joined(separator: "\n")
    }

    /// `rubric 0.3.0`, with the name and a warning where it is changed.
    static func title(_ assessment: Assessment) -> String {
        let version = PrintableText.line(assessment.rubricVersion)
        guard !assessment.rubricChanges.isEmpty else { return "rubric \(version)" }
        let id = assessment.rubricID.isEmpty ? "" : PrintableText.name(assessment.rubricID) + " "
        return "rubric \(id)\(version), changed"
    }

    /// What makes a stage easier comes first, what may do so next; within that the order of the rubric.
    static func sorted(_ changes: [RubricChange]) -> [RubricChange] {
        let order: [RubricChange.Effect] = [.easier, .either, .harder, .none]
        return order.flatMap { effect in changes.filter { $0.effect == effect } }
    }

    /// The subject for people: `REG-302`, `stage 3 (Agent Factory)`; what is added or removed has its title.
    static func name(_ change: RubricChange) -> String {
        let isWhole = change.what == .added || change.what == .removed
        let title = PrintableText.line(change.title)
        switch change.subject {
        case .criterion(let id): return PrintableText.name(id.rawValue) + (isWhole && !title.isEmpty ? " (\(title))" : "")
        case .symptom(let id): return "symptom \(PrintableText.name(id))" + (isWhole && !title.isEmpty ? " (\(title))" : "")
        case .stage(let number): return "stage \(number)" + (title.isEmpty ? "" : " (\(title))")
        case .rubric: return "the rubric"
        case .dimension, .framework, .statement: return "\(change.subject.kind) \(PrintableText.name(change.subject.id))"
        }
    }

    /// `full 0.95 → 0.8`, `added`, `sql differs`.
    static func difference(_ change: RubricChange) -> String {
        switch change.what {
        case .added: "added"
        // Only overlays give a reason.
        case .removed: change.reason == nil ? "removed" : "left out"
        case .complete where change.to != "true": "is not complete any more"
        case .order: "has its \(change.to ?? "parts") in another order"
        case .notation: "says the same in other words"
        default:
            if isLong(change) {
                "\(change.what.rawValue) differs"
            } else {
                "\(change.what.rawValue) \(value(change.from)) → \(value(change.to))"
            }
        }
    }

    /// Whether the values are sentences or queries, which no line can hold.
    static func isLong(_ change: RubricChange) -> Bool {
        [change.from, change.to].contains { ($0?.utf8.count ?? 0) > 60 || $0?.contains("\n") == true } || change.what.isWording
            || [.query, .detector, .applicability].contains(change.what)
    }

    /// `, easier`; empty where stage and scores stay as they are.
    static func effect(_ change: RubricChange) -> String {
        switch change.effect {
        case .easier: ", easier"
        case .harder: ", harder"
        case .either: ", easier or harder"
        case .none: ""
        }
    }

    private static func value(_ text: String?) -> String { text.map(PrintableText.line) ?? "none" }
}
