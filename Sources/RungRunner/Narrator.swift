internal import RungCore
internal import RungText

/// Tells the observers what happens, in one order, and counts.
///
/// An actor on a thread of its own: observers write to disk, and while they wait for it every thread of the shared pool
/// is left to the trials.
actor Narrator {
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let executor = ThreadExecutor(name: "observers")
    private let header: RunHeader
    private let plan: RunPlan
    private var assembler: CaseAssembler
    private var builders: [TallyBuilder]
    private var comparisons: [BaselineComparison]?
    private var total: TallyBuilder
    private let critical: [Set<CaseID>]
    private var observers: [any RunObserver]
    private(set) var failures: [ObserverFailure] = []

    init(plan: RunPlan, header: RunHeader, baseline: Baseline?, observers: [any RunObserver]) {
        self.plan = plan
        self.header = header
        self.observers = observers
        assembler = CaseAssembler(plan: plan, today: header.startedAt)
        builders = plan.suites.map { TallyBuilder(policy: $0.suite.gate) }
        comparisons = baseline.map { baseline in plan.suites.map { _ in BaselineComparison(baseline: baseline) } }
        total = TallyBuilder(policy: Self.commonPolicy(plan))
        critical = plan.suites.map { Set($0.suite.gate.critical) }
    }

    /// Index of the first case that is not finished.
    var frontier: Int { assembler.frontier }

    func start() throws { try tell([.started(header)]) }

    /// Tells a batch of reports: trials as they came, then the cases that are complete.
    ///
    /// - Returns: the index of the first case that is not finished.
    func tell(_ batch: [CaseProgress]) throws -> Int {
        var events: [RunEvent] = []
        var finished: [(suite: Int, result: CaseResult)] = []
        for progress in batch {
            for trial in progress.trials where !trial.isResumed { events.append(.trialFinished(trial)) }
            finished += assembler.add(progress)
        }
        for (suite, result) in finished { events.append(count(result, suite: suite)) }
        try tell(events)
        return frontier
    }

    func finish(status: RunStatus, at time: Timestamp, durationMs: Double) throws -> RunSummary {
        try tell(assembler.remaining().map { count($0.result, suite: $0.suite) })
        let suites = plan.suites.indices.map { index in
            let header = header.suites[index]
            // A suite whose cases have all finished can be decided, even if the run was stopped in another one.
            let isWhole = builders[index].tally.verdicts.total == header.cases
            let gate = RegressionGate(
                suite: header, counts: builders[index], status: isWhole ? .complete : status, comparison: comparisons?[index],
                isSelection: plan.filter != nil)
            return SuiteSummary(header: header, tally: builders[index].finished(), gate: gate.decide())
        }
        let summary = RunSummary(
            header: header, status: status, finishedAt: time, durationMs: durationMs, suites: suites, total: total.finished(),
            gate: GateDecision.worst(of: suites))
        try tell([.finished(summary)])
        return summary
    }

    private func count(_ result: CaseResult, suite: Int) -> RunEvent {
        var result = result
        result.isCritical = result.isCritical || critical[suite].contains(result.id)
        builders[suite].add(result, isCritical: result.isCritical)
        total.add(result, isCritical: result.isCritical)
        comparisons?[suite].add(result)
        return .caseFinished(result)
    }

    private func tell(_ events: [RunEvent]) throws {
        guard !events.isEmpty else { return }
        for observer in observers {
            do { try observer.handle(events) } catch {
                guard !observer.isEssential else { throw error }
                failures.append(ObserverFailure(name: observer.name, reason: "\(error)"))
                observers.removeAll { $0 === observer }
            }
        }
    }

    /// A verdict is left out of the run's total only when every suite leaves it out.
    private static func commonPolicy(_ plan: RunPlan) -> GatePolicy {
        let excluded = Verdict.allCases.filter { verdict in
            !plan.suites.isEmpty && plan.suites.allSatisfy { $0.suite.gate.excluded.contains(verdict) }
        }
        return GatePolicy(excluded: excluded)
    }
}
