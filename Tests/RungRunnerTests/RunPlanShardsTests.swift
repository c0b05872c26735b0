import RungCore
import RungTestSupport
import RungText
import Testing

@testable import RungRunner

@Suite("Parts of a plan")
struct RunPlanShardsTests {
    @Test("every case is in exactly one part, and parts differ by at most one case", arguments: [1, 2, 3, 4, 7, 16, 100])
    func partition(count: Int) {
        for cases in [0, 1, 2, 15, 16, 17, 1_000] {
            let shards = (0..<cases).map { RunPlan.shard(ofCase: $0, of: count) }
            #expect(shards.allSatisfy { (1...count).contains($0) })
            let sizes = (1...count).map { index in shards.count { $0 == index } }
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(cases) cases in \(count) parts")
            // Of `count` cases in a row each part has one.
            for start in stride(from: 0, to: cases - count + 1, by: count) { #expect(Set(shards[start..<start + count]).count == count) }
        }
    }

    @Test("parts do not follow a pattern of the cases, such as two agents that take turns")
    func noPattern() {
        for index in 1...2 {
            let agents = (0..<2_000).filter { RunPlan.shard(ofCase: $0, of: 2) == index }.map { $0 % 2 }
            #expect(agents.count == 1_000)
            #expect((400...600).contains(agents.count { $0 == 0 }))
        }
    }

    /// Machines with different versions of the program must agree; these values may never change.
    @Test("the parts are the same on every machine and in every version")
    func pinned() {
        #expect((0..<16).map { RunPlan.shard(ofCase: $0, of: 4) } == Self.pinnedValues)
    }

    static let pinnedValues = [1, 2, 3, 4, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3]

    @Test("the parts of a run make together what the whole run makes, case for case", arguments: [Suite.Boundary.live, .transcript])
    func together(boundary: Suite.Boundary) async throws {
        let scenarios = (0..<1_100).map { Scenario.wanting($0 % 7 == 0 ? "no" : "ok", id: "case-\($0)") }
        func cases(_ slice: ShardSlice?) async throws -> ([CaseResult], RunSummary) {
            let observer = RememberingObserver()
            let whole = RunEngineTests.plan(scenarios, trials: 2) {
                $0.boundary = boundary
                $0.concurrency = 4
            }
            let plan = RunPlan(suites: whole.suites, slice: slice)
            #expect(plan.digest == whole.digest)
            let outcome = try await RunEngine(
                plan: plan, environment: RunEngineTests.environment { _ async throws(TrialFault) in Transcript(output: "ok") },
                observers: [observer]
            ).run()
            return (observer.cases, outcome.summary)
        }
        let (whole, summary) = try await cases(nil)
        #expect(summary.exitStatus == .failed)
        var parts: [CaseResult] = []
        for index in 1...3 {
            let (part, summary) = try await cases(ShardSlice(index: index, of: 3))
            #expect(part.map(\.index) == part.map(\.index).sorted())
            #expect(summary.status == .complete)
            #expect(summary.gate.decision == .inconclusive)
            #expect(summary.gate.reasons == ["decided when the shards are merged"])
            #expect(summary.exitStatus == .passed)
            #expect(summary.header.cases == part.count && summary.header.trials == 2 * part.count)
            #expect(summary.header.shard?.planCases == 1_100 && summary.header.shard?.planTrials == 2_200)
            parts += part
        }
        parts.sort { $0.index < $1.index }
        #expect(parts.map(\.index) == whole.map(\.index))
        #expect(parts.map(\.id) == whole.map(\.id))
        #expect(parts.map(\.verdict) == whole.map(\.verdict))
        #expect(parts.map { $0.trials.map(\.seed) } == whole.map { $0.trials.map(\.seed) })
    }

    @Test("a part without a case is complete, and one whose trials all errored is an infrastructure failure")
    func extremes() async throws {
        func status(
            _ slice: ShardSlice?, _ answer: @escaping @Sendable () throws(TrialFault) -> Transcript
        ) async throws -> RungCore.ExitStatus {
            let plan = RunPlan(suites: RunEngineTests.plan([.wanting("ok", id: "only")]).suites, slice: slice)
            let engine = RunEngine(
                plan: plan, environment: RunEngineTests.environment { _ async throws(TrialFault) in try answer() }, observers: [])
            return try await engine.run().summary.exitStatus
        }
        for index in 1...3 {
            #expect(try await status(ShardSlice(index: index, of: 3)) { () throws(TrialFault) in Transcript(output: "no") } == .passed)
        }
        let owner = RunPlan.shard(ofCase: 0, of: 3)
        #expect(
            try await status(ShardSlice(index: owner, of: 3)) { () throws(TrialFault) in throw TrialFault(.crashed, "gone") }
                == .infrastructure)
    }
}
