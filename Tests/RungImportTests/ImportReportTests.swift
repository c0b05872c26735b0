import RungText
import Testing

@testable import RungImport

@Suite struct ImportReportTests {
    private let report = ImportReport(
        importer: "tau-bench", file: "runs.json", suite: "s", agents: ["a"], cases: 2, trials: 8, toolCalls: 5, reusedIDs: 1,
        findings: [ImportFinding(key: "info.source", reason: "not carried over", count: 8, line: 3)])

    @Test func `the report for machines names every count`() {
        #expect(
            JSONText.compact(report.json)
                == #"{"formatVersion":1,"importer":"tau-bench","file":"runs.json","suite":"s","agents":["a"],"cases":2,"trials":8,"#
                + #""toolCalls":5,"reusedIds":1,"findings":[{"key":"info.source","reason":"not carried over","count":8,"line":3}]}"#)
    }

    @Test func `the report for people has one line for each finding`() {
        #expect(
            report.text == """
                2 cases, 8 trials, 5 tool calls, 1 trial with reused call ids
                runs.json:3: info.source: not carried over (8 times)
                """)
    }

    @Test func `findings of one key and reason are counted, with the line of the first`() {
        var findings = ImportFindings()
        findings.note("b", "odd", at: SourcePosition(line: 4, column: 1))
        findings.note("a", "odd", at: SourcePosition(line: 5, column: 1))
        findings.note("b", "odd", at: SourcePosition(line: 6, column: 1))
        findings.note("b", "even", at: SourcePosition(line: 7, column: 1))
        #expect(findings.all.map { "\($0.key) \($0.reason) \($0.count) \($0.line)" } == ["a odd 1 5", "b even 1 7", "b odd 2 4"])
    }
}
