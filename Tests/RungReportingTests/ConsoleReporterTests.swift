import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct ConsoleReporterTests {
    private let probe = ConsoleProbe()

    private func reporter(terminal: Bool, width: Int = 80, colour: Bool = false) -> ConsoleReporter {
        let probe = probe
        return ConsoleReporter(
            output: { probe.take($0) }, isTerminal: terminal, width: width, colour: colour, now: { probe.now })
    }

    private let summaryText = """

        refunds: 6 cases, 5 trials in 1.2 s
          verdicts      passed 1, failed 1, errored 1, unscored 1, skipped 1,
                        quarantined 1
          pass rate     20.0 % (95 % interval 3.6 % to 62.5 %, n = 5, wilson)
          counted       every case counts, also errored, unscored and skipped ones;
                        quarantined cases do not
          retries       1 after infrastructure faults
          usage         600 tokens, $0.0050
          run           run-1
        gate: fail
          - pass rate 20.0 % is below the minimum of 80.0 %
          - 1 case fails newly
          newly failing refunds/names-the-limit@faq

        """

    @Test func `without a terminal there are plain lines: failures and the summary`() {
        reporter(terminal: false).handle(RunFixture.events())
        #expect(
            probe.text == """
                refunds: 6 cases, 5 trials (run run-1)
                failed names-the-limit (agent faq) scenarios/refunds.jsonl:2
                  contains (1): the answer lacks "30 days"
                    expected: 30 days
                    actual:
                      two weeks
                      or so
                    diff:
                      - 30 days
                      + two weeks
                errored never-answers (agent faq) scenarios/refunds.jsonl:3
                  timed-out: no result after 30 s
                  trial #0 retried after crashed: exit status 3
                unscored nobody-judges (agent faq) scenarios/refunds.jsonl:4
                  no grader with the role verdict reached a judgement

                """ + summaryText)
    }

    @Test func `tools that drifted are told, and cassettes that are old`() {
        reporter(terminal: false, width: 300).handle(RunFixture.driftedRun)
        let lines = probe.text.split(separator: "\n").map(String.init)
        #expect(lines.contains("drifted stands (passed): lookup answered otherwise at /a: recorded 1, received 2"))
        #expect(lines.contains("drifted falls (failed): lookup answered otherwise at /a: recorded 1, received 2"))
        #expect(lines.contains("  cassettes     2, the oldest recorded on 2025-08-17"))
        #expect(
            lines.contains(
                "  warning: of 2 cassettes of suite refunds, 1 older than 90 days or of unknown age and 1 recorded under another version of "
                    + "the prompt: rung record --suite refunds --refresh"))
    }

    @Test func `a terminal has a live line that gives way to lasting ones`() {
        let reporter = reporter(terminal: true)
        for event in RunFixture.events() {
            reporter.handle([event])
            probe.advance(milliseconds: 150)
        }
        let clear = "\r\u{1B}[K"
        #expect(
            probe.writes.prefix(4) == [
                "refunds: 6 cases, 5 trials (run run-1)\n0/5 trials", "\(clear)1/5 trials  1 passed",
                "\(clear)2/5 trials  1 passed  1 failed",
                """
                \(clear)failed names-the-limit (agent faq) scenarios/refunds.jsonl:2
                  contains (1): the answer lacks "30 days"
                    expected: 30 days
                    actual:
                      two weeks
                      or so
                    diff:
                      - 30 days
                      + two weeks
                2/5 trials  1 passed  1 failed  3.3/s  1 s left
                """,
            ])
        #expect(probe.writes.last == clear + summaryText)
    }

    @Test func `the live line is drawn at most ten times a second, and only when it changes`() {
        let reporter = reporter(terminal: true)
        reporter.handle([.started(RunFixture.header(cases: 5_000, trials: 5_000))])
        for _ in 0..<1_000 {
            reporter.handle([.trialFinished(RunFixture.trial(.passed))])
            probe.advance(milliseconds: 1)
        }
        #expect(probe.writes.count == 10)
        probe.advance(milliseconds: 1_000_000)
        let before = probe.writes.count
        reporter.handle([])
        reporter.handle([])
        #expect(probe.writes.count == before + 1)
    }

    @Test(arguments: [80, 40, 10])
    func `the live line never reaches the last column`(width: Int) {
        let reporter = reporter(terminal: true, width: width)
        reporter.handle([.started(RunFixture.header(cases: 1_000_000, trials: 1_000_000))])
        for (index, verdict) in [Verdict.passed, .failed, .errored, .unscored].enumerated() {
            for _ in 0...(index * 40) { reporter.handle([.trialFinished(RunFixture.trial(verdict))]) }
            probe.advance(milliseconds: 1_000)
        }
        for write in probe.writes.dropFirst() {
            #expect(Columns.count(write.dropFirst(4)) < max(20, width))
        }
        #expect(probe.writes.count > 2)
    }

    @Test func `without a terminal progress comes every 30 seconds at most`() {
        let reporter = reporter(terminal: false)
        reporter.handle([.started(RunFixture.header(cases: 100, trials: 100))])
        for _ in 0..<100 {
            probe.advance(milliseconds: 1_000)
            reporter.handle([.trialFinished(RunFixture.trial(.passed))])
        }
        #expect(
            probe.writes.dropFirst() == [
                "30/100 trials, 30 passed, 1.0/s, 70 s left\n", "60/100 trials, 60 passed, 1.0/s, 40 s left\n",
                "90/100 trials, 90 passed, 1.0/s, 10 s left\n",
            ])
    }

    @Test func `after 20 cases that did not pass the rest is counted`() {
        let cases = (0..<23).map { index in
            RunFixture.result(CaseID("case-\(index)"), .failed, [RunFixture.trial(.failed, grades: [RunFixture.holds(false, "no")])])
        }
        reporter(terminal: false).handle(RunFixture.events(RunFixture.header(cases: 23, trials: 23), cases))
        #expect(probe.text.contains("failed case-19 "))
        #expect(!probe.text.contains("failed case-20 "))
        #expect(probe.text.contains("\n... 3 more cases did not pass; see them all: rung runs show run-1\n"))
    }

    @Test func `a case that passed after a retry shows the fault`() {
        let trial = RunFixture.trial(.passed, retried: [TrialFault(.unavailable, "no such program")])
        let cases = [RunFixture.result("lucky", .passed, [trial])]
        reporter(terminal: false).handle(RunFixture.events(RunFixture.header(), cases))
        #expect(probe.text.contains("\nretried lucky (passed): trial #0 retried after unavailable: no such program\n"))
    }

    @Test func `colours mark verdicts, and a resumed run says what was there already`() {
        let reporter = reporter(terminal: true, colour: true)
        reporter.handle([.started(RunFixture.header(trials: 5, resumed: 2)), .caseFinished(RunFixture.everyVerdict[3])])
        #expect(
            probe.text == """
                refunds: 6 cases, 5 trials, 2 of them finished earlier (run run-1)
                \u{1B}[33munscored\u{1B}[0m \u{1B}[1mnobody-judges\u{1B}[0m (agent faq) scenarios/refunds.jsonl:4
                  no grader with the role verdict reached a judgement
                2/5 trials
                """)
    }
}
