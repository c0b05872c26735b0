import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct ConsoleProgressTests {
    private func progress(resumed: Int = 0) -> ConsoleProgress {
        var progress = ConsoleProgress(RunFixture.header(cases: 1_000, trials: 1_000, resumed: resumed), startedAt: 1_000)
        let verdicts: [(Verdict, Int)] = [(.passed, 230), (.failed, 12), (.errored, 5), (.unscored, 3)]
        for (verdict, count) in verdicts {
            for _ in 0..<count { progress.add(RunFixture.trial(verdict)) }
        }
        return progress
    }

    private func line(_ progress: ConsoleProgress, at now: Double, width: Int) -> String {
        progress.pieces(at: now, width: width).map(\.text).joined(separator: "  ")
    }

    @Test(arguments: [
        (79, "250/1,000 trials  230 passed  12 failed  5 errored  3 unscored  25/s  30 s left"),
        (78, "250/1,000 trials  230 passed  12 failed  5 errored  3 unscored  30 s left"),
        (61, "250/1,000 trials  230 passed  12 failed  5 errored  30 s left"),
        (39, "250/1,000 trials  12 failed  5 errored"), (30, "250/1,000 trials  12 failed"), (10, "250/1,000…"),
    ])
    func `the line keeps what went wrong when it gets narrow`(width: Int, expected: String) {
        #expect(line(progress(), at: 11_000, width: width) == expected)
        #expect(Columns.count(line(progress(), at: 11_000, width: width)) <= width)
    }

    @Test func `trials of an earlier process count as done but not as fast`() {
        #expect(
            line(progress(resumed: 500), at: 11_000, width: 80)
                == "750/1,000 trials  230 passed  12 failed  5 errored  3 unscored  25/s  10 s left")
    }

    @Test func `there is no rate before half a second`() {
        #expect(line(progress(), at: 1_499, width: 80) == "250/1,000 trials  230 passed  12 failed  5 errored  3 unscored")
        #expect(line(progress(), at: 1_500, width: 80) == "250/1,000 trials  230 passed  12 failed  5 errored  3 unscored  500/s  2 s left")
    }

    @Test(arguments: [(76_000.0, "3.3/s  3 min 45 s left"), (26_000, "10/s  75 s left"), (10_001_000, "0.0/s  8 h 20 min left")])
    func `time left has the unit that fits`(now: Double, expected: String) {
        #expect(line(progress(), at: now, width: 200).hasSuffix(expected))
    }
}
