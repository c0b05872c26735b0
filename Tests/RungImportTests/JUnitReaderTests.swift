import RungText
import Testing

@testable import RungImport

@Suite struct JUnitReaderTests {
    private static func read(_ text: String) throws -> JUnitReport { try JUnitReader.read(Array(text.utf8), name: "r.xml") }

    @Test(arguments: [
        ("", JUnitOutcome.passed), ("<failure/>", .failed), ("<error/>", .errored), ("<skipped/>", .skipped),
        ("<skipped/><failure/>", .failed), ("<failure/><error/><skipped/>", .errored), ("<failure/><failure/>", .failed),
        ("<flakyFailure/>", .passed), ("<flakyError/>", .passed), ("<failure/><rerunFailure/>", .failed),
        ("<system-out>error failure</system-out>", .passed), ("<properties><property name='failure'/></properties>", .passed),
        ("<x:failure xmlns:x='urn:x'/>", .failed), ("<other><failure/></other>", .passed),
    ])
    func `the worst direct child of a case is its outcome`(_ children: String, _ outcome: JUnitOutcome) throws {
        let report = try Self.read("<testsuite><testcase name='a'>\(children)</testcase></testsuite>")
        var expected = JUnitCounts()
        expected.add(outcome)
        #expect(report.counts == expected)
    }

    @Test(arguments: [
        ("disabled", JUnitOutcome.skipped), ("notrun", .skipped), ("NotRun", .skipped), ("run", .passed), ("failed", .passed),
        ("", .passed),
    ])
    func `a case that its status calls disabled or not run is skipped`(_ status: String, _ outcome: JUnitOutcome) throws {
        let report = try Self.read("<testsuites><testsuite><testcase status='\(status)'/></testsuite></testsuites>")
        var expected = JUnitCounts()
        expected.add(outcome)
        #expect(report.counts == expected)
        #expect(report.findings.isEmpty == (status != "failed"))
    }

    @Test func `suites nest, and every case counts once`() throws {
        let report = try Self.read(
            """
            <testsuites xmlns="urn:any" tests="4"><testsuite name="outer" tests="1"><testcase/>
            <testsuite tests="3"><testcase/><testsuite><testcase><failure/></testcase><testcase/></testsuite></testsuite>
            </testsuite><testsuite/></testsuites>
            """)
        #expect(report.counts.cases == 4 && report.counts.passed == 3 && report.counts.failed == 1)
        #expect(report.name == "outer")
        #expect(report.findings.isEmpty)
    }

    @Test func `a claim that the cases contradict is a finding at the line of its suite`() throws {
        let report = try Self.read("<testsuites>\n<testsuite tests='9' failures='1' skipped='0'><testcase/></testsuite></testsuites>")
        #expect(report.counts.cases == 1 && report.counts.passed == 1)
        #expect(
            report.findings == [
                ImportFinding(key: "testsuite/@failures", reason: "claims 1, the cases say 0; the cases count", count: 1, line: 2),
                ImportFinding(key: "testsuite/@tests", reason: "claims 9, the cases say 1; the cases count", count: 1, line: 2),
            ])
    }

    @Test func `flaky attempts, reruns and several outcomes are findings`() throws {
        let report = try Self.read(
            """
            <testsuite><testcase><flakyFailure/></testcase><testcase><failure/><rerunFailure/></testcase>
            <testcase><failure/><error/></testcase><testcase><flakyError/></testcase></testsuite>
            """)
        #expect(report.findings.map(\.key) == ["flakyFailure", "rerunFailure", "flakyError", "testcase"])
        #expect(report.counts.passed == 2 && report.counts.failed == 1 && report.counts.errored == 1)
    }

    @Test func `a suite that broke outside of its cases has not passed`() throws {
        let report = try Self.read("<testsuite><testcase/><error message='set-up'/></testsuite>")
        #expect(report.counts.cases == 1 && report.counts.passed == 1 && report.suiteProblems == 1)
        #expect(!report.isPassed)
        #expect(report.findings.map(\.key) == ["testsuite/error"])
    }

    @Test func `a run has passed when something passed and nothing failed or errored`() throws {
        #expect(try Self.read("<testsuite><testcase/><testcase><skipped/></testcase></testsuite>").isPassed)
        #expect(try !Self.read("<testsuite/>").isPassed)
        #expect(try !Self.read("<testsuite><testcase><skipped/></testcase></testsuite>").isPassed)
        #expect(try !Self.read("<testsuite><testcase/><testcase><failure/></testcase></testsuite>").isPassed)
    }

    @Test func `findings are bounded, whatever a file claims`() throws {
        let suites = (1...500).map { "<testsuite tests='\($0 + 1)'><testcase/></testsuite>" }.joined(separator: "\n")
        let report = try Self.read("<testsuites>\(suites)</testsuites>")
        #expect(report.counts.cases == 500)
        #expect(report.findings.count == JUnitFindings.limit + 1)
        #expect(report.findings.map(\.count).reduce(0, +) == 500)
    }

    @Test(arguments: [
        ("<testsuite>\n<testcase>\n</testsuite>", 3), ("<html/>", 1), ("", 1), ("<testsuite><testcase a='<'/></testsuite>", 1),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><testsuite/>", 1), ("<testsuite>&a;</testsuite>", 1), ("<testsuite/><testsuite/>", 1),
    ])
    func `what is no well-formed JUnit report is refused at its line`(_ text: String, _ line: Int) throws {
        let error = #expect(throws: InvalidInput.self) { try Self.read(text) }
        #expect(error?.diagnostics.map { $0.position.map { Int($0.line) } } == [line])
    }

    @Test func `elements nested without end are refused`() throws {
        let text = String(repeating: "<testsuite>", count: 100_000)
        let error = #expect(throws: InvalidInput.self) { try Self.read(text) }
        #expect(error?.description.contains("refused: nested deeper than 256 levels") == true)
    }

    @Test func `a file that is not there is refused by name`() {
        let error = #expect(throws: InvalidInput.self) { try JUnitReader.read("/nowhere/r.xml") }
        #expect(error?.description.hasPrefix("/nowhere/r.xml: error: cannot be read: ") == true)
    }

    @Test func `reports add up for machines`() throws {
        var report = try Self.read("<testsuite tests='2'><testcase/></testsuite>")
        report.file = "a.xml"
        let json = JUnitReport.json(of: [report, report])
        #expect(json.members?.map(\.key) == ["cases", "passed", "failed", "errored", "skipped", "findings"])
        #expect(
            JSONText.compact(json).hasPrefix(
                #"{"cases":2,"passed":2,"failed":0,"errored":0,"skipped":0,"findings":[{"file":"a.xml","key":"testsuite/@tests""#))
        #expect(report.text.hasPrefix("a.xml: 1 case: 1 passed, 0 failed, 0 errored, 0 skipped\na.xml:1: note: testsuite/@tests: "))
    }
}
