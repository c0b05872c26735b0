/// One line of the report: a quantity, its budget, what was measured, and the baseline beside it.
struct ReportRow {
    var work: String
    var unit: String
    var decimals: Int
    /// The most that is allowed; nil for a figure that is only told.
    var budget: Double?
    var measured: Series
    var baseline: Series?
}

/// The report as a Markdown table.
struct ReportTable {
    private var rows: [ReportRow] = []

    init() {}

    mutating func add(_ rows: [ReportRow]) { self.rows += rows }

    /// Head and one line per row; a ratio above 1 says how many times better than the baseline.
    var markdown: String {
        var lines = [
            "| work | budget | rung: median (min–max) | baseline: median (min–max) | baseline / rung | budget met |",
            "|---|---|---|---|---|---|",
        ]
        for row in rows { lines.append(line(row)) }
        lines.append("")
        lines.append("Memory of the measuring program, which the peaks cannot go below: \(fixed(ChildProcess.ownPeakMiB, 1)) MiB.")
        return lines.joined(separator: "\n")
    }

    private func line(_ row: ReportRow) -> String {
        let budget = row.budget.map { "≤ \(fixed($0, row.decimals)) \(row.unit)" } ?? "–"
        let baseline = row.baseline.map { text($0, row) } ?? "–"
        let ratio = row.baseline.map { row.measured.median > 0 ? fixed($0.median / row.measured.median, 1) : "–" } ?? "–"
        let met = row.budget.map { row.measured.median <= $0 ? "met" : "**missed**" } ?? "–"
        return "| \(row.work) | \(budget) | \(text(row.measured, row)) | \(baseline) | \(ratio) | \(met) |"
    }

    private func text(_ series: Series, _ row: ReportRow) -> String {
        let decimals = row.decimals
        return "\(fixed(series.median, decimals)) (\(fixed(series.least, decimals))–\(fixed(series.greatest, decimals))) \(row.unit)"
    }
}
