import RungCore
import RungCrypto
import RungEvidence
import RungFormats
import RungRedaction
import RungReplay
import RungReporting
import RungRunner
import RungText

/// What the user asked of `rung test`, as values.
struct TestRequest: Sendable {
    var root: String?
    var suites: [String] = []
    var filters: [String] = []
    var prompts: [PromptReference] = []
    var trials: Int?
    var seed: UInt64?
    var concurrency: Int?
    var timeLimitMs: Int?
    var baseline: String?
    /// Whether the baseline of efficacy suites is run again in any case.
    var newBaseline = false
    var resume: String?
    var rerunFailed: String?
    var shard: ShardChoice?
    var evidence: String?
}

/// Reads what a run needs, in the order in which it can go wrong, and starts it.
struct TestSession {
    let request: TestRequest
    let workspace: Workspace
    let registry: Registry
    let store: EvidenceStore
    let plan: RunPlan
    let runID: RunID
    private let redactor: Redactor
    private let prices: PriceTable
    private let filter: CaseFilter
    private let finished: (any FinishedTrials)?
    private let baseline: Baseline?
    private let now: @Sendable () -> Timestamp

    init(_ request: TestRequest) throws {
        self.request = request
        now = try Surroundings.clock()
        var diagnostics = Diagnostics()
        var place = SuitePlaces(root: request.root)
        let paths = try place.paths(of: request.suites, into: &diagnostics)
        workspace = place.workspace
        registry = workspace.registry(into: &diagnostics)
        prices = try Composition.prices(of: workspace, into: &diagnostics)
        // Everything that can be read without the store is checked before the store is touched.
        let evidence = request.evidence.map(FilePath.absolute) ?? workspace.evidencePath
        var filter = CaseFilter(patterns: request.filters)
        if let run = request.rerunFailed {
            try diagnostics.throwIfAny()
            filter.only = try Composition.existingStore(at: evidence).unsuccessfulCases(of: RunID(run))
            filter.onlyName = run
        }
        self.filter = filter
        let suites = Self.read(paths, request, registry, filter, into: &diagnostics)
        try diagnostics.throwIfAny()
        let checked = try CassetteCheck(workspace: workspace.root, now: now()).checked(suites)
        plan = RunPlan(suites: checked, seed: request.seed, filter: filter.description, slice: request.shard?.slice)
        baseline = try request.baseline.map { try Self.baseline($0, evidence) }
        if let resume = request.resume {
            let existing = try Composition.existingStore(at: evidence)
            runID = try resume == "latest" ? Self.latest(of: plan, in: existing) : existing.run(RunID(resume)).header.id
            finished = try existing.finishedTrials(of: runID)
        } else {
            runID = Surroundings.newRunID(at: now())
            finished = nil
        }
        redactor = try PrivacyReading.redactor(of: workspace)
        store = try Composition.store(at: evidence, redactor: redactor)
    }

    /// Performs the run; Ctrl-C ends it in order.
    func run(_ reports: ReportOptions) async throws -> RunOutcome {
        if !registry.agents.isEmpty { _ = try store.recordRegistry(registry, actor: PrincipalID(Surroundings.actor)) }
        let transport = Composition.transport(
            registry: registry, surroundings: Composition.surroundings(of: workspace, prices: prices), redactor: redactor)
        let redact = TrialRedaction(redactor: redactor).redacted
        let (now, request) = (now, request)
        @Sendable func plain(_ id: RunID) -> RunEnvironment {
            RunEnvironment(
                id: id, now: now, transport: transport, timeLimitMs: request.timeLimitMs, concurrency: request.concurrency,
                runKey: request.shard?.runKey, redact: redact)
        }
        var environment = plain(runID)
        environment.finished = finished
        environment.baseline = baseline
        // A shard decides nothing, so it needs no other side.
        if request.shard == nil {
            environment.efficacy = try await EfficacyRun(
                suites: plan.suites, request: request, registry: registry, store: store, filter: filter, environment: plain, now: now
            ).baselines()
        }
        let engine = RunEngine(plan: plan, environment: environment, observers: Composition.observers(reports, store: store))
        return try await Interruption.cancelling { try await engine.run() }
    }

    // MARK: - Reading

    static func read(
        _ paths: [String], _ request: TestRequest, _ registry: Registry, _ filter: CaseFilter, into diagnostics: inout Diagnostics
    ) -> [PlannedSuite] {
        let reader = SuiteFile(
            registry: registry, graders: Composition.graders,
            overrides: SuiteOverrides(trials: request.trials, prompts: request.prompts),
            selection: { filter.takes($0, suite: $1, agent: $2) })
        var seen: [SuiteID: String] = [:]
        var suites: [PlannedSuite] = []
        for path in paths {
            guard let loaded = reader.read(path, into: &diagnostics) else { continue }
            if let first = seen.updateValue(FilePath.shown(path), forKey: loaded.suite.id) {
                diagnostics.append(
                    Diagnostic(
                        FilePath.shown(path), nil, "suite \"\(loaded.suite.id)\" is defined twice",
                        suggestion: "first defined in \(first)"))
            }
            suites.append(
                PlannedSuite(suite: loaded.suite, scenarios: loaded.scenarios, cases: loaded.cases, registry: registry))
        }
        reader.checkOverrides(of: suites.map(\.suite), into: &diagnostics)
        return suites
    }

    /// The verdicts of a results file, or of a run in the evidence at `evidence`.
    static func baseline(_ name: String, _ evidence: String) throws -> Baseline {
        if FileBytes.exists(name) { return try ResultsFile.baseline(path: name) }
        if name.hasSuffix(".json") || name.contains("/") {
            throw InvalidInput(
                name, nil, "no such results file", suggestion: "write one with: rung test --json \(name)")
        }
        return try Composition.existingStore(at: evidence).baseline(of: RunID(name))
    }

    private static func latest(of plan: RunPlan, in store: EvidenceStore) throws -> RunID {
        if let id = try store.latestIncompleteRun(planDigest: plan.digest, slice: plan.slice) { return id }
        throw InvalidInput(
            "--resume latest", nil, "no interrupted run has this plan",
            suggestion: "give the same suites and options as the interrupted run; rung runs list shows it")
    }
}

/// What agents write to their standard error goes to ours when `RUNG_AGENT_LOG` is set, and nowhere otherwise.
enum AgentLog {
    private static let isWanted = Terminal.environment("RUNG_AGENT_LOG") != nil

    static let sink: AgentLogSink = { line in
        guard isWanted else { return }
        let trial = line.trialID.map { " \($0)" } ?? ""
        Terminal.say("[\(line.agent)\(trial)] \(Redactor.standard.redact(line.text).text)")
    }
}
