import Foundation
import RungCore
import RungCrypto
import RungText
import Synchronization

/// Small runs, built by hand, that show every verdict.
enum RunFixture {
    static let startedAt = Timestamp(seconds: 1_790_000_000)

    static func digest(_ text: String) -> Digest { SHA256Hasher.digest(of: text) }

    static func subject(_ agent: AgentID = "faq", prompt: String? = "p1", configuration: String = "c1") -> RunSubject {
        RunSubject(agent: agent, promptVersion: prompt.map(digest), configuration: digest(configuration))
    }

    static func suite(
        _ id: SuiteID = "refunds", subjects: [RunSubject] = [subject()], requirement: TrialRequirement = .all, cases: Int = 6,
        gate: GatePolicy = GatePolicy(minimumPassRate: 0.8)
    ) -> SuiteHeader {
        SuiteHeader(
            id: id, kind: .regression, title: nil, digest: digest("suite \(id)"), gate: gate, requirement: requirement,
            subjects: subjects, cases: cases)
    }

    static func header(_ suites: [SuiteHeader] = [suite()], cases: Int = 6, trials: Int = 5, resumed: Int = 0) -> RunHeader {
        RunHeader(
            id: "run-1", startedAt: startedAt, seed: 42, planDigest: digest("plan"), suites: suites, cases: cases,
            trials: trials, resumedTrials: resumed)
    }

    static func holds(_ holds: Bool, _ reason: String, expected: String? = nil, actual: String? = nil, diff: String? = nil) -> Grade {
        Grade(
            name: "contains", kind: "contains", version: "1", role: .verdict,
            judgement: Judgement(.holds(holds), reason, expected: expected, actual: actual, diff: diff))
    }

    static func trial(
        _ verdict: Verdict, index: Int = 0, caseIndex: Int = 0, grades: [Grade] = [], fault: TrialFault? = nil,
        retried: [TrialFault] = [], latencyMs: Double? = 250
    ) -> TrialResult {
        TrialResult(
            caseIndex: caseIndex, index: index, verdict: verdict, grades: grades,
            usage: Usage(inputTokens: 100, outputTokens: 20, cost: 0.001), latencyMs: fault == nil ? latencyMs : nil, fault: fault,
            retried: retried, seed: 18_446_744_073_709_551_615, transcriptDigest: fault == nil ? digest("t") : nil)
    }

    static func result(
        _ id: CaseID, _ verdict: Verdict, _ trials: [TrialResult] = [], suite: SuiteID = "refunds",
        subject: RunSubject = subject(), index: Int = 0, note: String? = nil
    ) -> CaseResult {
        CaseResult(
            index: index, id: id, title: nil, suite: suite, subject: subject, verdict: verdict, note: note, trials: trials,
            isCritical: false, slices: [:], intent: nil, digest: digest("case \(id)"),
            location: SourceLocation(file: "scenarios/refunds.jsonl", line: index + 1))
    }

    /// One case of each verdict.
    static var everyVerdict: [CaseResult] {
        [
            result("asks-politely", .passed, [trial(.passed, grades: [holds(true, "found \"30 days\"")])], index: 0),
            result(
                "names-the-limit", .failed,
                [
                    trial(
                        .failed,
                        grades: [
                            holds(
                                false, "the answer lacks \"30 days\"", expected: "30 days", actual: "two weeks\nor so",
                                diff: "- 30 days\n+ two weeks")
                        ])
                ], index: 1),
            result(
                "never-answers", .errored,
                [trial(.errored, fault: TrialFault(.timedOut, "no result after 30 s"), retried: [TrialFault(.crashed, "exit status 3")])],
                index: 2),
            result("nobody-judges", .unscored, [trial(.unscored)], index: 3),
            result("waits-for-data", .skipped, index: 4, note: "the ledger export is missing"),
            result(
                "flaky-lookup", .quarantined, [trial(.failed, grades: [holds(false, "no total")])], index: 5,
                note: "flaky since May"),
        ]
    }

    /// A run whose cases passed and failed while tools drifted, from cassettes that are old.
    static var driftedRun: [RunEvent] {
        var suite = suite(cases: 2)
        suite.cassettes = SuiteCassettes(count: 2, oldestAt: startedAt.adding(seconds: -400 * 86_400), stale: 1, otherPrompt: 1)
        let drift = ToolDrift(compared: 2, findings: [.init(tool: "lookup", .changed(place: "/a", recorded: "1", received: "2"))])
        func grades(_ verdict: Bool) -> [Grade] { [holds(verdict, "found"), drift.grade(.report)] }
        let results = [
            result("stands", .passed, [trial(.passed, grades: grades(true))], index: 0),
            result("falls", .failed, [trial(.failed, grades: grades(false))], index: 1),
        ]
        return events(header([suite], cases: 2, trials: 2), results)
    }

    static func tally(
        _ results: [CaseResult], rate: PassRate? = PassRate(estimate: 0.2, low: 0.0362, high: 0.6245, method: "wilson", n: 5)
    ) -> Tally {
        var tally = Tally(passRate: rate, passAtK: [0.2], passHatK: [0.2])
        for result in results {
            tally.verdicts.add(result.verdict)
            tally.trials += result.trials.count
            tally.erroredTrials += result.trials.filter { $0.verdict == .errored }.count
            tally.retries += result.trials.reduce(0) { $0 + $1.retried.count }
            for trial in result.trials { tally.usage.add(trial.usage) }
        }
        tally.counted = results.filter { $0.verdict != .quarantined }.count
        return tally
    }

    static let failed = GateDecision(
        .fail, ["pass rate 20.0 % is below the minimum of 80.0 %", "1 case fails newly"],
        newlyFailing: [CaseKey(suite: "refunds", id: "names-the-limit", agent: "faq")])

    static func summary(
        _ header: RunHeader, _ results: [CaseResult], status: RunStatus = .complete, gate: GateDecision = failed
    ) -> RunSummary {
        let suites = header.suites.map { suite in
            SuiteSummary(header: suite, tally: tally(results.filter { $0.suite == suite.id }), gate: gate)
        }
        return RunSummary(
            header: header, status: status, finishedAt: startedAt.adding(seconds: 2), durationMs: 1_234.5678, suites: suites,
            total: tally(results), gate: gate)
    }

    /// The events of a whole run.
    static func events(
        _ header: RunHeader = header(), _ results: [CaseResult] = everyVerdict, status: RunStatus = .complete,
        gate: GateDecision = failed
    ) -> [RunEvent] {
        var events = [RunEvent.started(header)]
        for result in results {
            for trial in result.trials { events.append(.trialFinished(trial)) }
            events.append(.caseFinished(result))
        }
        return events + [.finished(summary(header, results, status: status, gate: gate))]
    }
}

/// A folder of its own for one test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "rung-reporting-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func text(_ name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

    func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: file(name))) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// Collects what a console reporter writes, and is its clock.
final class ConsoleProbe: Sendable {
    private let state = Mutex((writes: [String](), time: 0.0))

    func take(_ bytes: [UInt8]) { state.withLock { $0.writes.append(String(decoding: bytes, as: UTF8.self)) } }

    func advance(milliseconds: Double) { state.withLock { $0.time += milliseconds } }

    var now: Double { state.withLock { $0.time } }

    var writes: [String] { state.withLock { $0.writes } }

    var text: String { writes.joined() }
}
