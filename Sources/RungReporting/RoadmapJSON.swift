public import RungCore
import RungCrypto
public import RungText

/// A roadmap for scripts: the stable contract, byte-equal for equal input, one step a line.
public enum RoadmapJSON {
    /// The version that is written.
    public static let formatVersion = 1

    /// The whole document; ends with a line break.
    ///
    /// - Parameter assessment: not void; its roadmap reaches to `target`.
    public static func render(_ assessment: Assessment, to target: Int) -> String {
        let stage = assessment.stage ?? 1
        var text = "{\"formatVersion\":\(formatVersion),\n"
        func add(_ key: String, _ value: JSONValue) { text += "\"\(key)\":\(JSONText.compact(value)),\n" }
        add("asOf", .string(assessment.asOf.description))
        add("rubric", AssessmentJSON.rubric(of: assessment))
        add("ledger", ["size": .int(assessment.ledger.size), "root": .string(assessment.ledger.root.description)])
        add("whatIf", .array(assessment.assumptions.map { .string($0) }))
        add("stage", .int(stage))
        add("target", .int(target))
        add("stageAfter", .int(assessment.roadmap.last?.stageAfter ?? stage))
        add("effort", .double(assessment.roadmap.reduce(0) { $0 + $1.effort.points }))
        guard !assessment.roadmap.isEmpty else { return text + "\"steps\":[]}\n" }
        return text + "\"steps\":[\n\(assessment.roadmap.map { JSONText.compact(value($0)) }.joined(separator: ",\n"))\n]}\n"
    }

    /// One step, as assessments hold it too.
    static func value(_ step: RoadmapStep) -> JSONValue {
        [
            "order": .int(step.order), "criterion": .string(step.criterion.rawValue), "stage": .int(step.stage),
            "target": .int(step.target), "dimension": .string(step.dimension), "headline": .string(step.headline),
            "action": .string(step.action), "command": step.command.map { .string($0) } ?? .null,
            "effort": .string(step.effort.rawValue), "key": .bool(step.isKey), "failing": value(step.failing),
            "needed": step.needed.map { .int($0) } ?? .null, "unit": .string(step.unit),
            "owners": .array(step.owners.map { .string($0) }), "due": step.due.map { .string($0.date) } ?? .null,
            "gain": .double(step.gain), "stageAfter": .int(step.stageAfter), "team": step.team.map { .string($0) } ?? .null,
            "reason": .string(step.reason),
        ]
    }

    /// Entities that fall short.
    static func value(_ entities: [FailingEntity]) -> JSONValue {
        .array(
            entities.map { entity in
                ["entity": .string(entity.entity), "satisfied": .int(entity.satisfied), "total": .int(entity.total)]
            })
    }
}

extension RoadmapJSON {
    /// The whole document, for the schema and for tests.
    public static let shape = ObjectShape(
        "Roadmap", "The steps from the stage that is earned to one above it.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("asOf", .timestamp, "Midnight UTC; evidence from before it counts."),
            .required("rubric", .object(AssessmentJSON.rubric), "The model that was applied."),
            .required("ledger", .object(AssessmentJSON.ledger), "The evidence that was read."),
            .required("whatIf", .texts, "What is supposed in place of what was measured."),
            .required("stage", .integer(1...5), "The stage that is earned now."),
            .required("target", .integer(1...5), "The stage that is aimed at."),
            .required("stageAfter", .integer(1...5), "The stage that is earned once all steps are done."),
            .required("effort", .number(0...1e9), "Points of all steps: small 1, medium 3, large 8."),
            .required("steps", .array(.object(step), atLeast: 0), "What to do, in order; empty when there is nothing to do."),
        ])

    /// One step.
    static let step = ObjectShape(
        "RoadmapStep", "One step of the way up.",
        [
            .required("order", .integer(1...100_000), "From 1."), .required("criterion", .text, "What it mends."),
            .required("stage", .integer(1...5), "The stage that the criterion belongs to."),
            .required("target", .integer(1...5), "The stage that is aimed at."),
            .required("dimension", .freeText, "Code of the criterion's dimension."),
            .required("headline", .freeText, "The model's own action."), .required("action", .freeText, "What to do."),
            .optional("command", .freeText, "The command that does it; null for what is done by hand."),
            .required("effort", .oneOf(Criterion.Effort.allCases.map(\.rawValue)), "1, 3 or 8 points."),
            .required("key", .bool, "Whether the criterion is key."),
            .required("failing", .array(.object(AssessmentJSON.entity), atLeast: 0), "Entities to mend, worst first."),
            .optional("needed", .count, "How many more units must satisfy it; null when nothing is known."),
            .required("unit", .freeText, "What the units are called."),
            .required("owners", .texts, "Whose step it is; empty where evidence names nobody."),
            .optional(
                "due", .timestamp, "The day from which it must be done."),
            .required("gain", .number(0...100), "By how much the sum of the dimension scores rises once the steps before are done."),
            .required("stageAfter", .integer(1...5), "The stage that is earned once this step and those before it are done."),
            .optional("team", .freeText, "The team whose step it is, as it holds the organization back; null for steps of the whole."),
            .required("reason", .freeText, "Why this step stands here."),
        ])
}
