public import RungCore
import RungText

/// One criterion of a rubric in full, for whoever wants to know what is asked and how it is measured.
public enum CriterionText {
    /// The whole text; only the query and commands may be wider than `width`.
    public static func render(_ criterion: Criterion, rubric: Rubric, width: Int) -> String {
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        var lines: [String] = []
        func add(_ label: String, _ text: String) {
            guard !text.isEmpty else { return }
            lines += style.wrapped(PrintableText.line(text), first: Columns.padded(label, to: 15), rest: String(repeating: " ", count: 15))
        }
        let key = criterion.isKey ? ", key" : ""
        lines.append("\(PrintableText.name(criterion.id.rawValue))  \(PrintableText.line(criterion.title))")
        let stage = rubric.stage(criterion.stage)?.name ?? ""
        let dimension = rubric.dimensions.first { $0.code == criterion.dimension }?.title ?? criterion.dimension
        lines.append("stage \(criterion.stage) (\(PrintableText.line(stage)))\(key), \(PrintableText.line(dimension))")
        lines.append("")
        add("question", criterion.question)
        add("meaning", criterion.meaning)
        add("why", criterion.why)
        lines.append("")
        for (label, text) in facts(of: criterion) { add(label, text) }
        for change in rubric.changes where change.subject == .criterion(criterion.id) { add("changed", RubricWords.predicate(change)) }
        lines.append("")
        add("to do", criterion.remediation.text)
        add("effort", AssessmentWords.effort(criterion.remediation.effort))
        if let command = criterion.remediation.command { lines.append(Columns.padded("command", to: 15) + PrintableText.line(command)) }
        lines.append("")
        add("needs", criterion.prerequisites.map { name($0, rubric) }.joined(separator: "; "))
        add(
            "needed by",
            rubric.criteria.filter { $0.prerequisites.contains(criterion.id) }.map(\.id.rawValue).joined(separator: ", "))
        for line in criterion.lines { add("answers", rubric.lines[line].map { "\(line): \($0)" } ?? line) }
        for (framework, ids) in frameworks(criterion, rubric) { add("contributes to", "\(framework) \(ids)") }
        lines += ["", "measure"] + indented(criterion.measure.sql)
        if let detector = criterion.measure.detector { lines += ["", "detector"] + indented(detector) }
        if let applicability = criterion.measure.applicability { lines += ["", "applicability"] + indented(applicability) }
        return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n") + "\n"
    }

    private static func facts(of criterion: Criterion) -> [(String, String)] {
        let measure = criterion.measure
        let more = measure.better == .up ? "at least" : "at most"
        func bound(_ value: Double) -> String {
            measure.aggregate == .share ? "\(number(value * 100)) %" : number(value)
        }
        var facts = [
            ("measured", criterion.measureText),
            ("full", "\(more) \(bound(measure.full)); half credit at \(bound(measure.partial))"),
            ("window", "\(measure.windowDays) days, at least \(measure.minimumPopulation) \(measure.unit)"),
        ]
        if measure.aggregate != .share { facts.append(("value", "the \(measure.aggregate.rawValue) of all \(measure.unit)")) }
        if measure.population == .sample { facts.append(("sample", "chance must not earn it: the lower 95 % bound counts too")) }
        if measure.detector != nil {
            facts.append(("events", "looked back for up to four windows; not applicable when the detector shows that none was missed"))
        }
        if measure.hasIndependentDenominator { facts.append(("counted by", "somebody else than those who are measured")) }
        if criterion.isAttested { facts.append(("attested", "a statement of two people with the digest of an artifact proves it")) }
        return facts
    }

    /// With no more decimals than it has.
    private static func number(_ value: Double) -> String { CanonicalJSON.text(of: (value * 1e6).rounded() / 1e6) }

    private static func name(_ id: CriterionID, _ rubric: Rubric) -> String {
        rubric.criteria.first { $0.id == id }.map { "\(id) (\($0.title))" } ?? id.rawValue
    }

    /// Titles of frameworks in the order of the criterion, each with its entries.
    private static func frameworks(_ criterion: Criterion, _ rubric: Rubric) -> [(String, String)] {
        var order: [String] = []
        var ids: [String: [String]] = [:]
        for reference in criterion.crosswalk {
            if ids[reference.framework] == nil { order.append(reference.framework) }
            ids[reference.framework, default: []].append(reference.id)
        }
        return order.map { key in
            (rubric.frameworks.first { $0.id == key }?.title ?? key, ids[key, default: []].joined(separator: ", "))
        }
    }

    private static func indented(_ sql: String) -> [String] {
        sql.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + PrintableText.line(String($0)) }
    }
}
