import Foundation
import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

@Suite struct JSONReporterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func written(_ events: [RunEvent]) throws -> String {
        try JSONReporter(path: folder.file("r.json")).handle(events)
        return try folder.text("r.json")
    }

    private func problems(_ text: String) throws -> [String] {
        var diagnostics = Diagnostics()
        Shape.object(ResultsFile.shape).check(try JSONReader.read(text), file: "r.json", into: &diagnostics)
        return diagnostics.all.map(\.text)
    }

    @Test func `a small run is written to the letter, one case a line`() throws {
        let results = Array(RunFixture.everyVerdict[1...2])
        func digest(_ text: String) -> String { RunFixture.digest(text).description }
        #expect(
            try written(RunFixture.events(RunFixture.header(), results)) == """
                {"formatVersion":1,
                "run":{"id":"run-1","suite":"refunds","digest":"\(digest("suite refunds"))","seed":42,"status":"complete","cases":2,"trials":2,"verdicts":{"passed":0,"failed":1,"errored":1,"unscored":0,"skipped":0,"quarantined":0},"counted":2,"denominator":"every case counts, also errored, unscored and skipped ones; quarantined cases do not","passRate":{"estimate":0.2,"low":0.0362,"high":0.6245,"method":"wilson","n":5},"passAtK":[0.2],"passHatK":[0.2],"usage":{"inputTokens":200,"outputTokens":40,"cost":0.002},"unstable":0,"retries":1,"erroredTrials":1,"plannedCases":6,"plannedTrials":5,"resumedTrials":0,"planDigest":"\(digest("plan"))","startedAt":"2026-09-21T14:13:20Z","finishedAt":"2026-09-21T14:13:22Z","durationMs":1234.568,"filter":null,"baseline":null},
                "gate":{"decision":"fail","reasons":["pass rate 20.0 % is below the minimum of 80.0 %","1 case fails newly"],"newlyFailing":[{"suite":"refunds","id":"names-the-limit","agent":"faq"}],"newlyPassing":[]},
                "cases":[
                {"id":"names-the-limit","suite":"refunds","agent":"faq","promptVersion":"\(digest("p1"))","configuration":"\(digest("c1"))","verdict":"failed","critical":false,"digest":"\(digest("case names-the-limit"))","file":"scenarios/refunds.jsonl","line":2,"trials":[{"index":0,"verdict":"failed","grades":[{"name":"contains","kind":"contains","version":"1","role":"verdict","verdict":"failed","reason":"the answer lacks \\"30 days\\"","expected":"30 days","actual":"two weeks\\nor so","diff":"- 30 days\\n+ two weeks"}],"usage":{"inputTokens":100,"outputTokens":20,"cost":0.001},"latencyMs":250,"error":null,"seed":"18446744073709551615","transcriptDigest":"\(digest("t"))","retried":[],"resumed":false}]},
                {"id":"never-answers","suite":"refunds","agent":"faq","promptVersion":"\(digest("p1"))","configuration":"\(digest("c1"))","verdict":"errored","critical":false,"digest":"\(digest("case never-answers"))","file":"scenarios/refunds.jsonl","line":3,"trials":[{"index":0,"verdict":"errored","grades":[],"usage":{"inputTokens":100,"outputTokens":20,"cost":0.001},"latencyMs":null,"error":{"kind":"timed-out","reason":"no result after 30 s"},"seed":"18446744073709551615","transcriptDigest":null,"retried":[{"kind":"crashed","reason":"exit status 3"}],"resumed":false}]}
                ]}

                """)
    }

    @Test func `a shard says which part it is`() throws {
        var header = RunFixture.header()
        header.shard = try RunShard(slice: #require(ShardSlice(index: 3, of: 16)), runKey: "github:7", planCases: 90, planTrials: 90)
        let text = try written(RunFixture.events(header))
        #expect(text.contains(#""shard":{"index":3,"count":16,"runKey":"github:7"}"#))
        #expect(try problems(text) == [])
    }

    @Test func `every verdict, several suites and all optional members pass the shape`() throws {
        #expect(try problems(written(RunFixture.events())) == [])
        var header = RunFixture.header([
            RunFixture.suite(), RunFixture.suite("routing", subjects: [RunFixture.subject("router", prompt: nil)]),
        ])
        header.filter = "refunds/*"
        header.baseline = "run-0"
        var full = RunFixture.result(
            "full", .passed, [RunFixture.trial(.passed)], suite: "routing", subject: RunFixture.subject("router", prompt: nil))
        full.title = "A title"
        full.slices = ["topic": "refunds", "area": "x"]
        full.intent = "ask"
        full.isCritical = true
        let values: [Judgement.Value] = [.score(0.5), .label("good"), .abstained, .broken, .holds(true)]
        full.trials[0].grades = values.enumerated().map { index, value in
            Grade(name: "g\(index)", kind: "k", version: "1", role: .report, judgement: Judgement(value, ""))
        }
        let text = try written(RunFixture.events(header, RunFixture.everyVerdict + [full], status: .incomplete("cancelled")))
        #expect(try problems(text) == [])
        let root = try JSONReader.read(text).json
        #expect(root["run"]?["suite"] == "refunds+routing")
        #expect(root["run"]?["digest"] == .string(RunFixture.digest("plan").description))
        #expect(root["run"]?["status"] == "incomplete")
        #expect(root["run"]?["statusReason"] == "cancelled")
        #expect(root["suites"]?.arrayValue?.map { $0["cases"] } == [6, 1])
        #expect(root["suites"]?.arrayValue?[1]["verdicts"]?["passed"] == 1)
        let grades = root["cases"]?.arrayValue?.last?["trials"]?.arrayValue?.first?["grades"]?.arrayValue ?? []
        #expect(grades.map { $0["value"] } == [.double(0.5), "good", nil, nil, nil])
        #expect(grades.map { $0["verdict"] } == [.null, .null, .null, "errored", "passed"])
        #expect(root["cases"]?.arrayValue?.last?["slices"] == ["area": "x", "topic": "refunds"])
    }

    @Test func `the shape refuses what is not the contract`() throws {
        let text = try written(RunFixture.events()).replacing("\"critical\":false", with: "\"critical\":0")
        #expect(
            try problems(text).map { $0.drop { $0 != " " } }
                == Array(repeating: " error: \"critical\" must be true or false, found number 0", count: 6))
    }

    @Test func `a run without cases is a complete file`() throws {
        let header = RunFixture.header(cases: 0, trials: 0)
        var summary = RunFixture.summary(header, [], gate: GateDecision(.inconclusive, ["nothing was run"]))
        summary.total.passRate = nil
        let text = try written([.started(header), .finished(summary)])
        #expect(try problems(text) == [])
        #expect(text.hasSuffix("\"cases\":[\n]}\n"))
        #expect(text.contains("\"passRate\":null"))
    }

    @Test func `nothing appears before the run has ended, and nothing stays without an end`() throws {
        do {
            let reporter = JSONReporter(path: folder.file("r.json"))
            try reporter.handle(Array(RunFixture.events().dropLast()))
            #expect(folder.names == [])
        }
        #expect(folder.names == [])
    }

    @Test func `a path that cannot be written is reported once, and later events are ignored`() throws {
        let reporter = JSONReporter(path: folder.file("no/r.json"))
        #expect(throws: ReportFailure(path: folder.file("no/r.json"), reason: "No such file or directory")) {
            try reporter.handle(RunFixture.events())
        }
        try reporter.handle(RunFixture.events().dropFirst().map(\.self))
        #expect(folder.names == [])
        #expect(!reporter.isEssential)
        #expect(reporter.name == "json report")
    }

    @Test func `cassettes, replayed tokens and drift fit the shape`() throws {
        var events = RunFixture.driftedRun
        guard case .finished(var summary)? = events.popLast() else { return }
        summary.total.usage.replayedTokens = 240
        let text = try written(events + [.finished(summary)])
        #expect(try problems(text) == [])
        #expect(
            text.contains(
                #""cassettes":{"count":2,"oldestAt":"2025-08-17T14:13:20Z","stale":1,"otherPrompt":1}"#))
        #expect(text.contains(#""replayedTokens":240"#))
    }
}
