import RungCore
import RungCrypto
import RungTestSupport
import RungText
import Synchronization
import Testing

@testable import RungRunner

@Suite("Running a plan")
struct RunEngineTests {
    static func suite(_ change: (inout Suite) -> Void) -> Suite {
        var suite = Suite(
            id: "suite", kind: .regression, agents: ["agent"], digest: SHA256Hasher.digest(of: "x"),
            location: SourceLocation(file: "suite.yaml", line: 1))
        change(&suite)
        return suite
    }

    static func plan(
        _ scenarios: [Scenario], trials: Int = 1, seed: UInt64? = nil, _ change: (inout Suite) -> Void = { _ in }
    ) -> RunPlan {
        let suite = suite(change)
        let cases = scenarios.indices.map { PlannedCase(scenario: $0, agent: 0, trials: scenarios[$0].skipReason == nil ? trials : 0) }
        return RunPlan(
            suites: [PlannedSuite(suite: suite, scenarios: MemoryScenarios(scenarios), cases: cases, registry: Registry())],
            seed: seed)
    }

    static func environment(
        finished: (any FinishedTrials)? = nil, baseline: Baseline? = nil,
        _ answer: @escaping @Sendable (TrialRequest) async throws(TrialFault) -> Transcript
    ) -> RunEnvironment {
        RunEnvironment(
            id: "r-1", now: { Timestamp(seconds: 1_790_000_000) }, transport: { _, _ in ScriptedTransport(answer) },
            finished: finished, baseline: baseline)
    }

    @Test("cases are told in the order of the plan, whatever finishes first")
    func order() async throws {
        let scenarios = (0..<40).map { Scenario.wanting("ok", id: "case-\($0)") }
        let observer = RememberingObserver()
        let engine = RunEngine(
            plan: Self.plan(scenarios) { $0.concurrency = 8 },
            environment: Self.environment { request async throws(TrialFault) in
                if request.scenario.id == "case-0" { for _ in 0..<500 { await Task.yield() } }
                return Transcript(output: "ok")
            }, observers: [observer])
        let outcome = try await engine.run()
        #expect(observer.cases.map(\.id.rawValue) == scenarios.map(\.id.rawValue))
        #expect(observer.trials.count == 40)
        #expect(outcome.summary.status == .complete)
        #expect(outcome.summary.gate.decision == .pass)
        #expect(outcome.summary.exitStatus == .passed)
        #expect(outcome.summary.total.passRate?.n == 40)
    }

    @Test("no more trials are under way than the suite allows")
    func concurrency() async throws {
        let scenarios = (0..<60).map { Scenario.wanting("ok", id: "case-\($0)") }
        let running = Mutex((now: 0, most: 0))
        let engine = RunEngine(
            plan: Self.plan(scenarios) { $0.concurrency = 5 },
            environment: Self.environment { _ async throws(TrialFault) in
                running.withLock { state in
                    state.now += 1
                    state.most = max(state.most, state.now)
                }
                for _ in 0..<20 { await Task.yield() }
                running.withLock { $0.now -= 1 }
                return Transcript(output: "ok")
            }, observers: [])
        _ = try await engine.run()
        #expect(running.withLock { $0.most } == 5)
    }

    @Test("an infrastructure fault is tried again and stays visible; a wrong answer is not tried again")
    func retries() async throws {
        let calls = Mutex<[String]>([])
        let observer = RememberingObserver()
        let engine = RunEngine(
            plan: Self.plan([.wanting("ok", id: "crashes"), .wanting("ok", id: "wrong"), .wanting("ok", id: "garbage")]) {
                $0.retries = 2
                $0.concurrency = 1
            },
            environment: Self.environment { request async throws(TrialFault) in
                calls.withLock { $0.append(request.trialID) }
                switch request.trialID {
                case "suite/crashes@agent#0": throw TrialFault(.crashed, "exit status 3")
                case "suite/garbage@agent#0": throw TrialFault(.protocolViolation, "line 1")
                case "suite/wrong@agent#0": return Transcript(output: "no")
                default: return Transcript(output: "ok")
                }
            }, observers: [observer])
        let outcome = try await engine.run()
        #expect(
            calls.withLock { $0 } == ["suite/crashes@agent#0", "suite/crashes@agent#0~1", "suite/wrong@agent#0", "suite/garbage@agent#0"])
        #expect(observer.cases.map(\.verdict) == [.passed, .failed, .errored])
        #expect(observer.cases[0].trials[0].retried == [TrialFault(.crashed, "exit status 3")])
        #expect(outcome.summary.total.retries == 1)
        #expect(outcome.summary.exitStatus == .failed)
    }

    @Test("trials get seeds that depend on the case, not on its place")
    func seeds() async throws {
        func seeds(_ scenarios: [Scenario], seed: UInt64? = nil) async throws -> [String: UInt64] {
            let observer = RememberingObserver()
            let engine = RunEngine(
                plan: Self.plan(scenarios, trials: 2, seed: seed),
                environment: Self.environment { _ async throws(TrialFault) in Transcript(output: "ok") }, observers: [observer])
            _ = try await engine.run()
            var seeds: [String: UInt64] = [:]
            for result in observer.cases { for trial in result.trials { seeds["\(result.id)#\(trial.index)"] = trial.seed } }
            return seeds
        }
        let one = try await seeds([.wanting("ok", id: "a"), .wanting("ok", id: "b")])
        let two = try await seeds([.wanting("ok", id: "c"), .wanting("ok", id: "b"), .wanting("ok", id: "a")])
        #expect(Set(one.values).count == 4)
        #expect(one.allSatisfy { two[$0.key] == $0.value })
        let other = try await seeds([.wanting("ok", id: "a")], seed: 99)
        #expect(other["a#0"] != one["a#0"])
    }

    @Test("a cancelled run tells what has finished, is incomplete, and never passes")
    func cancellation() async throws {
        let scenarios = (0..<30).map { Scenario.wanting("ok", id: "case-\($0)") }
        let observer = RememberingObserver()
        let reached = AsyncStream<Void>.makeStream()
        let engine = RunEngine(
            plan: Self.plan(scenarios) { $0.concurrency = 2 },
            environment: Self.environment { request async throws(TrialFault) in
                if request.scenario.id == "case-10" {
                    reached.continuation.finish()
                    while !Task.isCancelled { await Task.yield() }
                    throw TrialFault(.cancelled, "cancelled")
                }
                return Transcript(output: "ok")
            }, observers: [observer])
        let run = Task { try await engine.run() }
        for await _ in reached.stream {}
        run.cancel()
        let outcome = try await run.value
        #expect(outcome.summary.status == .incomplete("it was interrupted"))
        #expect(outcome.summary.gate.decision == .inconclusive)
        #expect(outcome.summary.exitStatus == .inconclusive)
        #expect(observer.cases.count >= 10)
        #expect(observer.cases.count < 30)
        #expect(!observer.cases.contains { $0.id == "case-10" })
        #expect(observer.trials.count == observer.cases.count)
    }

    @Test("a suite whose cases have all finished is decided, though the run was stopped in the next one")
    func stoppedInTheSecondSuite() async throws {
        let whole = Self.plan([.wanting("ok", id: "done")]).suites[0]
        var open = Self.plan([.wanting("ok", id: "never")]).suites[0]
        open.suite.id = "open"
        let reached = AsyncStream<Void>.makeStream()
        let observer = RememberingObserver(failAt: { event in
            if case .caseFinished = event { reached.continuation.finish() }
            return false
        })
        let engine = RunEngine(
            plan: RunPlan(suites: [whole, open]),
            environment: Self.environment { request async throws(TrialFault) in
                guard request.scenario.id == "never" else { return Transcript(output: "ok") }
                while !Task.isCancelled { await Task.yield() }
                throw TrialFault(.cancelled, "cancelled")
            }, observers: [observer])
        let run = Task { try await engine.run() }
        for await _ in reached.stream {}
        run.cancel()
        let summary = try await run.value.summary
        #expect(summary.suites.map(\.gate.decision) == [.pass, .inconclusive])
        #expect(summary.gate.decision == .inconclusive)
        #expect(summary.exitStatus == .inconclusive)
    }

    @Test("a resumed run repeats no finished trial and reports all of them")
    func resume() async throws {
        let scenarios = (0..<10).map { Scenario.wanting("ok", id: "case-\($0)") }
        let plan = Self.plan(scenarios, trials: 2)
        let first = RememberingObserver()
        _ = try await RunEngine(
            plan: plan, environment: Self.environment { _ async throws(TrialFault) in Transcript(output: "ok") }, observers: [first]
        ).run()
        let kept = first.trials.filter { ($0.caseIndex + $0.index) % 3 != 0 }
        let calls = Mutex<[String]>([])
        let second = RememberingObserver()
        let outcome = try await RunEngine(
            plan: plan,
            environment: Self.environment(finished: MemoryTrials(kept)) { request async throws(TrialFault) in
                calls.withLock { $0.append(request.trialID) }
                return Transcript(output: "ok")
            }, observers: [second]
        ).run()
        #expect(calls.withLock { $0.count } == 20 - kept.count)
        #expect(second.trials.count == 20 - kept.count)
        #expect(second.cases.map(\.id) == first.cases.map(\.id))
        #expect(second.cases.flatMap(\.trials).count { $0.isResumed } == kept.count)
        #expect(outcome.summary.total.trials == 20)
        #expect(outcome.summary.header.resumedTrials == kept.count)
    }

    @Test("a report that fails is left out; evidence that fails ends the run")
    func observers() async throws {
        let scenarios = (0..<200).map { Scenario.wanting("ok", id: "case-\($0)") }
        let environment = Self.environment { _ async throws(TrialFault) in Transcript(output: "ok") }
        let isCase: @Sendable (RunEvent) -> Bool = { if case .caseFinished = $0 { true } else { false } }
        let report = RememberingObserver(name: "junit report", failAt: isCase)
        let other = RememberingObserver()
        let outcome = try await RunEngine(plan: Self.plan(scenarios), environment: environment, observers: [report, other]).run()
        #expect(outcome.observerFailures == [ObserverFailure(name: "junit report", reason: "refused")])
        #expect(outcome.summary.gate.decision == .pass)
        #expect(other.cases.count == 200)
        let evidence = RememberingObserver(name: "evidence", isEssential: true, failAt: isCase)
        await #expect(throws: RememberingObserver.Refusal.self) {
            try await RunEngine(plan: Self.plan(scenarios), environment: environment, observers: [evidence]).run()
        }
    }

    @Test("skipped cases are told with their reason and count as not passed; quarantined ones do not count until their day")
    func skippedAndQuarantined() async throws {
        var skipped = Scenario.wanting("ok", id: "skipped")
        skipped.skipReason = "ticket 7"
        let scenarios = [skipped, .wanting("ok", id: "flaky"), .wanting("ok", id: "expired"), .wanting("ok", id: "good")]
        let observer = RememberingObserver()
        let engine = RunEngine(
            plan: Self.plan(scenarios) { suite in
                suite.quarantine = [("flaky", "2026-12-31"), ("expired", "2026-01-01")].map {
                    Suite.Quarantine(
                        caseID: CaseID($0.0), reason: "unreliable", until: Timestamp($0.1) ?? Timestamp(seconds: 0), position: .start)
                }
            },
            environment: Self.environment { request async throws(TrialFault) in
                Transcript(output: request.scenario.id == "good" ? "ok" : "no")
            }, observers: [observer])
        let summary = try await engine.run().summary
        #expect(observer.cases.map(\.verdict) == [.skipped, .quarantined, .failed, .passed])
        #expect(observer.cases.map(\.note) == ["ticket 7", "unreliable (until 2026-12-31)", nil, nil])
        #expect(summary.total.counted == 3)
        #expect(
            summary.gate.reasons == [
                "pass rate 33.3 % (1 of 3 cases) is below the minimum of 100 %", "1 quarantined, left out of the gate",
                "1 skipped, counted as not passed",
            ])
    }

    @Test("an empty selection never passes")
    func empty() async throws {
        let engine = RunEngine(
            plan: Self.plan([]), environment: Self.environment { _ async throws(TrialFault) in Transcript() }, observers: [])
        let summary = try await engine.run().summary
        #expect(summary.gate.decision == .inconclusive)
        #expect(summary.gate.reasons == ["no case was selected: an empty run never passes"])
        #expect(summary.exitStatus == .inconclusive)
    }

    @Test("when every trial errored the infrastructure is at fault")
    func allErrored() async throws {
        let engine = RunEngine(
            plan: Self.plan([.wanting("ok", id: "a"), .wanting("ok", id: "b")]),
            environment: Self.environment { _ async throws(TrialFault) in throw TrialFault(.unavailable, "no such program") },
            observers: [])
        let summary = try await engine.run().summary
        #expect(summary.total.verdicts[.errored] == 2)
        #expect(summary.exitStatus == .infrastructure)
    }

    @Test("recorded trials give pass@k and pass^k, and an interval over cases")
    func repeatedTrials() async throws {
        let scenarios = [Scenario.wanting("ok", id: "always"), .wanting("ok", id: "half"), .wanting("ok", id: "never")]
        let engine = RunEngine(
            plan: Self.plan(scenarios, trials: 4) { $0.requirement = .any },
            environment: Self.environment { request async throws(TrialFault) in
                switch request.scenario.id.rawValue {
                case "always": Transcript(output: "ok")
                case "half": Transcript(output: request.index < 2 ? "ok" : "no")
                default: Transcript(output: "no")
                }
            }, observers: [])
        let total = try await engine.run().summary.total
        // By hand: mean of 1, 1/2, 0; pass@2 of (2 of 4) = 1 − 1/6; pass^2 = 1/6.
        let atK = [0.5, (1 + 5.0 / 6) / 3, 2.0 / 3, 2.0 / 3]
        let hatK = [0.5, (1 + 1.0 / 6) / 3, 1.0 / 3, 1.0 / 3]
        #expect(zip(total.passAtK, atK).allSatisfy { abs($0 - $1) < 1e-12 } && total.passAtK.count == 4)
        #expect(zip(total.passHatK, hatK).allSatisfy { abs($0 - $1) < 1e-12 } && total.passHatK.count == 4)
        #expect(total.passRate?.estimate == 0.5)
        #expect(total.passRate?.method == "cluster-robust-t")
        #expect(total.passRate?.n == 3)
        #expect(total.verdicts[.passed] == 2)
        #expect(total.unstable == 1)
        #expect(total.repeated == 3)
    }
}
