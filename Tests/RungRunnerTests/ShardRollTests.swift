import RungCore
import RungCrypto
import RungText
import Testing

@testable import RungRunner

@Suite("Shards of a run")
struct ShardRollTests {
    static let suite = SuiteHeader(
        id: "s", kind: .regression, title: nil, digest: SHA256Hasher.digest(of: "s"), gate: GatePolicy(), requirement: .all,
        subjects: [], cases: 1)

    /// Part `index` of `count`, with one case and one trial.
    static func delivery(
        _ index: Int, of count: Int = 3, id: String? = nil, at second: Int64 = 0, key: String = "k", plan: String = "p", passed: Int = 1,
        status: RunStatus? = .complete
    ) throws -> DeliveredShard {
        var header = RunHeader(
            id: RunID(id ?? "r-\(index)"), startedAt: Timestamp(seconds: 1_790_000_000 + second), seed: 1,
            planDigest: SHA256Hasher.digest(of: plan), suites: [suite], cases: 1, trials: 1)
        header.shard = RunShard(slice: try #require(ShardSlice(index: index, of: count)), runKey: key, planCases: count, planTrials: count)
        var tally = Tally(trials: 1)
        tally.verdicts[passed == 1 ? .passed : .failed] = 1
        let summary = status.map { status in
            RunSummary(
                header: header, status: status, finishedAt: Timestamp(seconds: 1_790_000_010 + second), durationMs: Double(100 * index),
                suites: [], total: tally, gate: GateDecision(.inconclusive, []))
        }
        return try #require(DeliveredShard(header: header, summary: summary))
    }

    static func result(_ index: Int, _ verdict: Verdict = .passed) -> CaseResult {
        CaseResult(
            index: index, id: CaseID("c\(index)"), title: nil, suite: "s",
            subject: RunSubject(agent: "a", promptVersion: nil, configuration: nil),
            verdict: verdict, note: nil, trials: [TrialResult(caseIndex: index, index: 0, verdict: verdict, grades: [], seed: 1)],
            isCritical: false, slices: [:], intent: nil, digest: SHA256Hasher.digest(of: "\(index)"),
            location: SourceLocation(file: "s", line: 1))
    }

    @Test("a run is whole when every part is there and complete, in whatever order they came")
    func whole() throws {
        let roll = try #require(ShardRoll.all(of: [Self.delivery(3), Self.delivery(1), Self.delivery(2)]).first)
        #expect(roll.isWhole)
        #expect(roll.counting.map(\.header.id) == ["r-1", "r-2", "r-3"])
    }

    @Test("what is missing or incomplete is named")
    func missing() throws {
        let roll = try #require(
            ShardRoll.all(of: [
                Self.delivery(1, of: 4), Self.delivery(3, of: 4, status: .incomplete("the time limit was reached")),
                Self.delivery(4, of: 4, status: nil),
            ]).first)
        #expect(
            roll.problems == [
                "shard 2/4 is missing", "shard 3/4 is incomplete: the time limit was reached (run r-3)",
                "shard 4/4 is incomplete: it has not ended (run r-4)",
            ])
        #expect(!roll.isWhole)
    }

    @Test("parts of other keys, plans and counts never come together; the run with the newest part is the first")
    func groups() throws {
        let rolls = try ShardRoll.all(of: [
            Self.delivery(1), Self.delivery(2, key: "other", plan: "p"), Self.delivery(3, plan: "q"), Self.delivery(1, of: 2, at: 9),
        ])
        #expect(rolls.count == 4)
        #expect(rolls.first?.name.count == 2)
        #expect(rolls.allSatisfy { !$0.isWhole })
    }

    @Test("of a part that was made again the last complete one counts, and the gate tells of the others")
    func again() throws {
        let roll = try #require(
            ShardRoll.all(of: [
                Self.delivery(1), Self.delivery(2, id: "first", passed: 0), Self.delivery(3), Self.delivery(2, id: "second", at: 5),
                Self.delivery(2, id: "third", at: 9, status: .incomplete("it was interrupted")),
            ]).first)
        #expect(roll.counting.map(\.header.id) == ["r-1", "second", "r-3"])
        var run = MergedRun(of: roll, id: "m", baseline: nil)
        for index in 0..<3 { try run.add(Self.result(index)) }
        let summary = try run.summary(at: Timestamp(seconds: 1_790_000_100))
        #expect(summary.gate.decision == .pass)
        #expect(
            summary.gate.reasons.last
                == "shard 2/3 was made 3 times: second counts (passed 1 of 1 cases), "
                + "not first passed 0 of 1 cases, third is incomplete and passed 1 of 1 cases")
        #expect(summary.durationMs == 300)
        #expect(summary.header.shard == nil)
        #expect(summary.header.mergedFrom == ["r-1", "second", "r-3"])
        #expect(summary.header.cases == 3 && summary.header.suites.first?.cases == 3)
    }

    @Test("where only the plan names a run, parts of an earlier merged run do not stand in for missing ones")
    func used() throws {
        let key = "\(SHA256Hasher.digest(of: "p"))"
        let old = try (1...3).map { try Self.delivery($0, key: key) }
        let used = Set(old.map(\.header.id))
        #expect(ShardRoll.all(of: old, used: used).first?.isWhole == true)
        let new = try [Self.delivery(1, id: "n-1", at: 100, key: key), Self.delivery(2, id: "n-2", at: 100, key: key)]
        #expect(ShardRoll.all(of: old + new, used: used).first?.problems == ["shard 3/3 is missing"])
        // With a key of its own the run stays together, and a part may be made again.
        let named = try (1...3).map { try Self.delivery($0) }
        let redone = try Self.delivery(2, id: "again", at: 50)
        #expect(
            ShardRoll.all(of: named + [redone], used: Set(named.map(\.header.id))).first?.counting.map(\.header.id)
                == ["r-1", "again", "r-3"])
    }

    @Test("cases that are missing or come twice are no run")
    func contradictions() throws {
        let roll = try #require(ShardRoll.all(of: [Self.delivery(1), Self.delivery(2), Self.delivery(3)]).first)
        var run = MergedRun(of: roll, id: "m", baseline: nil)
        try run.add(Self.result(0))
        #expect(throws: MergedRunProblem.self) { try run.add(Self.result(0)) }
        #expect(throws: MergedRunProblem.self) { try run.add(Self.result(2)) }
        #expect(throws: MergedRunProblem.self) { try run.summary(at: Timestamp(seconds: 1_790_000_100)) }
        var other = try Self.delivery(3)
        other.header.cases = 2
        #expect(
            try ShardRoll.all(of: [Self.delivery(1), Self.delivery(2), other]).first?.problems
                == ["the shards hold 4 cases and 3 trials, the plan 3 and 3"])
    }

    @Test("the baseline is compared with the whole run")
    func baseline() throws {
        let roll = try #require(ShardRoll.all(of: [Self.delivery(1), Self.delivery(2), Self.delivery(3)]).first)
        let verdicts = Dictionary(uniqueKeysWithValues: (0..<3).map { (Self.result($0).key, Verdict.passed) })
        var run = MergedRun(of: roll, id: "m", baseline: Baseline(name: "last", verdicts: verdicts))
        for index in 0..<3 { try run.add(Self.result(index, index == 1 ? .failed : .passed)) }
        let summary = try run.summary(at: Timestamp(seconds: 1_790_000_100))
        #expect(summary.gate.decision == .fail)
        #expect(summary.gate.newlyFailing.map(\.id) == ["c1"])
        #expect(summary.header.baseline == "last")
        #expect(summary.exitStatus == .failed)
    }
}
