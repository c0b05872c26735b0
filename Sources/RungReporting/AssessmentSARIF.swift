public import RungCore
import RungCrypto
import RungText

/// An assessment as SARIF 2.1.0 for code-scanning views: one result for each entity that falls short.
///
/// Criteria are rules. A result of a key criterion is an error, of another one a warning; where the criterion is full all the same
/// it is a note. What is unknown or could not be measured is a result of kind `open`, what does not apply one of kind
/// `notApplicable`: neither is lost. The fingerprint is that of criterion and entity, so that the same shortfall is the same alert
/// in every assessment. Entities are no files, so that all results lie in `rung.yaml`, with the entity as a logical location.
public enum AssessmentSARIF {
    private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"

    /// The whole document; ends with a line break.
    ///
    /// - Parameter version: of the program.
    public static func render(_ assessment: Assessment, rubric: Rubric, version: String) -> String {
        let criteria = Dictionary(rubric.criteria.map { ($0.id, $0) }) { first, _ in first }
        let rules = assessment.findings.map { rule($0, criteria[$0.criterion]) }
        let found = assessment.findings.enumerated().flatMap { results(of: $1, rule: $0) }
        var invocation: [(key: String, value: JSONValue)] = [("executionSuccessful", .bool(assessment.stage != nil))]
        if let reason = assessment.voidReason {
            invocation.append(
                ("toolExecutionNotifications", [["level": "error", "message": ["text": .string(PrintableText.line(reason))]]]))
        }
        let run: JSONValue = [
            "tool": [
                "driver": [
                    "name": "rung", "semanticVersion": .string(version), "rules": .array(rules),
                ]
            ],
            "automationDetails": ["id": "rung/assessment/"], "columnKind": "unicodeCodePoints",
            "invocations": [object(invocation)], "results": .array(found), "properties": properties(assessment),
        ]
        return JSONText.pretty(["$schema": .string(schema), "version": "2.1.0", "runs": [run]]) + "\n"
    }

    private static func properties(_ assessment: Assessment) -> JSONValue {
        [
            "asOf": .string(assessment.asOf.description), "stage": assessment.stage.map { .int($0) } ?? .null,
            "provisional": .bool(assessment.isProvisional), "rubricVersion": .string(assessment.rubricVersion),
            "rubricDigest": .string(assessment.rubricDigest.description), "ledgerSize": .int(assessment.ledger.size),
            "ledgerRoot": .string(assessment.ledger.root.description),
            "rubricChanges": .array(RubricWords.sorted(assessment.rubricChanges).map { .string(RubricWords.line($0)) }),
        ]
    }

    private static func rule(_ finding: Finding, _ criterion: Criterion?) -> JSONValue {
        let title = PrintableText.line(finding.title)
        let todo = criterion.map { PrintableText.line($0.remediation.text) } ?? title
        return [
            "id": .string(finding.criterion.rawValue), "name": .string(title), "shortDescription": ["text": .string(title)],
            "fullDescription": ["text": .string(criterion.map { PrintableText.line($0.question) } ?? title)],
            "help": ["text": .string(todo)], "defaultConfiguration": ["level": .string(finding.isKey ? "error" : "warning")],
            "properties": ["tags": [.string("stage-\(finding.stage)"), .string(finding.dimension)]],
        ]
    }

    private static func results(of finding: Finding, rule: Int) -> [JSONValue] {
        let (kind, level) = grade(finding)
        // Without entities the criterion itself is what falls short.
        guard !finding.failing.isEmpty, kind == "fail" else {
            guard finding.band != .full else { return [] }
            let reason = finding.reasons.first.map(PrintableText.line) ?? "no reason is known"
            return [result(finding, rule, kind, level, entity: nil, "\(finding.band.rawValue): \(reason)")]
        }
        return finding.failing.map { entity in
            let name = PrintableText.bounded(PrintableText.name(entity.entity), bytes: 200)
            let count = entity.total > 1 ? " (\(entity.satisfied) of \(entity.total))" : ""
            return result(
                finding, rule, kind, level, entity: entity.entity, "\(name) falls short of \"\(PrintableText.line(finding.title))\"\(count)"
            )
        }
    }

    private static func grade(_ finding: Finding) -> (kind: String, level: String) {
        switch finding.band {
        case .full: ("fail", "note")
        case .partial, .none: ("fail", finding.isKey ? "error" : "warning")
        case .insufficient, .error: ("open", "none")
        case .notApplicable: ("notApplicable", "none")
        }
    }

    private static func result(
        _ finding: Finding, _ rule: Int, _ kind: String, _ level: String, entity: String?, _ message: String
    ) -> JSONValue {
        let id = finding.criterion.rawValue
        let name = entity.map { PrintableText.bounded(PrintableText.name($0), bytes: 200) }
        let fingerprint = SHA256Hasher.digest(of: "\(id)\n\(entity ?? "")").description
        return [
            "ruleId": .string(id), "ruleIndex": .int(rule), "kind": .string(kind), "level": .string(level),
            "message": ["text": .string(message)],
            "locations": [
                [
                    "physicalLocation": ["artifactLocation": ["uri": "rung.yaml"], "region": ["startLine": .int(1)]],
                    "logicalLocations": [["name": .string(name ?? id), "fullyQualifiedName": .string(name.map { "\(id)/\($0)" } ?? id)]],
                ]
            ],
            "partialFingerprints": ["criterionEntity/v1": .string(fingerprint)],
        ]
    }

    private static func object(_ members: [(key: String, value: JSONValue)]) -> JSONValue {
        .object(members.map { JSONValue.Member($0.key, $0.value) })
    }
}
