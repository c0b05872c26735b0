import Foundation
import RungCore
import RungCrypto
import RungXML
import Testing

@testable import RungReporting

@Suite struct AssessmentJUnitTests {
    private func text(_ assessment: Assessment, aim: Int? = nil, hostname: String = "ci-1") throws -> String {
        try AssessmentJUnit.render(assessment, rubric: RoadmapFixture.rubric, aim: aim, hostname: hostname)
    }

    /// Something of every band at stage 3, and what is not full at stage 4.
    private var everyBand: Assessment {
        var assessment = AssessmentFixture.assessment
        for (index, band) in Band.allCases.enumerated() {
            for stage in [3, 4] {
                var finding = assessment.findings[1]
                finding.criterion = CriterionID("X-\(stage)\(index)")
                finding.stage = stage
                finding.band = band
                finding.reasons = ["because of \(band.rawValue)"]
                assessment.findings.append(finding)
            }
        }
        return assessment
    }

    @Test func `each stage is a suite, and each criterion a test case of its dimension`() throws {
        func properties(_ aim: Int) -> String {
            """
                <properties>
                  <property name="rubric.version" value="1.0.0"/>
                  <property name="rubric.digest" value="\(RunFixture.digest("rubric"))"/>
                  <property name="ledger.size" value="12345"/>
                  <property name="ledger.root" value="\(RunFixture.digest("root"))"/>
                  <property name="stage.earned" value="2"/>
                  <property name="stage.aim" value="\(aim)"/>
                  <property name="confidence" value="0.0000"/>
                  <property name="provisional" value="true"/>
                </properties>
            """
        }
        #expect(
            try text(AssessmentFixture.assessment) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="stage 2, Zoo" tests="2" failures="0" errors="0" skipped="0" time="0.000" timestamp="2026-09-21T00:00:00" hostname="ci-1" package="stage-2" id="0">
                \(properties(3))
                    <testcase name="stage 2, Zoo" classname="stage-2" time="0.000"/>
                    <testcase name="OBS-201 Prompts are logged" classname="stage-2.OBS" time="0.000"/>
                    <system-out/>
                    <system-err/>
                  </testsuite>
                  <testsuite name="stage 3, Operating team" tests="4" failures="3" errors="1" skipped="0" time="0.000" timestamp="2026-09-21T00:00:00" hostname="ci-1" package="stage-3" id="1">
                \(properties(3))
                    <testcase name="stage 3, Operating team" classname="stage-3" time="0.000">
                      <failure message="not met, 1 of 3 criteria full" type="not met">key criterion REG-301 is partial
                1 of 3 applicable criteria is full; 80 % are needed</failure>
                    </testcase>
                    <testcase name="REG-301 One complete registry" classname="stage-3.REG" time="0.000">
                      <failure message="partial: 60.0 % of the units satisfy it, which is below the 95.0 % that full asks for" type="partial">60.0 % of the units satisfy it, which is below the 95.0 % that full asks for
                falls short: faq, router (1 of 3)
                class of the evidence: D
                what it asks and how it is measured: rung rubric explain REG-301</failure>
                    </testcase>
                    <testcase name="GOV-302 Reviews | are *quick*" classname="stage-3.GOV" time="0.000">
                      <error message="insufficient: 2 reviews; at least 5 are needed" type="insufficient">2 reviews; at least 5 are needed
                what it asks and how it is measured: rung rubric explain GOV-302</error>
                    </testcase>
                    <testcase name="VAL-301 Value is measured" classname="stage-3.VAL" time="0.000">
                      <failure message="none: no reason is known" type="none">what it asks and how it is measured: rung rubric explain VAL-301</failure>
                    </testcase>
                    <system-out/>
                    <system-err/>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func `what is unknown is an error, what does not apply is skipped, and beyond the aim only what is full counts`() throws {
        let text = try text(everyBand)
        func element(_ name: String) -> String? {
            guard let start = text.range(of: "<testcase name=\"\(name) "), let end = text[start.upperBound...].range(of: "\n    <") else {
                return nil
            }
            let body = text[start.upperBound..<end.lowerBound]
            return ["<failure", "<error", "<skipped"].first { body.contains($0) } ?? "passed"
        }
        let expected = ["passed", "<failure", "<failure", "<error", "<skipped", "<error"]
        #expect((0..<6).map { element("X-3\($0)") } == expected)
        #expect((0..<6).map { element("X-4\($0)") } == ["passed", "<skipped", "<skipped", "<skipped", "<skipped", "<skipped"])
        #expect(text.contains("<skipped message=\"beyond stage 3, which is aimed at; partial: because of partial\"/>"))
        #expect(text.contains("<skipped message=\"not-applicable: because of not-applicable\"/>"))
    }

    @Test func `the stage that is required is the aim`() throws {
        #expect(
            try text(everyBand, aim: 4).contains(
                "<testcase name=\"X-41 One complete registry\" classname=\"stage-4.REG\" time=\"0.000\">\n      <failure"))
        let low = try text(everyBand, aim: 2)
        #expect(!low.contains("<failure") && !low.contains("<error"))
    }

    @Test func `nothing of a void assessment is green`() throws {
        let text = try text(AssessmentFixture.void)
        #expect(text.components(separatedBy: "<error message=\"void: the ledger does not verify at entry 17\" type=\"void\">").count == 7)
        #expect(text.contains("tests=\"2\" failures=\"0\" errors=\"2\" skipped=\"0\""))
        #expect(text.contains("tests=\"4\" failures=\"0\" errors=\"4\" skipped=\"0\""))
    }

    @Test(
        .enabled(if: JUnitReporterTests.schemas != nil, "RUNG_CORPORA names no folder with the schemas"),
        arguments: ["jenkins-xunit-plugin__junit-10.xsd", "windyroad__JUnit.xsd"], ["every band", "void", "hostile", "small"])
    func `every assessment is valid under both schemas`(schema: String, which: String) throws {
        var assessment = which == "every band" ? everyBand : which == "void" ? AssessmentFixture.void : AssessmentFixture.assessment
        if which == "hostile" {
            let text = "a\u{1}<b>&\"\r\n\u{1B}[31m" + String(repeating: "x", count: 100_000)
            for index in assessment.findings.indices {
                assessment.findings[index].title = text
                assessment.findings[index].dimension = text
                assessment.findings[index].reasons = [text, text]
            }
        }
        let folder = try TemporaryFolder()
        try Data(try text(assessment, hostname: "").utf8).write(to: URL(fileURLWithPath: folder.file("a.xml")))
        let validator = try XMLSchemaValidator(schemaFile: (JUnitReporterTests.schemas ?? "") + schema)
        #expect(try validator.validate(file: folder.file("a.xml")).map(\.description) == [])
    }
}
