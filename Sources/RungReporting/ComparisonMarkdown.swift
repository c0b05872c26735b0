public import RungCore

/// A comparison as Markdown, for pull requests and job summaries.
public enum ComparisonMarkdown {
    /// Decision and reasons first, then the numbers as tables.
    public static func render(_ comparison: Comparison) -> String {
        let table = ComparisonTable(comparison)
        var parts = ["## \(MarkdownText.prose(table.decision))"]
        parts.append(comparison.reasons.map { "- \(MarkdownText.prose($0))" }.joined(separator: "\n"))
        let rows = table.rows.map { [MarkdownText.prose($0.0), MarkdownText.prose($0.1)] }
        parts.append(MarkdownText.table(["", ""], rows, numbersFrom: 2))
        if !table.slices.isEmpty {
            let rows = table.slices.map { row in
                row.enumerated().map { $0.offset == 0 ? MarkdownText.code($0.element) : MarkdownText.prose($0.element) }
            }
            parts.append(MarkdownText.table(ComparisonTable.sliceHeader, rows, numbersFrom: 1))
        }
        if !comparison.unpaired.isEmpty {
            let names = comparison.unpaired.prefix(20).map { MarkdownText.code($0.id) }.joined(separator: ", ")
            let rest = comparison.unpaired.count - 20
            parts.append("Not compared: \(names)\(rest > 0 ? " and \(NumberText.grouped(rest)) more" : "").")
        }
        return parts.joined(separator: "\n\n") + "\n"
    }
}
