import RungCore
import RungEvidence
import RungReporting
import RungRunner
import RungText

/// The other sides of efficacy suites: found where they are recorded, else made now, as a run of its own with the baseline's prompts.
struct EfficacyRun {
    let suites: [PlannedSuite]
    let request: TestRequest
    let registry: Registry
    let store: EvidenceStore
    let filter: CaseFilter
    /// Makes the environment of a run with this id.
    let environment: @Sendable (RunID) -> RunEnvironment
    let now: @Sendable () -> Timestamp

    /// What each suite is held to.
    ///
    /// - Throws: `LeaveStatus` when the baseline's run was interrupted; what reading a named baseline throws.
    func baselines() async throws -> [SuiteID: EfficacyBaseline] {
        let sides = suites.filter { $0.suite.efficacy != nil }
        guard !sides.isEmpty else { return [:] }
        let name = try await baselineRun(of: sides)
        var baselines: [SuiteID: EfficacyBaseline] = [:]
        for side in sides {
            guard let plan = side.suite.efficacy else { continue }
            var values: RunValues
            do {
                values = try NamedRun(name: name).values(compared: plan.value) { store }
            } catch {
                // One suite without its other side keeps no other suite from being run.
                values = RunValues(name: name, gap: "the baseline cannot be compared with: \(error)")
            }
            values.cases.removeAll { $0.key.suite != side.suite.id }
            baselines[side.suite.id] = EfficacyBaseline(plan: plan, values: values, isNamed: request.baseline != nil)
        }
        return baselines
    }

    /// The run or results file that the user named, else a whole run of the same plan, else a new one.
    private func baselineRun(of sides: [PlannedSuite]) async throws -> String {
        if let named = request.baseline { return named }
        let plan = RunPlan(suites: sides.map(asBaseline), seed: request.seed, filter: filter.description)
        if !request.newBaseline, let known = try store.latestCompleteRun(planDigest: plan.digest),
            try store.run(known).summary?.total.erroredTrials == 0
        {
            Terminal.say("baseline: run \(known) of the same plan is used again")
            return known.rawValue
        }
        let begun = request.newBaseline ? nil : try store.latestIncompleteRun(planDigest: plan.digest)
        let id = begun ?? Surroundings.newRunID(at: now())
        Terminal.say("baseline: run \(id)" + (begun == nil ? "" : ", which was interrupted, goes on"))
        var environment = environment(id)
        if begun != nil { environment.finished = try store.finishedTrials(of: id) }
        let observers: [any RunObserver] = [
            RunRecorder(store: store, actor: PrincipalID(Surroundings.actor)), ConsoleReporter.onStandardError(),
        ]
        let engine = RunEngine(plan: plan, environment: environment, observers: observers)
        let outcome = try await Interruption.cancelling { try await engine.run() }
        guard case .complete = outcome.summary.status else {
            Terminal.say("the baseline's run is incomplete, so there is nothing to compare with; go on with the same command")
            throw LeaveStatus(.inconclusive)
        }
        Terminal.say("")
        return id.rawValue
    }

    /// The suite with the baseline's version of the prompt.
    private func asBaseline(_ planned: PlannedSuite) -> PlannedSuite {
        var suite = planned.suite
        guard let plan = suite.efficacy else { return planned }
        suite.prompts.removeAll { $0.id == plan.prompt }
        suite.prompts.append(PromptReference(id: plan.prompt, label: plan.baseline))
        var side = PlannedSuite(suite: suite, scenarios: planned.scenarios, cases: planned.cases, registry: registry)
        side.cassettes = planned.cassettes
        return side
    }
}
