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
    private var assembler: CaseAssembler
    private var judge: RunJudge
    private let critical: [Set<CaseID>]
    private var observers: [any RunObserver]
    private(set) var failures: [ObserverFailure] = []

    init(
        plan: RunPlan, header: RunHeader, baseline: Baseline?, efficacy: [SuiteID: EfficacyBaseline] = [:], observers: [any RunObserver]
    ) {
        self.header = header
        self.observers = observers
        assembler = CaseAssembler(plan: plan, today: header.startedAt)
        judge = RunJudge(header: header, baseline: baseline, efficacy: efficacy)
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
        let summary = judge.summary(status: status, at: time, durationMs: durationMs)
        try tell([.finished(summary)])
        return summary
    }

    private func count(_ result: CaseResult, suite: Int) -> RunEvent {
        var result = result
        result.isCritical = result.isCritical || critical[suite].contains(result.id)
        judge.add(result, suite: suite)
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
}
