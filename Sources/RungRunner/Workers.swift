internal import RungCore
internal import RungText

/// Performs the work of a plan with a bounded number of tasks.
struct Workers {
    let plan: RunPlan
    let environment: RunEnvironment

    /// - Returns: why the run stopped early; nil when everything was done.
    /// - Throws: what the narrator or the scenario files throw.
    func run(telling narrator: Narrator) async throws -> String? {
        let pool = TransportPool(plan: plan, environment: environment)
        let width = plan.suites.indices.map(concurrency).max() ?? 1
        let queue = WorkQueue(plan: plan, window: max(1_024, 16 * width))
        let progress = ProgressQueue(limit: max(512, 4 * width))
        defer { withExtendedLifetime(pool) {} }
        do {
            let reason = try await perform(width, queue, progress, pool, narrator)
            await pool.close()
            return reason
        } catch {
            await pool.close()
            throw error
        }
    }

    private func concurrency(_ suite: Int) -> Int {
        let planned = plan.suites[suite]
        // Recordings wait for nothing: one task reads and grades while another tells the observers.
        if planned.suite.boundary == .transcript { return 1 }
        return environment.concurrency ?? planned.suite.concurrency
    }

    private func perform(
        _ width: Int, _ queue: WorkQueue, _ progress: ProgressQueue, _ pool: TransportPool, _ narrator: Narrator
    ) async throws -> String? {
        let stopped = StopReason()
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let limit = environment.timeLimitMs {
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(limit))
                    if !Task.isCancelled { await stopped.set("the time limit was reached") }
                    await queue.stop()
                }
            }
            group.addTask {
                try await withThrowingTaskGroup(of: Void.self) { workers in
                    for _ in 0..<width { workers.addTask { try await work(queue, progress, pool) } }
                    do { try await workers.waitForAll() } catch {
                        await queue.stop()
                        await progress.close()
                        throw error
                    }
                }
                await progress.close()
            }
            do {
                while let batch = await progress.take() {
                    await queue.advance(to: try await narrator.tell(batch))
                }
            } catch {
                await queue.stop()
                await progress.close()
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
        guard await narrator.frontier < plan.cases else { return nil }
        return await stopped.reason ?? "it was interrupted"
    }

    private func work(_ queue: WorkQueue, _ progress: ProgressQueue, _ pool: TransportPool) async throws {
        while !Task.isCancelled, let unit = await queue.next() {
            let planned = plan.suites[unit.suite]
            let performer = TrialPerformer(plan: plan, suite: planned, transports: await pool.transports(of: unit.suite))
            var reports: [CaseProgress] = []
            reports.reserveCapacity(unit.cases.count)
            let scenarios = try self.scenarios(of: unit)
            var position = 0
            var previous: Int?
            for index in taken(unit) {
                if let previous, planned.cases[index].scenario != planned.cases[previous].scenario { position += 1 }
                previous = index
                guard let report = try await report(on: index, scenarios[position], unit, performer) else { break }
                reports.append(report)
            }
            await progress.append(reports)
        }
        if Task.isCancelled { await queue.stop() }
    }

    /// The cases of a unit that are made here, as indices into the suite's cases.
    private func taken(_ unit: WorkUnit) -> some Sequence<Int> {
        let first = plan.firstCases[unit.suite]
        return unit.cases.lazy.filter { plan.takes(first + $0) }
    }

    /// The scenarios of the unit's cases, in order, each once; what lies between selected ones is not read.
    private func scenarios(of unit: WorkUnit) throws -> [Scenario] {
        let planned = plan.suites[unit.suite]
        var scenarios: [Scenario] = []
        var run: Range<Int>?
        for index in taken(unit).map({ planned.cases[$0].scenario }) {
            if let known = run, index == known.upperBound {
                run = known.lowerBound..<index + 1
            } else if let known = run, index != known.upperBound - 1 {
                scenarios += try planned.scenarios.scenarios(in: known)
                run = index..<index + 1
            } else if run == nil {
                run = index..<index + 1
            }
        }
        if let run { scenarios += try planned.scenarios.scenarios(in: run) }
        return scenarios
    }

    private func report(
        on index: Int, _ scenario: Scenario, _ unit: WorkUnit, _ performer: TrialPerformer
    ) async throws -> CaseProgress? {
        let planned = performer.suite.cases[index]
        let caseIndex = plan.firstCases[unit.suite] + index
        let blank = CaseResult(
            index: caseIndex, id: scenario.id, title: scenario.title, suite: performer.suite.suite.id,
            subject: performer.suite.subjects[planned.agent], verdict: .unscored, note: scenario.skipReason, trials: [],
            isCritical: scenario.isCritical, slices: scenario.slices, intent: scenario.intent, digest: scenario.digest,
            location: scenario.location)
        var trials: [TrialResult] = []
        let wanted = unit.trial.map { planned.trials == 0 ? 0..<0 : $0..<$0 + 1 } ?? 0..<planned.trials
        let finished = try environment.finished?.results(ofCase: caseIndex).filter { wanted.contains($0.index) } ?? []
        for trial in wanted {
            if let known = finished.first(where: { $0.index == trial }) {
                trials.append(known)
                continue
            }
            guard
                let result = await performer.perform(scenario, caseIndex: caseIndex, agent: planned.agent, trial: trial)
            else { return nil }
            trials.append(environment.redact(result))
        }
        return CaseProgress(blank: blank, suite: unit.suite, planned: planned.trials, trials: trials)
    }
}

/// Why the run is to end early; the first reason stays.
private actor StopReason {
    private(set) var reason: String?

    func set(_ text: String) { if reason == nil { reason = text } }
}

/// One transport for each agent of each suite, made when it is first needed.
private actor TransportPool {
    private let plan: RunPlan
    private let environment: RunEnvironment
    private var made: [Int: [any AgentTransport]] = [:]

    init(plan: RunPlan, environment: RunEnvironment) {
        self.plan = plan
        self.environment = environment
    }

    func transports(of suite: Int) -> [any AgentTransport] {
        if let known = made[suite] { return known }
        let planned = plan.suites[suite].suite
        let transports = planned.agents.map { environment.transport($0, planned) }
        made[suite] = transports
        return transports
    }

    func close() async {
        for transports in made.values { for transport in transports { await transport.close() } }
        made = [:]
    }
}
