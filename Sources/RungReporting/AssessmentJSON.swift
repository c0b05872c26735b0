public import RungCore
import RungCrypto
public import RungText

/// An assessment for scripts: the stable contract, byte-equal for equal input, one criterion a line.
public enum AssessmentJSON {
    /// The version that is written.
    public static let formatVersion = 1

    /// The whole document; ends with a line break.
    public static func render(_ assessment: Assessment) -> String {
        var text = "{\"formatVersion\":\(formatVersion),\n"
        func add(_ key: String, _ value: JSONValue) { text += "\"\(key)\":\(JSONText.compact(value)),\n" }
        add("asOf", .string(assessment.asOf.description))
        add("rubric", rubric(of: assessment))
        add("ledger", ["size": .int(assessment.ledger.size), "root": .string(assessment.ledger.root.description)])
        add("stage", assessment.stage.map { .int($0) } ?? .null)
        add("stageName", optional(assessment.stageName))
        add("void", .bool(assessment.stage == nil || assessment.voidReason != nil))
        add("voidReason", optional(assessment.voidReason))
        add("whatIf", texts(assessment.assumptions))
        add("confidence", .double(assessment.confidence))
        add("provisional", .bool(assessment.isProvisional))
        text += list("dimensions", assessment.dimensions.map(value)) + ",\n"
        text += list("stages", assessment.stages.map(value)) + ",\n"
        text += list("symptoms", assessment.symptoms.map(value)) + ",\n"
        text += list("criteria", assessment.findings.map(value)) + ",\n"
        text += list("roadmap", assessment.roadmap.map(value)) + ",\n"
        text += list("notes", assessment.notes.map { .string($0) })
        return text + "}\n"
    }

    private static func rubric(of assessment: Assessment) -> JSONValue {
        [
            "id": .string(assessment.rubricID), "version": .string(assessment.rubricVersion),
            "digest": .string(assessment.rubricDigest.description),
            "base": assessment.rubricBase.map(RubricDiffJSON.value) ?? .null,
            "changes": .array(assessment.rubricChanges.map(RubricDiffJSON.value)),
        ]
    }

    private static func list(_ key: String, _ values: [JSONValue]) -> String {
        guard !values.isEmpty else { return "\"\(key)\":[]" }
        return "\"\(key)\":[\n\(values.map { JSONText.compact($0) }.joined(separator: ",\n"))\n]"
    }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func value(_ score: DimensionScore) -> JSONValue {
        [
            "code": .string(score.code), "title": .string(score.title), "score": .double(score.score), "low": .double(score.score),
            "high": .double(score.high),
        ]
    }

    private static func value(_ stage: StageResult) -> JSONValue {
        [
            "number": .int(stage.number), "name": .string(stage.name), "status": .string(stage.status.rawValue),
            "full": .int(stage.full), "applicable": .int(stage.applicable), "reasons": texts(stage.reasons),
        ]
    }

    private static func value(_ symptom: SymptomResult) -> JSONValue {
        [
            "id": .string(symptom.id), "title": .string(symptom.title), "shown": .int(symptom.shown),
            "total": .int(symptom.total), "entities": texts(symptom.entities), "failure": optional(symptom.failure),
        ]
    }

    private static func value(_ finding: Finding) -> JSONValue {
        [
            "id": .string(finding.criterion.rawValue), "stage": .int(finding.stage), "dimension": .string(finding.dimension),
            "key": .bool(finding.isKey), "title": .string(finding.title), "band": .string(finding.band.rawValue),
            "credit": .double(finding.credit), "low": .double(finding.credit), "high": .double(finding.high),
            "freshness": .string(finding.freshness.rawValue), "value": finding.value.map { .double($0) } ?? .null,
            "satisfied": .int(finding.satisfied), "total": .int(finding.total), "failing": entities(finding.failing),
            "reasons": texts(finding.reasons), "class": optional(finding.basis.worst?.rawValue), "records": records(finding.basis),
        ]
    }

    private static func records(_ basis: EvidenceBasis) -> JSONValue {
        .array(
            basis.counts.map { count in
                ["kind": .string(count.kind), "class": .string(count.evidenceClass.rawValue), "count": .int(count.records)]
            })
    }

    private static func value(_ step: RoadmapStep) -> JSONValue {
        [
            "order": .int(step.order), "criterion": .string(step.criterion.rawValue), "stage": .int(step.stage),
            "headline": .string(step.headline), "action": .string(step.action), "command": optional(step.command),
            "effort": .string(step.effort.rawValue), "key": .bool(step.isKey), "failing": entities(step.failing),
            "needed": step.needed.map { .int($0) } ?? .null, "reason": .string(step.reason),
        ]
    }

    private static func entities(_ entities: [FailingEntity]) -> JSONValue {
        .array(
            entities.map { entity in
                ["entity": .string(entity.entity), "satisfied": .int(entity.satisfied), "total": .int(entity.total)]
            })
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}

extension AssessmentJSON {
    /// The whole document, for the schema and for tests.
    public static let shape = ObjectShape(
        "Assessment", "Where an organization stands, with every finding behind it.",
        [
            .required("formatVersion", .integer(formatVersion...formatVersion), "Version of this format."),
            .required("asOf", .timestamp, "Midnight UTC; evidence from before it counts."),
            .required("rubric", .object(rubric), "The model that was applied."),
            .required("ledger", .object(ledger), "The evidence that was read."),
            .optional("stage", .integer(1...5), "The stage that is earned; null when the assessment is void."),
            .optional("stageName", .freeText, "Its name in the rubric."),
            .required("void", .bool, "Whether no stage is given, because the ledger does not verify."),
            .optional("voidReason", .freeText, "Why it is void."),
            .required("whatIf", .texts, "What is supposed in place of what was measured; with any, this is a plan and no assessment."),
            .required("confidence", .share, "How well the findings that decide the stage are founded."),
            .required(
                "provisional", .bool, "Whether the confidence is below \(Assessment.confidenceNeeded), so that the stage may not last."),
            .required("dimensions", .array(.object(dimension), atLeast: 0), "One score for each dimension, in the order of the rubric."),
            .required("stages", .array(.object(stage), atLeast: 0), "What each stage above 1 came to."),
            .required("symptoms", .array(.object(symptom), atLeast: 0), "Deficits of stage 2, reported beside the stage."),
            .required("criteria", .array(.object(criterion), atLeast: 0), "Every finding, in the order of the rubric."),
            .required("roadmap", .array(.object(step), atLeast: 0), "Steps to the next stage, in order."),
            .required("notes", .texts, "What a reader should know to judge the result."),
        ])

    private static let rubric = ObjectShape(
        "RubricIdentity", "Which rubric, exactly.",
        [
            .required("id", .freeText, "Its id."), .required("version", .text, "Semantic version."),
            .required("digest", .digest, "Digest of the file; of an overlay, of what it extends and the file together."),
            .optional(
                "base", .object(RubricDiffJSON.identity), "What it was made from by changing it; null for a rubric that stands alone."),
            .required("changes", .array(.object(RubricDiffJSON.change), atLeast: 0), "What was changed about it."),
        ])

    private static let ledger = ObjectShape(
        "LedgerHead", "State of the ledger.",
        [
            .required("size", .integer(0...Int(Int64.max)), "Number of entries."),
            .required("root", .digest, "Merkle root over all entries."),
        ])

    private static let dimension = ObjectShape(
        "DimensionScore", "How mature one dimension is; a stage that is not firm holds back what lies above it.",
        [
            .required("code", .text, "Code of the dimension."), .required("title", .freeText, "Its title."),
            .required("score", .number(1...5), "1 to 5, what is unknown counted as not met."),
            .required("low", .number(1...5), "The lowest that it can be: the same."),
            .required("high", .number(1...5), "The score if everything that is unknown were good."),
        ])

    private static let stage = ObjectShape(
        "StageResult", "What one stage came to.",
        [
            .required("number", .integer(1...5), "2…5."), .required("name", .text, "Its name."),
            .required("status", .oneOf(["met", "not met", "not assessed"]), "Whether it is earned, taken alone."),
            .required("full", .count, "Criteria that are full."),
            .required("applicable", .count, "Criteria that apply."),
            .required("reasons", .array(.freeText, atLeast: 0), "What still blocks it."),
        ])

    private static let symptom = ObjectShape(
        "SymptomResult", "How far a deficit of stage 2 shows.",
        [
            .required("id", .text, "The symptom."), .required("title", .text, "What it is."),
            .required("shown", .count, "Units that show it."), .required("total", .count, "All units."),
            .required("entities", .array(.freeText, atLeast: 0), "Who shows it."),
            .optional("failure", .freeText, "Why it could not be measured."),
        ])

    private static let criterion = ObjectShape(
        "Finding", "The answer to one criterion.",
        [
            .required("id", .text, "The criterion."), .required("stage", .integer(1...5), "The stage it belongs to."),
            .required("dimension", .text, "Code of its dimension."),
            .required("key", .bool, "Whether the stage needs it to be full."), .required("title", .freeText, "What it asks for."),
            .required("band", .oneOf(Band.allCases.map(\.rawValue)), "How well it is met; insufficient is neither no nor yes."),
            .required("credit", .share, "After all caps; 0 when nothing is known."),
            .required("low", .share, "The lowest credit that it can be: the same."),
            .required("high", .share, "The credit if everything that is unknown were good."),
            .required(
                "freshness", .oneOf(Finding.Freshness.allCases.map(\.rawValue)), "Whether the population is of the window."),
            .optional("value", .number(-1e15...1e15), "The measured value; null without a population."),
            .required("satisfied", .count, "Units that satisfy it."), .required("total", .count, "All units."),
            .required("failing", .array(.object(entity), atLeast: 0), "Entities that fall short."),
            .required("reasons", .array(.freeText, atLeast: 0), "How the band came about."),
            .optional("class", evidenceClass, "The worst class among the records behind it; null when there are none."),
            .required("records", .array(.object(records), atLeast: 0), "The records behind it, by kind and class."),
        ])

    private static let records = ObjectShape(
        "EvidenceCount", "Records of one kind and class behind a criterion.",
        [
            .required("kind", .text, "The kind of record."),
            .required("class", evidenceClass, "A recorded by the program, B sent by a registered source, C attested, D anything else."),
            .required("count", .count, "How many."),
        ])

    private static let evidenceClass = Shape.oneOf(EvidenceClass.allCases.map(\.rawValue))

    private static let entity = ObjectShape(
        "FailingEntity", "An entity that falls short.",
        [
            .required("entity", .freeText, "Its id."), .required("satisfied", .count, "Units that satisfy the criterion."),
            .required("total", .count, "All its units."),
        ])

    private static let step = ObjectShape(
        "RoadmapStep", "One step towards the next stage.",
        [
            .required("order", .integer(1...100_000), "From 1."), .required("criterion", .text, "What it mends."),
            .required("stage", .integer(1...5), "The stage it leads to."),
            .required("headline", .freeText, "The model's own action."), .required("action", .freeText, "What to do."),
            .optional("command", .freeText, "The command that does it."),
            .required("effort", .oneOf(["S", "M", "L"]), "1, 3 or 8 points."),
            .required("key", .bool, "Whether the criterion is key."),
            .required("failing", .array(.object(entity), atLeast: 0), "Entities to mend, worst first."),
            .optional("needed", .count, "How many more units must satisfy it; null when nothing is known."),
            .required("reason", .freeText, "Why this step stands here."),
        ])
}
