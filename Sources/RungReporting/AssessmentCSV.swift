public import RungCore
import RungText

/// The findings of an assessment as comma-separated values with a header, one row a criterion, for spreadsheets.
public enum AssessmentCSV {
    private static let header: [CSVText.Cell] = [
        "criterion", "stage", "dimension", "key", "title", "band", "credit", "high", "value", "satisfied", "total", "freshness", "class",
        "failing", "reasons",
    ]

    /// The header and all findings, in the order of the rubric; entities are joined by `; `, and at most 100 of them are written.
    public static func render(_ assessment: Assessment) -> String {
        CSVText.record(header) + assessment.findings.map { CSVText.record(cells($0)) }.joined()
    }

    private static func cells(_ finding: Finding) -> [CSVText.Cell] {
        [
            .text(finding.criterion.rawValue), .plain("\(finding.stage)"), .text(finding.dimension),
            .plain(finding.isKey ? "yes" : "no"), .text(finding.title), .plain(finding.band.rawValue),
            .plain(NumberText.fixed(finding.credit, places: 4)), .plain(NumberText.fixed(finding.high, places: 4)),
            .plain(finding.value.map { CanonicalJSON.text(of: $0) } ?? ""), .plain("\(finding.satisfied)"), .plain("\(finding.total)"),
            .plain(finding.freshness.rawValue), .plain(finding.evidenceClass?.rawValue ?? ""),
            .text(RoadmapCSV.list(finding.failing.map(RoadmapCSV.entity))),
            .text(finding.reasons.map(PrintableText.line).joined(separator: "; ")),
        ]
    }
}
