public import RungCore
import RungText

/// A roadmap as comma-separated values with a header, one row a step, for spreadsheets and trackers.
public enum RoadmapCSV {
    private static let header: [CSVText.Cell] = [
        "order", "target", "stage", "criterion", "dimension", "key", "effort", "points", "headline", "action", "command", "owners", "due",
        "needed", "unit", "failing", "gain", "stage_after", "team", "reason",
    ]

    /// The header and all steps; entities and owners are joined by `; `, and at most 100 of them are written.
    public static func render(_ steps: [RoadmapStep]) -> String {
        CSVText.record(header) + steps.map { CSVText.record(cells($0)) }.joined()
    }

    private static func cells(_ step: RoadmapStep) -> [CSVText.Cell] {
        [
            .plain("\(step.order)"), .plain("\(step.target)"), .plain("\(step.stage)"), .text(step.criterion.rawValue),
            .text(step.dimension), .plain(step.isKey ? "yes" : "no"), .plain(AssessmentWords.effort(step.effort)),
            .plain(NumberText.fixed(step.effort.points, places: 0)), .text(step.headline), .text(step.action),
            .text(step.command ?? RoadmapWords.byHand), .text(list(step.owners)), .plain(step.due?.date ?? ""),
            .plain(step.needed.map(String.init) ?? ""), .text(step.unit), .text(list(step.failing.map(entity))),
            .plain(NumberText.fixed(step.gain, places: 4)), .plain("\(step.stageAfter)"), .text(step.team ?? ""), .text(step.reason),
        ]
    }

    /// `faq (30 of 60)`.
    static func entity(_ entity: FailingEntity) -> String {
        "\(PrintableText.bounded(PrintableText.name(entity.entity), bytes: 200)) (\(entity.satisfied) of \(entity.total))"
    }

    /// The first hundred, and how many more there are.
    static func list(_ names: [String]) -> String {
        guard names.count > 100 else { return names.joined(separator: "; ") }
        return (names.prefix(100) + ["\(NumberText.grouped(names.count - 100)) more"]).joined(separator: "; ")
    }
}
