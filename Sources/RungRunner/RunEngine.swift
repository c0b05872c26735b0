public import RungCore
internal import RungCrypto
public import RungText

/// Makes a plan happen: bounded workers, one ordered stream of events, observers.
public struct RunEngine: Sendable {
    let plan: RunPlan
    let environment: RunEnvironment
    let observers: [any RunObserver]

    public init(plan: RunPlan, environment: RunEnvironment, observers: [any RunObserver]) {
        self.plan = plan
        self.environment = environment
        self.observers = observers
    }

    /// Runs until everything is done, or until the calling task is cancelled; then what has finished is told and the
    /// summary says incomplete.
    ///
    /// - Throws: what an essential observer or the scenario files throw; the run can be resumed then.
    public func run() async throws -> RunOutcome {
        let clock = ContinuousClock()
        let start = clock.now
        let header = header()
        let narrator = Narrator(
            plan: plan, header: header, baseline: environment.baseline, efficacy: environment.efficacy, observers: observers)
        try await narrator.start()
        let workers = Workers(plan: plan, environment: environment)
        let stop = try await workers.run(telling: narrator)
        let elapsed = clock.now - start
        let summary = try await narrator.finish(
            status: stop.map { .incomplete($0) } ?? .complete, at: environment.now(),
            durationMs: Double(elapsed.components.seconds) * 1e3 + Double(elapsed.components.attoseconds) / 1e15)
        return RunOutcome(summary: summary, observerFailures: await narrator.failures)
    }

    private func header() -> RunHeader {
        let taken = plan.taken
        let shard = plan.slice.map {
            RunShard(
                slice: $0, runKey: environment.runKey ?? plan.digest.description, planCases: plan.cases, planTrials: plan.trials)
        }
        return RunHeader(
            id: environment.id, startedAt: environment.now(), seed: plan.seed ?? plan.suites.first?.suite.seed ?? 1,
            planDigest: plan.digest, suites: plan.suiteHeaders, cases: taken.cases, trials: taken.trials,
            resumedTrials: environment.finished?.count ?? 0, filter: plan.filter, baseline: environment.baseline?.name, shard: shard)
    }
}

/// What a run takes from outside: time, identity, transports, what was finished before.
public struct RunEnvironment: Sendable {
    public var id: RunID
    public var now: @Sendable () -> Timestamp
    /// Makes the transport of an agent in a suite; called once for each, before its first trial.
    public var transport: @Sendable (AgentID, Suite) -> any AgentTransport
    public var finished: (any FinishedTrials)?
    public var baseline: Baseline?
    /// The other sides of efficacy suites; those that are missing decide nothing.
    public var efficacy: [SuiteID: EfficacyBaseline] = [:]
    /// Milliseconds after which no more trials are begun; nil for no limit.
    public var timeLimitMs: Int?
    /// Overrides the suites' own; nil for theirs.
    public var concurrency: Int?
    /// What the parts of one sharded run share; nil for the digest of the plan.
    public var runKey: String?
    /// Takes out of a judged trial what no report and no record may hold; called once for each, before anybody is told.
    public var redact: @Sendable (TrialResult) -> TrialResult

    public init(
        id: RunID, now: @escaping @Sendable () -> Timestamp, transport: @escaping @Sendable (AgentID, Suite) -> any AgentTransport,
        finished: (any FinishedTrials)? = nil, baseline: Baseline? = nil, timeLimitMs: Int? = nil, concurrency: Int? = nil,
        runKey: String? = nil,
        redact: @escaping @Sendable (TrialResult) -> TrialResult = { $0 }
    ) {
        self.id = id
        self.now = now
        self.transport = transport
        self.finished = finished
        self.baseline = baseline
        self.timeLimitMs = timeLimitMs
        self.concurrency = concurrency
        self.runKey = runKey
        self.redact = redact
    }
}

/// What a run came to, and which reports could not be written.
public struct RunOutcome: Sendable {
    public var summary: RunSummary
    public var observerFailures: [ObserverFailure]
}

/// A report that failed; the run went on without it.
public struct ObserverFailure: Sendable, Equatable {
    public var name: String
    public var reason: String

    public init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}
