import RungCore
import RungCrypto
import Testing

@testable import RungReporting

@Suite struct ConsoleSummaryTests {
    private func text(_ summary: RunSummary, width: Int = 80) -> String {
        ConsoleSummary(summary: summary, style: ConsoleStyle(width: width, isColoured: false)).lines.joined(separator: "\n")
    }

    @Test func `a run that passed says so, with rates over several trials`() {
        var summary = RunFixture.summary(RunFixture.header(), [], gate: GateDecision(.pass, ["pass rate 43.5 % meets the minimum"]))
        summary.total = Tally(
            trials: 108, counted: 27,
            passRate: PassRate(estimate: 0.4352, low: 0.3, high: 0.58, method: "cluster-robust-t", n: 27, effectiveN: 50),
            passAtK: [0.4352, 0.5741], passHatK: [0.4352, 0.2963], unstable: 9, repeated: 27)
        summary.total.verdicts[.passed] = 27
        #expect(
            text(summary) == """

                refunds: 27 cases, 108 trials in 1.2 s
                  verdicts      passed 27
                  pass rate     43.5 % (95 % interval 30.0 % to 58.0 %, n = 27, effective n =
                                50.0, cluster-robust-t)
                  pass@1..2     0.4352 0.5741
                  pass^1..2     0.4352 0.2963
                  counted       every case counts, also errored, unscored and skipped ones;
                                quarantined cases do not
                  stability     9 of 27 repeated cases were unstable
                  run           run-1
                gate: pass
                  - pass rate 43.5 % meets the minimum
                """)
    }

    @Test func `a shard says that it decides nothing`() throws {
        var header = RunFixture.header()
        header.shard = try RunShard(slice: #require(ShardSlice(index: 3, of: 16)), runKey: "k", planCases: 90, planTrials: 90)
        let text = text(RunFixture.summary(header, [], gate: GateDecision(.inconclusive, [RunShard.undecided])))
        #expect(text.hasSuffix("shard 3/16: gate decided when the shards are merged"))
        #expect(!text.contains("gate: "))
    }

    @Test func `an incomplete run says why and how to go on`() {
        let summary = RunFixture.summary(
            RunFixture.header(), [], status: .incomplete("cancelled by SIGINT"),
            gate: GateDecision(.inconclusive, ["the run is incomplete"]))
        #expect(
            text(summary).hasSuffix(
                """
                gate: inconclusive
                  - the run is incomplete
                incomplete: cancelled by SIGINT
                  resume it: rung test ... --resume run-1
                """))
    }

    @Test func `several suites have a line each`() {
        let header = RunFixture.header([RunFixture.suite(), RunFixture.suite("routing")])
        let summary = RunFixture.summary(header, RunFixture.everyVerdict)
        let lines = text(summary, width: 200).split(separator: "\n")
        #expect(lines[0] == "refunds+routing: 6 cases, 5 trials in 1.2 s")
        #expect(lines[1] == "  refunds: fail, 20.0 %, passed 1, failed 1, errored 1, unscored 1, skipped 1, quarantined 1")
        #expect(lines[2] == "  routing: fail, 20.0 %, no case")
    }

    @Test(arguments: [80, 40])
    func `every line fits`(width: Int) {
        let summary = RunFixture.summary(RunFixture.header(), RunFixture.everyVerdict, status: .incomplete("the time was up"))
        for line in text(summary, width: width).split(separator: "\n") { #expect(Columns.count(line) <= width) }
    }
}
