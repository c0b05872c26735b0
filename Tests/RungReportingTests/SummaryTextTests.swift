import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungReporting

@Suite struct SummaryTextTests {
    @Test func `verdicts that did not occur are left out`() {
        var counts = VerdictCounts()
        #expect(SummaryText.verdicts(counts) == "no case")
        counts[.passed] = 1_200
        counts[.skipped] = 1
        #expect(SummaryText.verdicts(counts) == "passed 1,200, skipped 1")
    }

    @Test(arguments: [(1, "s1"), (3, "s1+s2+s3"), (4, "4 suites")])
    func `a run is called by its suites while they are few`(_ count: Int, _ name: String) {
        let digest = SHA256Hasher.digest(of: "x")
        let suites = (1...count).map { number in
            SuiteHeader(
                id: SuiteID("s\(number)"), kind: .regression, title: nil, digest: digest, gate: GatePolicy(), requirement: .all,
                subjects: [], cases: 1)
        }
        let header = RunHeader(
            id: "r", startedAt: Timestamp(seconds: 0), seed: 1, planDigest: digest, suites: suites, cases: count, trials: count)
        #expect(SummaryText.name(of: header) == name)
    }

    @Test func `a pass rate has its interval, n and method`() {
        let rate = PassRate(estimate: 0.75, low: 0.301, high: 0.954, method: "wilson", n: 4)
        #expect(SummaryText.passRate(rate) == "75.0 % (95 % interval 30.1 % to 95.4 %, n = 4, wilson)")
        let clustered = PassRate(estimate: 0.75, low: 0.301, high: 0.954, method: "cluster-robust-t", n: 4, effectiveN: 7.25)
        #expect(
            SummaryText.passRate(clustered)
                == "75.0 % (95 % interval 30.1 % to 95.4 %, n = 4, effective n = 7.3, cluster-robust-t)")
        #expect(SummaryText.passRate(nil) == "unknown: no case counts")
    }

    @Test func `rates have four decimals, and long lists are cut in the middle`() {
        #expect(SummaryText.rates([0.43519, 0.2963]) == "0.4352 0.2963")
        let many = (1...12).map { Double($0) / 100 }
        #expect(SummaryText.rates(many) == "0.0100 0.0200 0.0300 0.0400 0.0500 0.0600 0.0700 0.0800 … 0.1200")
    }

    @Test func `the denominator names what a policy leaves out`() {
        let usual = "every case counts, also errored, unscored and skipped ones; quarantined cases do not"
        #expect(SummaryText.denominator(GatePolicy()) == usual)
        #expect(SummaryText.denominator(GatePolicy(excluded: [.quarantined])) == usual)
        let strict = GatePolicy(excluded: [.skipped, .errored])
        #expect(
            SummaryText.denominator(strict)
                == "by the suite's policy errored, skipped cases do not count; quarantined cases never do")
        let suites = [RunFixture.suite(), RunFixture.suite("b", gate: strict)]
        #expect(SummaryText.denominator(suites) == "differs by suite")
        #expect(SummaryText.denominator([suites[0], suites[0]]) == usual)
    }

    @Test func `usage and stability say nothing when nothing is known`() {
        #expect(SummaryText.usage(Usage()) == nil)
        #expect(SummaryText.usage(Usage(inputTokens: 1_200, cost: 2.5)) == "1,200 tokens, $2.50")
        var replayed = Usage(inputTokens: 1_000, outputTokens: 200)
        replayed.replayedTokens = 1_200
        #expect(SummaryText.usage(replayed) == "1,200 tokens (replayed)")
        replayed.add(Usage(inputTokens: 300))
        #expect(SummaryText.usage(replayed) == "1,500 tokens (1,200 of them replayed)")
        #expect(SummaryText.stability(Tally()) == nil)
        #expect(SummaryText.stability(Tally(unstable: 1, repeated: 27)) == "1 of 27 repeated cases was unstable")
        #expect(SummaryText.stability(Tally(unstable: 0, repeated: 1)) == "0 of 1 repeated case were unstable")
    }

    @Test func `recordings that may not stand any more are told with the way out`() {
        var suite = RunFixture.suite()
        #expect(SummaryText.cassettes(suite.cassettes) == nil && SummaryText.staleness(suite) == nil)
        suite.cassettes = SuiteCassettes(count: 1_200, oldestAt: Timestamp("2026-05-01T10:00:00Z"))
        #expect(SummaryText.cassettes(suite.cassettes) == "1,200, the oldest recorded on 2026-05-01")
        #expect(SummaryText.staleness(suite) == nil)
        suite.cassettes = SuiteCassettes(count: 3, stale: 2, otherPrompt: 1)
        #expect(SummaryText.cassettes(suite.cassettes) == "3")
        #expect(
            SummaryText.staleness(suite)
                == "of 3 cassettes of suite refunds, 2 older than 90 days or of unknown age and 1 recorded under another version of the prompt: "
                + "rung record --suite refunds --refresh")
    }
}
