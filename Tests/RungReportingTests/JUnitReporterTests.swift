import Foundation
import RungCore
import RungCrypto
import RungXML
import Testing

@testable import RungReporting

@Suite struct JUnitReporterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func written(_ events: [RunEvent], hostname: String = "ci-1") throws -> String {
        try JUnitReporter(path: folder.file("junit.xml"), hostname: hostname).handle(events)
        return try folder.text("junit.xml")
    }

    @Test func `a small run is written to the letter`() throws {
        func digest(_ text: String) -> String { RunFixture.digest(text).description }
        #expect(
            try written(RunFixture.events()) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="refunds" tests="7" failures="2" errors="2" skipped="2" time="1.235" timestamp="2026-09-21T14:13:20" hostname="ci-1" package="refunds" id="0">
                    <properties>
                      <property name="run.id" value="run-1"/>
                      <property name="run.status" value="complete"/>
                      <property name="run.plan-digest" value="\(digest("plan"))"/>
                      <property name="run.seconds" value="1.235"/>
                      <property name="seed" value="42"/>
                      <property name="suite.digest" value="\(digest("suite refunds"))"/>
                      <property name="prompt-version.faq" value="\(digest("p1"))"/>
                      <property name="gate" value="fail"/>
                      <property name="verdicts" value="passed 1, failed 1, errored 1, unscored 1, skipped 1, quarantined 1"/>
                      <property name="pass-rate" value="0.200000"/>
                      <property name="pass-rate.low" value="0.036200"/>
                      <property name="pass-rate.high" value="0.624500"/>
                      <property name="pass-rate.method" value="wilson"/>
                      <property name="pass-rate.n" value="5"/>
                      <property name="pass-rate.denominator" value="every case counts, also errored, unscored and skipped ones; quarantined cases do not"/>
                      <property name="pass@k" value="0.2000"/>
                      <property name="pass^k" value="0.2000"/>
                      <property name="trials" value="5"/>
                      <property name="trials.errored" value="1"/>
                      <property name="retries" value="1"/>
                      <property name="tokens.input" value="500"/>
                      <property name="tokens.output" value="100"/>
                      <property name="cost.usd" value="0.005000"/>
                    </properties>
                    <testcase name="asks-politely" classname="refunds.faq" time="0.250"/>
                    <testcase name="names-the-limit" classname="refunds.faq" time="0.250">
                      <failure message="contains: the answer lacks &quot;30 days&quot;" type="contains">scenarios/refunds.jsonl:2: case names-the-limit failed
                contains (1): the answer lacks "30 days"
                  expected: 30 days
                  actual:
                    two weeks
                    or so
                  diff:
                    - 30 days
                    + two weeks
                prompt version \(digest("p1"))
                case digest \(digest("case names-the-limit"))</failure>
                    </testcase>
                    <testcase name="never-answers" classname="refunds.faq" time="0.000">
                      <error message="timed-out: no result after 30 s" type="timed-out">scenarios/refunds.jsonl:3: case never-answers errored
                timed-out: no result after 30 s
                trial #0 retried after crashed: exit status 3
                prompt version \(digest("p1"))
                case digest \(digest("case never-answers"))</error>
                    </testcase>
                    <testcase name="nobody-judges" classname="refunds.faq" time="0.250">
                      <error message="no grader with the role verdict reached a judgement" type="unscored">scenarios/refunds.jsonl:4: case nobody-judges is unscored
                no grader with the role verdict reached a judgement
                prompt version \(digest("p1"))
                case digest \(digest("case nobody-judges"))</error>
                    </testcase>
                    <testcase name="waits-for-data" classname="refunds.faq" time="0.000">
                      <skipped message="the ledger export is missing"/>
                    </testcase>
                    <testcase name="flaky-lookup" classname="refunds.faq" time="0.250">
                      <skipped message="quarantined: flaky since May; it failed"/>
                    </testcase>
                    <testcase name="gate" classname="refunds.gate" time="0.000">
                      <failure message="pass rate 20.0 % is below the minimum of 80.0 %" type="gate">decision: fail
                pass rate 20.0 % is below the minimum of 80.0 %
                1 case fails newly
                newly failing: refunds/names-the-limit@faq</failure>
                    </testcase>
                    <system-out/>
                    <system-err/>
                  </testsuite>
                </testsuites>

                """)
    }

    /// Two suites whose cases are mixed, with names and texts that XML cannot hold as they are.
    private var hardRun: [RunEvent] {
        let nasty = "a\u{1}b\u{1B}[31m<red>\u{1B}[0m\n\"c\" & 'd'\t\u{FFFF} 日本"
        let suites = [
            RunFixture.suite(subjects: [RunFixture.subject(prompt: "p1"), RunFixture.subject(prompt: "p2")]),
            RunFixture.suite("rou\nting", subjects: [RunFixture.subject("router", prompt: nil)]),
            RunFixture.suite("empty", subjects: [], cases: 0),
        ]
        let grade = RunFixture.holds(false, nasty, expected: nasty, actual: nasty, diff: nasty)
        let router = RunFixture.subject("router", prompt: nil)
        var results: [CaseResult] = []
        for result in RunFixture.everyVerdict {
            results.append(result)
            results.append(
                RunFixture.result(
                    CaseID("\(nasty)\(result.id)"), result.verdict, result.trials, suite: "rou\nting", subject: router, note: nasty))
            results.append(RunFixture.result(result.id, result.verdict, result.trials, subject: RunFixture.subject(prompt: "p2")))
        }
        results.append(RunFixture.result("nasty", .failed, [RunFixture.trial(.failed, grades: [grade])]))
        return RunFixture.events(
            RunFixture.header(suites, cases: 30, trials: 30), results, status: .incomplete(nasty),
            gate: GateDecision(.inconclusive, [nasty]))
    }

    static let runs = ["every verdict", "hard", "no cases", "passed", "drifted"]

    private func events(_ name: String) -> [RunEvent] {
        switch name {
        case "drifted": RunFixture.driftedRun
        case "hard": hardRun
        case "no cases":
            RunFixture.events(RunFixture.header(cases: 0, trials: 0), [], gate: GateDecision(.inconclusive, ["nothing was run"]))
        case "passed": RunFixture.events(RunFixture.header(), [RunFixture.everyVerdict[0]], gate: GateDecision(.pass, ["fine"]))
        default: RunFixture.events()
        }
    }

    @Test func `what tools answered otherwise stands in the suite's output, whatever became of the case`() throws {
        let text = try written(RunFixture.driftedRun)
        #expect(
            text.contains(
                """
                <system-out>refunds.faq.stands: tool-drift: lookup answered otherwise at /a: recorded 1, received 2
                refunds.faq.falls: tool-drift: lookup answered otherwise at /a: recorded 1, received 2</system-out>
                """))
        #expect(
            text.contains(#"<property name="cassettes" value="2"/>"#) && text.contains(#"<property name="cassettes.stale" value="1"/>"#))
    }

    static let schemas = ProcessInfo.processInfo.environment["RUNG_CORPORA"].map { $0 + "/junit-xsd/" }

    @Test(
        .enabled(if: schemas != nil, "RUNG_CORPORA names no folder with the schemas"),
        arguments: ["jenkins-xunit-plugin__junit-10.xsd", "windyroad__JUnit.xsd"], runs)
    func `every run is valid under both schemas`(schema: String, run: String) throws {
        _ = try written(events(run))
        let validator = try XMLSchemaValidator(schemaFile: (Self.schemas ?? "") + schema)
        #expect(try validator.validate(file: folder.file("junit.xml")).map(\.description) == [])
    }

    private static func python(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    static let hasJUnitParser = (try? python(["-c", "import junitparser"]).status) == 0

    /// Claimed and counted numbers of each suite, and whether names are unique.
    private static let count = """
        import sys, junitparser as j
        seen = set()
        for s in j.JUnitXml.fromfile(sys.argv[1]):
            cases = [c for c in s if isinstance(c, j.TestCase)]
            kinds = [type(r).__name__ for c in cases for r in c.result]
            seen.update((c.classname, c.name) for c in cases)
            print(s.tests, s.failures, s.errors, s.skipped, '|', len(cases), kinds.count('Failure'), kinds.count('Error'), kinds.count('Skipped'))
        print(len(seen))
        """

    @Test(
        .enabled(if: hasJUnitParser, "python3 has no junitparser"),
        arguments: [
            ("every verdict", "7 2 2 2 | 7 2 2 2\n7\n"),
            ("hard", "14 3 5 4 | 14 3 5 4\n7 1 3 2 | 7 1 3 2\n1 0 1 0 | 1 0 1 0\n22\n"),
            ("no cases", "1 0 1 0 | 1 0 1 0\n1\n"), ("passed", "2 0 0 0 | 2 0 0 0\n2\n"),
        ])
    func `another reader counts the same, and every name is unique`(run: String, expected: String) throws {
        _ = try written(events(run))
        #expect(try Self.python(["-c", Self.count, folder.file("junit.xml")]).output == expected)
    }

    @Test func `what XML cannot hold is shown, terminal codes are removed, and cases stay with their suite`() throws {
        let text = try written(hardRun)
        #expect(
            text.contains(
                "<testcase name=\"a␁b&lt;red&gt;␊&quot;c&quot; &amp; 'd'␉\u{FFFD} 日本asks-politely\" classname=\"rou␊ting.router\" time=\"0.250\"/>"
            ))
        #expect(text.contains("<testcase name=\"asks-politely [v\(RunFixture.digest("p2").short)]\" classname=\"refunds.faq\""))
        #expect(text.contains("<skipped message=\"a␁b&lt;red&gt; &quot;c&quot; &amp; 'd' \u{FFFD} 日本\"/>"))
        let suites = text.components(separatedBy: "<testsuite name=")
        #expect(suites.count == 4)
        #expect(suites[1].contains("classname=\"refunds.faq\"") && !suites[1].contains("router\""))
        #expect(suites[2].contains("rou␊ting.router") && !suites[2].contains("refunds.faq"))
    }

    @Test func `an incomplete run says so and its gate is not green`() throws {
        let text = try written(
            RunFixture.events(
                RunFixture.header(), [RunFixture.everyVerdict[0]], status: .incomplete("cancelled"), gate: GateDecision(.pass, [])))
        #expect(text.contains("<property name=\"run.status\" value=\"incomplete: cancelled\"/>"))
        #expect(text.contains("<error message=\"the run is incomplete: cancelled\" type=\"incomplete\">"))
        #expect(text.contains("tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"0\""))
    }

    @Test func `texts are bounded and times are what a schema takes`() throws {
        let huge = String(repeating: "x", count: 100_000)
        let grades = (0..<20).map { _ in RunFixture.holds(false, huge, expected: huge, actual: huge, diff: huge) }
        let trials = [
            RunFixture.trial(.failed, grades: grades, latencyMs: .infinity), RunFixture.trial(.failed, index: 1, latencyMs: 1_499.6),
        ]
        let text = try written(RunFixture.events(RunFixture.header(), [RunFixture.result("c", .failed, trials)]), hostname: "")
        #expect(text.utf8.count < 40_000)
        #expect(text.contains("<testcase name=\"c\" classname=\"refunds.faq\" time=\"0.000\">"))
        #expect(text.contains("hostname=\"localhost\""))
    }

    @Test func `a failed write is reported with the path, and leaves nothing`() throws {
        let path = folder.file("no/junit.xml")
        let reporter = JUnitReporter(path: path, hostname: "h")
        #expect(throws: ReportFailure(path: path, reason: "No such file or directory")) { try reporter.handle(RunFixture.events()) }
        try reporter.handle([.caseFinished(RunFixture.everyVerdict[0])])
        #expect(folder.names == [])
        #expect(!reporter.isEssential)
        #expect(reporter.name == "junit report")
    }

    @Test func `a case of a suite that was not announced is an error, not a lost case`() throws {
        let stray = RunFixture.result("c", .passed, suite: "other")
        let error = #expect(throws: ReportFailure.self) { try written(RunFixture.events(RunFixture.header(), [stray])) }
        #expect(error?.reason == "the run did not announce the suite other")
        #expect(folder.names == [])
    }
}
