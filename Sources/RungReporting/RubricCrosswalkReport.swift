public import RungCore
import RungCrypto
public import RungText

/// Which criteria contribute to which entries of frameworks, and the entries that nothing contributes to.
///
/// It never says "satisfies": a criterion that is full is one piece of what an entry asks for.
public struct RubricCrosswalkReport: Sendable {
    private let rubric: Rubric
    private let frameworks: [RubricFramework]

    /// - Parameter frameworks: the frameworks of the rubric that are told, in this order.
    public init(rubric: Rubric, frameworks: [RubricFramework]) {
        self.rubric = rubric
        self.frameworks = frameworks
    }

    /// Entries to which something contributes, with the criteria, in the order of the framework.
    private func entries(of framework: RubricFramework) -> [(entry: String, criteria: [Criterion])] {
        framework.entries.map { ($0, rubric.contributors(to: $0, of: framework)) }.filter { !$0.1.isEmpty }
    }

    /// Entries to which nothing contributes; unknown, and so none, where the list is not complete.
    private func gaps(of framework: RubricFramework) -> [String] {
        framework.isComplete ? framework.entries.filter { rubric.contributors(to: $0, of: framework).isEmpty } : []
    }

    // MARK: - For people

    /// The report for the console.
    ///
    /// - Parameter width: columns; at least 80 are used.
    public func text(width: Int) -> String {
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        let name = PrintableText.name(rubric.identity.text)
        var lines = style.wrapped(
            "what the criteria of \(name) contribute to; no entry is satisfied by them alone (* key criterion)", first: "", rest: "  ")
        for framework in frameworks {
            let entries = entries(of: framework)
            let noun = (framework.isComplete ? framework.entries.count : entries.count) == 1 ? "entry" : "entries"
            let count = framework.isComplete ? "\(entries.count) of \(framework.entries.count) \(noun)" : "\(entries.count) \(noun)"
            lines += [""] + style.wrapped("\(PrintableText.line(framework.title)) (\(framework.id)): \(count)", first: "", rest: "  ")
            if !framework.source.isEmpty { lines += style.wrapped(PrintableText.line(framework.source), first: "  ", rest: "  ") }
            let wide = min(24, entries.map { Columns.count(PrintableText.name($0.entry)) }.max() ?? 0)
            for (entry, criteria) in entries {
                let ids = criteria.map { PrintableText.name($0.id.rawValue) + ($0.isKey ? "*" : "") }.joined(separator: ", ")
                let label = "  " + Columns.padded(PrintableText.name(entry), to: wide) + "  "
                lines += style.wrapped(ids, first: label, rest: String(repeating: " ", count: wide + 4))
            }
            let gaps = gaps(of: framework)
            if !gaps.isEmpty {
                lines += style.wrapped(
                    "nothing contributes to: \(gaps.map(PrintableText.name).joined(separator: ", "))", first: "  ", rest: "    ")
            }
            if !framework.isComplete { lines.append("  the list is not complete: what else there is, nobody looked up") }
        }
        return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n") + "\n"
    }

    // MARK: - For tools

    /// One row for each pair of entry and criterion, and one without a criterion for each gap.
    public var csv: String {
        var rows = [["framework", "title", "entry", "relation", "criterion", "stage", "key", "criterionTitle"]]
        for framework in frameworks {
            for entry in framework.entries {
                let criteria = rubric.contributors(to: entry, of: framework)
                rows += criteria.map { criterion in
                    [
                        framework.id, framework.title, entry, "contributes to", criterion.id.rawValue, String(criterion.stage),
                        String(criterion.isKey), criterion.title,
                    ]
                }
                if criteria.isEmpty, framework.isComplete { rows.append([framework.id, framework.title, entry, "none", "", "", "", ""]) }
            }
        }
        return rows.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A cell after RFC 4180; text that a spreadsheet would take for a formula begins with an apostrophe.
    private static func cell(_ text: String) -> String {
        var text = PrintableText.line(text)
        if let first = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) { text = "'" + text }
        guard text.unicodeScalars.contains(where: { ",\"".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// The version of the JSON that is written.
    public static let formatVersion = 1

    /// The report as JSON, one framework a line; ends with a line break.
    public var json: String {
        let lines = frameworks.map { framework in
            let entries = entries(of: framework).map { entry, criteria in
                JSONValue.object(["id": .string(entry), "criteria": .array(criteria.map { .string($0.id.rawValue) })])
            }
            let value: JSONValue = [
                "id": .string(framework.id), "title": .string(framework.title), "source": .string(framework.source),
                "complete": .bool(framework.isComplete), "entries": .array(entries),
                "gaps": .array(gaps(of: framework).map { .string($0) }),
            ]
            return JSONText.compact(value)
        }
        return """
            {"formatVersion":\(Self.formatVersion),
            "rubric":\(JSONText.compact(RubricDiffJSON.value(rubric.identity))),
            "relation":"contributes to",
            "frameworks":\(lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n]")}

            """
    }

    /// The JSON document, for the schema and for tests.
    public static let shape = ObjectShape(
        "RubricCrosswalk", "Which criteria contribute to which entries of frameworks. Contributing is never satisfying.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("rubric", .object(RubricDiffJSON.identity), "The rubric."),
            .required("relation", .oneOf(["contributes to"]), "What a criterion does for an entry."),
            .required("frameworks", .array(.object(framework), atLeast: 0), "The frameworks, public ones first."),
        ])

    private static let framework = ObjectShape(
        "CrosswalkedFramework", "One framework.",
        [
            .required("id", .text, "Its key."), .required("title", .text, "Its title."),
            .required("source", .freeText, "Where the ids were taken from."),
            .required("complete", .bool, "Whether every entry is known, so that gaps can be told."),
            .required("entries", .array(.object(entry), atLeast: 0), "Entries to which a criterion contributes."),
            .required("gaps", .texts, "Entries of a complete list to which none does."),
        ])

    private static let entry = ObjectShape(
        "CrosswalkedEntry", "One entry.",
        [.required("id", .text, "Its id."), .required("criteria", .texts, "Criteria that contribute to it, in the order of the rubric.")])
}
