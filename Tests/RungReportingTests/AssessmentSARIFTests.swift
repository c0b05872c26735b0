import RungCore
import RungText
import Testing

@testable import RungReporting

@Suite struct AssessmentSARIFTests {
    /// The rules of SARIF 2.1.0 that concern what is written here: members, their kinds, and the words that are allowed.
    private static let shape: ObjectShape = {
        let message = ObjectShape("message", "", [.required("text", .text, "")])
        let level = Shape.oneOf(["none", "note", "warning", "error"])
        let rule = ObjectShape(
            "reportingDescriptor", "",
            [
                .required("id", .text, ""), .required("name", .text, ""), .required("shortDescription", .object(message), ""),
                .required("fullDescription", .object(message), ""), .required("help", .object(message), ""),
                .required("defaultConfiguration", .object(ObjectShape("configuration", "", [.required("level", level, "")])), ""),
                .required("properties", .object(ObjectShape("tags", "", [.required("tags", .texts, "")])), ""),
            ])
        let physical = ObjectShape(
            "physicalLocation", "",
            [
                .required("artifactLocation", .object(ObjectShape("artifact", "", [.required("uri", .text, "")])), ""),
                .required("region", .object(ObjectShape("region", "", [.required("startLine", .integer(1...1), "")])), ""),
            ])
        let logical = ObjectShape("logical", "", [.required("name", .text, ""), .required("fullyQualifiedName", .text, "")])
        let location = ObjectShape(
            "location", "",
            [
                .required("physicalLocation", .object(physical), ""),
                .required("logicalLocations", .array(.object(logical), atLeast: 1), ""),
            ])
        let result = ObjectShape(
            "result", "",
            [
                .required("ruleId", .text, ""), .required("ruleIndex", .count, ""),
                .required("kind", .oneOf(["notApplicable", "pass", "fail", "review", "open", "informational"]), ""),
                .required("level", level, ""), .required("message", .object(message), ""),
                .required("locations", .array(.object(location), atLeast: 1), ""),
                .required("partialFingerprints", .map(.text), ""),
            ])
        let driver = ObjectShape(
            "toolComponent", "",
            [
                .required("name", .text, ""), .required("semanticVersion", .text, ""),
                .required("rules", .array(.object(rule), atLeast: 0), ""),
            ])
        let notification = ObjectShape("notification", "", [.required("level", level, ""), .required("message", .object(message), "")])
        let invocation = ObjectShape(
            "invocation", "",
            [
                .required("executionSuccessful", .bool, ""),
                .optional("toolExecutionNotifications", .array(.object(notification), atLeast: 1), ""),
            ])
        let run = ObjectShape(
            "run", "",
            [
                .required("tool", .object(ObjectShape("tool", "", [.required("driver", .object(driver), "")])), ""),
                .required("automationDetails", .object(ObjectShape("details", "", [.required("id", .text, "")])), ""),
                .required("columnKind", .oneOf(["utf16CodeUnits", "unicodeCodePoints"]), ""),
                .required("invocations", .array(.object(invocation), atLeast: 1), ""),
                .required("results", .array(.object(result), atLeast: 0), ""), .required("properties", .map(.any), ""),
            ])
        return ObjectShape(
            "sarifLog", "",
            [
                .required("$schema", .text, ""), .required("version", .oneOf(["2.1.0"]), ""),
                .required("runs", .array(.object(run), atLeast: 1), ""),
            ])
    }()

    private func text(_ assessment: Assessment) -> String {
        AssessmentSARIF.render(assessment, rubric: RoadmapFixture.rubric, version: "1.2.3")
    }

    private func problems(_ text: String) throws -> [String] {
        var diagnostics = Diagnostics()
        Shape.object(Self.shape).check(try JSONReader.read(text), file: "a.sarif", into: &diagnostics)
        return diagnostics.all.map(\.text)
    }

    /// Text values of a key, in the order of the document.
    private func values(_ key: String, _ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].hasSuffix("\"\(key)\"") else { return nil }
            return String(parts[1].trimmingPrefix(" ").replacing("\"", with: "").replacing(",", with: ""))
        }
    }

    @Test func `each entity that falls short is a result, and what is unknown is one too`() throws {
        let text = text(AssessmentFixture.assessment)
        #expect(try problems(text) == [])
        #expect(values("ruleId", text) == ["REG-301", "REG-301", "GOV-302", "VAL-301"])
        #expect(values("kind", text) == ["fail", "fail", "open", "fail"])
        #expect(values("fullyQualifiedName", text) == ["REG-301/faq", "REG-301/router", "GOV-302", "VAL-301"])
        // Four rules first, each with its own level.
        #expect(values("level", text) == ["error", "error", "warning", "warning", "error", "error", "none", "warning"])
        #expect(text.contains("\"text\": \"router falls short of \\\"One complete registry\\\" (1 of 3)\""))
        #expect(text.contains("\"text\": \"insufficient: 2 reviews; at least 5 are needed\""))
    }

    @Test func `entities of a criterion that is full are notes, and what does not apply says so`() throws {
        var assessment = AssessmentFixture.assessment
        assessment.findings = [assessment.findings[1], assessment.findings[2], assessment.findings[0]]
        assessment.findings[0].band = .full
        assessment.findings[1].band = .notApplicable
        let text = text(assessment)
        #expect(try problems(text) == [])
        #expect(values("kind", text) == ["fail", "fail", "notApplicable"])
        #expect(values("level", text).suffix(3) == ["note", "note", "none"])
    }

    @Test func `a fingerprint is that of criterion and entity, whatever else changes`() throws {
        let before = values("criterionEntity/v1", text(AssessmentFixture.assessment))
        #expect(Set(before).count == 4)
        var later = AssessmentFixture.assessment
        later.findings.reverse()
        later.findings[2].failing.reverse()
        later.findings[2].failing[0].satisfied = 2
        later.asOf = later.asOf.adding(days: 90)
        #expect(Set(values("criterionEntity/v1", text(later))) == Set(before))
        later.findings[2].failing[0].entity = "another"
        #expect(Set(values("criterionEntity/v1", text(later))).subtracting(before).count == 1)
    }

    @Test func `a void assessment is an execution that failed`() throws {
        let text = text(AssessmentFixture.void)
        #expect(try problems(text) == [])
        #expect(text.contains("\"executionSuccessful\": false"))
        #expect(text.contains("\"text\": \"the ledger does not verify at entry 17\""))
    }
}
