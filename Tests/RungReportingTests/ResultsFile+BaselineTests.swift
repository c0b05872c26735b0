import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

@Suite struct ResultsFileBaselineTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func baseline(of text: String) throws -> Baseline {
        try folder.write(text, to: "r.json")
        return try ResultsFile.baseline(path: folder.file("r.json"))
    }

    private func key(_ id: CaseID, suite: SuiteID = "refunds", agent: AgentID = "faq") -> CaseKey {
        CaseKey(suite: suite, id: id, agent: agent)
    }

    @Test func `what the reporter wrote is read back case by case`() throws {
        let path = folder.file("r.json")
        try JSONReporter(path: path).handle(RunFixture.events())
        let baseline = try ResultsFile.baseline(path: path)
        #expect(baseline.name == path)
        #expect(
            baseline.verdicts == [
                key("asks-politely"): .passed, key("names-the-limit"): .failed, key("never-answers"): .errored,
                key("nobody-judges"): .unscored, key("waits-for-data"): .skipped, key("flaky-lookup"): .quarantined,
            ])
    }

    @Test func `the best verdict of several prompt versions stands, in any order`() throws {
        let text = """
            {"formatVersion": 1, "cases": [
              {"id": "a", "suite": "s", "agent": "x", "verdict": "failed"}, {"id": "a", "suite": "s", "agent": "x", "verdict": "passed"},
              {"id": "b", "suite": "s", "agent": "x", "verdict": "passed"}, {"id": "b", "suite": "s", "agent": "x", "verdict": "errored"}
            ]}
            """
        #expect(try baseline(of: text).verdicts == [key("a", suite: "s", agent: "x"): .passed, key("b", suite: "s", agent: "x"): .passed])
    }

    @Test(arguments: [
        #"{"cases":[{"id":"a","agent":"x","verdict":"passed"}],"run":{"suite":"s"},"formatVersion":1}"#,
        #"{"formatVersion":1,"run":{"suite":"s"},"cases":[{"id":"a","agent":"x","verdict":"passed"}]}"#,
    ])
    func `a case without a suite belongs to the suite of the run, wherever that stands`(text: String) throws {
        #expect(try baseline(of: text).verdicts == [key("a", suite: "s", agent: "x"): .passed])
    }

    @Test func `a run without cases is an empty baseline`() throws {
        #expect(try baseline(of: #"{"formatVersion":1,"run":{"suite":"s"},"cases":[]}"#).verdicts == [:])
    }

    @Test(arguments: [
        (
            "{\"formatVersion\":2}",
            "1:18: error: results file of format version 2; this version of rung reads 1\n  run the baseline again with this version of rung"
        ),
        ("{\"formatVersion\":\"1\"}", "1:18: error: not a results file: \"formatVersion\" is a string, not a whole number\n  WAY"),
        ("{\"a\":1}", "1:1: error: not a results file: it has no \"formatVersion\"\n  WAY"),
        ("{\"formatVersion\":1}", "1:1: error: not a results file: it has neither \"run\" nor \"cases\"\n  WAY"),
        ("{\"formatVersion\":1,\"cases\":{}}", "1:28: error: not a results file: \"cases\" is a object, not a list\n  WAY"),
        ("{\"formatVersion\":1,\"cases\":[\n7]}", "2:1: error: not a results file: a case is a number, not an object\n  WAY"),
        ("{\"formatVersion\":1,\"cases\":[\n{\"id\":1}]}", "2:7: error: not a results file: \"id\" of a case is a number, not text\n  WAY"),
        ("{\"formatVersion\":1,\"cases\":[\n{\"id\":\"a\"}]}", "2:1: error: not a results file: a case has no \"agent\"\n  WAY"),
        (
            "{\"formatVersion\":1,\"cases\":[\n{\"id\":\"a\",\"agent\":\"x\",\"verdict\":\"pased\"}]}",
            "2:33: error: unknown verdict \"pased\"\n  did you mean \"passed\"?"
        ),
        (
            "{\"formatVersion\":1,\"cases\":[\n{\"id\":\"a\",\"agent\":\"x\",\"verdict\":\"passed\"}]}",
            "2:1: error: not a results file: the case has no \"suite\"\n  WAY"
        ),
        ("{\"formatVersion\":1,\"cases\":[", "1:29: error: not valid JSON: expected a value, found the end of the text"),
        ("[]", "1:1: error: the document must be an object, found array"),
    ])
    func `other files are refused with position and way out`(text: String, expected: String) throws {
        let error = #expect(throws: InvalidInput.self) { try baseline(of: text) }
        let wayOut = "give a file that `rung test --json PATH` wrote, or the id of a run"
        #expect(error?.description == "\(folder.file("r.json")):\(expected.replacing("WAY", with: wayOut))\n1 problem")
    }

    @Test func `a file that is not there is named`() {
        let error = #expect(throws: InvalidInput.self) { try ResultsFile.baseline(path: "/no/such.json") }
        #expect(error?.diagnostics.first?.text == "/no/such.json: error: cannot be read: No such file or directory")
    }
}
