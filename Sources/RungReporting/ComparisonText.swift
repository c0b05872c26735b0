public import RungCore

/// A comparison for the console.
public enum ComparisonText {
    /// Decision and reasons first, then the numbers.
    ///
    /// - Parameter width: columns; at least 80 are used.
    public static func render(_ comparison: Comparison, width: Int) -> String {
        let style = ConsoleStyle(width: max(80, width), isColoured: false)
        let table = ComparisonTable(comparison)
        var lines = [table.decision, ""]
        for reason in comparison.reasons { lines += style.wrapped(PrintableText.line(reason), first: "- ", rest: "  ") }
        lines.append("")
        for (name, text) in table.rows {
            lines += style.wrapped(text, first: Columns.padded(name, to: 12), rest: String(repeating: " ", count: 12))
        }
        if !table.slices.isEmpty { lines += [""] + aligned([ComparisonTable.sliceHeader] + table.slices) }
        if !comparison.unpaired.isEmpty { lines += ["", "not compared"] + unpaired(comparison) }
        return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n") + "\n"
    }

    /// Columns as wide as their widest cell; names are cut so that lines fit.
    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = rows.first.map { first in
            first.indices.map { column in min(column == 0 ? 24 : 80, rows.map { Columns.count($0[column]) }.max() ?? 0) }
        }
        guard let widths else { return [] }
        return rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                index == 0
                    ? Columns.padded(cell.0, to: cell.1)
                    : String(repeating: " ", count: max(0, cell.1 - Columns.count(cell.0))) + cell.0
            }.joined(separator: "  ")
        }
    }

    private static func unpaired(_ comparison: Comparison) -> [String] {
        let shown = comparison.unpaired.prefix(10).map { unpaired in
            let side =
                switch unpaired.side {
                case .baseline: "only in \(comparison.baseline)"
                case .candidate: "only in \(comparison.candidate)"
                case .changed: "changed in between"
                case .neither: "no value"
                }
            return "  \(Columns.cut(PrintableText.name(unpaired.id), to: 50))  \(side)"
        }
        let rest = comparison.unpaired.count - shown.count
        return shown + (rest > 0 ? ["  and \(NumberText.grouped(rest)) more"] : [])
    }
}
