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
        add("trend", assessment.trend.map(value) ?? .null)
        text += list("atRisk", assessment.notices.map(value)) + ",\n"
        text += list("waivers", assessment.waivers.map(value)) + ",\n"
        text += list("teams", assessment.teams.map(value)) + ",\n"
        text += list("dimensions", assessment.dimensions.map(value)) + ",\n"
        text += list("stages", assessment.stages.map(value)) + ",\n"
        text += list("symptoms", assessment.symptoms.map(value)) + ",\n"
        text += list("criteria", assessment.findings.map(value)) + ",\n"
        text += list("roadmap", assessment.roadmap.map(RoadmapJSON.value)) + ",\n"
        text += list("notes", assessment.notes.map { .string($0) })
        return text + "}\n"
    }

    /// Which rubric, and what it changed.
    static func rubric(of assessment: Assessment) -> JSONValue {
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

    private static func value(_ trend: AssessmentTrend) -> JSONValue {
        [
            "since": .string(trend.since.description), "ledgerSize": .int(trend.ledgerSize), "stage": .int(trend.stage),
            "rubric": value(trend.rubric), "evidence": value(trend.evidence), "practice": value(trend.practice),
        ]
    }

    private static func value(_ step: AssessmentTrend.Step) -> JSONValue {
        [
            "stage": .int(step.stage), "gain": .double(step.gain), "gained": texts(step.gained.map(\.rawValue)),
            "lost": texts(step.lost.map(\.rawValue)),
        ]
    }

    private static func value(_ notice: StageNotice) -> JSONValue {
        [
            "criterion": .string(notice.criterion.rawValue), "stage": .int(notice.stage), "since": .string(notice.since.description),
            "until": .string(notice.until.description),
        ]
    }

    private static func value(_ waiver: CriterionException) -> JSONValue {
        [
            "id": .string(waiver.id), "criterion": .string(waiver.criterion.rawValue), "approver": .string(waiver.approver),
            "reason": optional(waiver.reason), "expiresAt": optional(waiver.expiresAt?.description),
        ]
    }

    private static func value(_ team: TeamResult) -> JSONValue {
        [
            "team": optional(team.name), "agents": .int(team.agents), "calls": .int(team.calls), "share": .double(team.share),
            "exposure": .double(team.exposure), "tier": optional(team.tier?.rawValue), "stage": .int(team.stage),
            "binding": .bool(team.isBinding),
            "gaps": .array(
                team.gaps.map { finding in
                    [
                        "id": .string(finding.criterion.rawValue), "key": .bool(finding.isKey), "band": .string(finding.band.rawValue),
                        "credit": .double(finding.credit), "satisfied": .int(finding.satisfied), "total": .int(finding.total),
                        "failing": RoadmapJSON.value(finding.failing),
                    ]
                }),
        ]
    }

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
            "satisfied": .int(finding.satisfied), "total": .int(finding.total), "failing": RoadmapJSON.value(finding.failing),
            "reasons": texts(finding.reasons), "class": optional(finding.evidenceClass?.rawValue), "records": records(finding.basis),
        ]
    }

    private static func records(_ basis: EvidenceBasis) -> JSONValue {
        .array(
            basis.counts.map { count in
                ["kind": .string(count.kind), "class": .string(count.evidenceClass.rawValue), "count": .int(count.records)]
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
            .optional("trend", .object(trend), "What has changed since an earlier assessment; null when nobody asked."),
            .required(
                "atRisk", .array(.object(notice), atLeast: 0), "Criteria without newer evidence, for which the stage is held for a time."),
            .required("waivers", .array(.object(waiver), atLeast: 0), "Criteria that need not be met for a time; no pass."),
            .required("teams", .array(.object(team), atLeast: 0), "Each team by itself, the worst first."),
            .required("dimensions", .array(.object(dimension), atLeast: 0), "One score for each dimension, in the order of the rubric."),
            .required("stages", .array(.object(stage), atLeast: 0), "What each stage above 1 came to."),
            .required("symptoms", .array(.object(symptom), atLeast: 0), "Deficits of stage 2, reported beside the stage."),
            .required("criteria", .array(.object(criterion), atLeast: 0), "Every finding, in the order of the rubric."),
            .required("roadmap", .array(.object(RoadmapJSON.step), atLeast: 0), "Steps to the next two stages, in order."),
            .required("notes", .texts, "What a reader should know to judge the result."),
        ])

    /// Which rubric.
    static let rubric = ObjectShape(
        "RubricIdentity", "Which rubric, exactly.",
        [
            .required("id", .freeText, "Its id."), .required("version", .text, "Semantic version."),
            .required("digest", .digest, "Digest of the file; of an overlay, of what it extends and the file together."),
            .optional(
                "base", .object(RubricDiffJSON.identity), "What it was made from by changing it; null for a rubric that stands alone."),
            .required("changes", .array(.object(RubricDiffJSON.change), atLeast: 0), "What was changed about it."),
        ])

    /// Which evidence.
    static let ledger = ObjectShape(
        "LedgerHead", "State of the ledger.",
        [
            .required("size", .integer(0...Int(Int64.max)), "Number of entries."),
            .required("root", .digest, "Merkle root over all entries."),
        ])

    private static let trend = ObjectShape(
        "AssessmentTrend", "What has changed since an earlier assessment, by cause.",
        [
            .required("since", .timestamp, "What the earlier one was as of."),
            .required("ledgerSize", .count, "Entries that it read."), .required("stage", .integer(1...5), "The stage that it found."),
            .required("rubric", .object(trendStep), "The same evidence by the rubric of today."),
            .required("evidence", .object(trendStep), "The same evidence, grown old."),
            .required("practice", .object(trendStep), "What has been done since."),
        ])

    private static let trendStep = ObjectShape(
        "TrendStep", "What one cause changed.",
        [
            .required("stage", .integer(1...5), "The stage with this change."),
            .required("gain", .number(-100...100), "Change of the sum of the dimension scores."),
            .required("gained", .texts, "Criteria that became full."), .required("lost", .texts, "Criteria that are not full any more."),
        ])

    private static let notice = ObjectShape(
        "StageNotice", "A criterion that was met and has no newer evidence.",
        [
            .required("criterion", .text, "The criterion."), .required("stage", .integer(1...5), "The stage that is at risk."),
            .required("since", .timestamp, "First day on which it was not met any more."),
            .required("until", .timestamp, "Day on which the stage is lost."),
        ])

    private static let waiver = ObjectShape(
        "Waiver", "A criterion that need not be met for a time.",
        [
            .required("id", .text, "The waiver."), .required("criterion", .text, "The criterion."),
            .required("approver", .text, "Who approved it."), .optional("reason", .freeText, "Why."),
            .optional("expiresAt", .timestamp, "When it ends; null for one without an end."),
        ])

    private static let team = ObjectShape(
        "TeamResult", "Where one team stands by itself, and how much hangs on it.",
        [
            .optional("team", .text, "Its name; null for agents that no team runs."),
            .required("agents", .count, "Agents that are live or were called."),
            .required("calls", .count, "Calls in production over the last 90 days."),
            .required("share", .share, "Its part of all these calls."),
            .required("exposure", .share, "Its part of these calls, weighed by risk tier: low 1, medium 2, high or unknown 3."),
            .optional("tier", .oneOf(Agent.RiskTier.allCases.map(\.rawValue)), "The highest among its agents; null when none has one."),
            .required("stage", .integer(1...5), "From its own evidence where it says enough, else from the organization's."),
            .required("binding", .bool, "Whether the organization can stand at most one stage above it."),
            .required("gaps", .array(.object(gap), atLeast: 0), "Criteria that keep it from the next stage."),
        ])

    private static let gap = ObjectShape(
        "TeamGap", "A criterion that a team does not meet.",
        [
            .required("id", .text, "The criterion."), .required("key", .bool, "Whether the stage needs it to be full."),
            .required("band", .oneOf(Band.allCases.map(\.rawValue)), "How well it is met."),
            .required("credit", .share, "After all caps."), .required("satisfied", .count, "Units that satisfy it."),
            .required("total", .count, "All units."),
            .required("failing", .array(.object(entity), atLeast: 0), "Entities that fall short."),
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

    /// Who falls short.
    static let entity = ObjectShape(
        "FailingEntity", "An entity that falls short.",
        [
            .required("entity", .freeText, "Its id."), .required("satisfied", .count, "Units that satisfy the criterion."),
            .required("total", .count, "All its units."),
        ])
}
