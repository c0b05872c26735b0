import RungCore
import RungFormats
import RungRedaction
import RungReplay
import RungRunner
import RungText

/// Records the cases of suites: each agent plays each case once against the world, and its traffic becomes the cassette of the case.
struct SuiteRecording {
    /// What the user asked for, as values.
    struct Request: Sendable {
        var root: String?
        var suites: [String]
        var scenarios: [String]
        var refresh: Bool
        var upstreams: [String: String]
    }

    private let request: Request
    private let workspace: Workspace
    private let registry: Registry
    private let suites: [PlannedSuite]
    private let redactor: Redactor
    private let surroundings: TransportSurroundings
    private let now: @Sendable () -> Timestamp

    /// - Throws: `InvalidInput` with every problem of the files, and for suites that replay nothing.
    init(_ request: Request) throws {
        self.request = request
        now = try Surroundings.clock()
        var diagnostics = Diagnostics()
        var place = SuitePlaces(root: request.root)
        let paths = try place.paths(of: request.suites, into: &diagnostics)
        workspace = place.workspace
        registry = workspace.registry(into: &diagnostics)
        surroundings = Composition.surroundings(of: workspace, prices: try Composition.prices(of: workspace, into: &diagnostics))
        let filter = CaseFilter(patterns: request.scenarios)
        suites = TestSession.read(paths, TestRequest(suites: request.suites), registry, filter, into: &diagnostics)
        for planned in suites where !planned.suite.boundary.needsCassettes && !request.suites.isEmpty {
            diagnostics.append(
                Diagnostic(
                    planned.suite.location.file, nil, "suite \"\(planned.suite.id)\" replays nothing",
                    suggestion: "give it boundary: model, tools or both"))
        }
        try diagnostics.throwIfAny()
        redactor = try PrivacyReading.redactor(of: workspace)
    }

    /// What became of all cases.
    struct Tally: Sendable {
        var recorded = 0
        var kept = 0
        var failed = 0
        /// Whether it was stopped before the last case.
        var isInterrupted = false
    }

    /// Records case after case; a case that fails leaves its cassette as it was.
    func run() async throws -> Tally {
        let server = try await ReplayServer.start(randomBytes: Surroundings.randomBytes)
        var tally = Tally()
        do {
            for planned in suites where planned.suite.boundary.needsCassettes { try await record(planned, server, &tally) }
        } catch is CancellationError {
            tally.isInterrupted = true
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        return tally
    }

    private func record(_ planned: PlannedSuite, _ server: ReplayServer, _ tally: inout Tally) async throws {
        let suite = planned.suite
        let shelf = CassetteShelf(folder: CassetteShelf.folder(of: suite, workspace: workspace.root), redactor: redactor)
        let transports = suite.agents.map { id in
            let agent = registry.agent(id) ?? Agent(id: id, transport: .transcript, location: suite.location)
            return RecordingTransport(
                TransportCatalog.make(agent: agent, boundary: suite.boundary, surroundings: surroundings),
                keys: RecordSession.keys())
        }
        do {
            for planCase in planned.cases where planCase.trials > 0 {
                for scenario in try planned.scenarios.scenarios(in: planCase.scenario..<planCase.scenario + 1) {
                    try Task.checkCancellation()
                    let file = shelf.file(agent: suite.agents[planCase.agent], case: scenario.id)
                    guard request.refresh || !file.exists else {
                        tally.kept += 1
                        continue
                    }
                    try await record(scenario, planned, planCase.agent, transports[planCase.agent], file, server, &tally)
                }
            }
        } catch {
            for transport in transports { await transport.close() }
            throw error
        }
        for transport in transports { await transport.close() }
    }

    private func record(
        _ scenario: Scenario, _ planned: PlannedSuite, _ agent: Int, _ transport: RecordingTransport, _ file: CassetteFile,
        _ server: ReplayServer, _ tally: inout Tally
    ) async throws {
        let suite = planned.suite
        let old = file.exists ? try file.read() : nil
        let recorder = Recorder(
            Recorder.Settings(
                scenario: scenario.id.rawValue, recorder: "rung \(Version.current)", promptVersion: planned.prompts[agent].first?.version,
                normalizers: old?.normalizers ?? Normalizer.standard,
                upstreams: ReplayEnvironment.upstreams(
                    named: upstreams(of: suite.agents[agent]), environment: environment(of: suite.agents[agent])),
                redactor: redactor, keys: Array(RecordSession.keys().values), now: now), proxy: RecordSession.proxy())
        let plan = RunPlan(suites: [planned])
        let trial = TrialRequest(
            trialID: "\(suite.id)/\(scenario.id)@\(suite.agents[agent])#0", agent: suite.agents[agent], index: 0,
            seed: plan.seed(of: planned, case: scenario.id, agent: suite.agents[agent], trial: 0), timeoutMs: suite.timeoutMs,
            scenario: scenario, prompts: planned.prompts[agent])
        let name = "\(suite.id)/\(scenario.id)@\(suite.agents[agent])"
        let outcome = await transport.perform(trial, server, recorder)
        for finding in outcome.report.findings { Terminal.say("\(name): \(finding.message)") }
        if case .failure(let fault) = outcome.transcript {
            if fault.kind == .cancelled { throw CancellationError() }
            Terminal.say("\(name): \(fault.description)")
        }
        guard case .success = outcome.transcript, outcome.report.findings.isEmpty else {
            tally.failed += 1
            return
        }
        if outcome.cassette.isEmpty { Terminal.say("\(name): the agent asked for nothing; its cassette is empty") }
        try keep(old?.refreshed(by: outcome.cassette) ?? outcome.cassette, file)
        Terminal.say("\(name): \(outcome.cassette.summary) in \(FilePath.shown(file.path))")
        tally.recorded += 1
    }

    /// Where the providers of an agent are: its own settings before the variables of this process.
    private func environment(of agent: AgentID) -> [String: String] {
        RecordSession.environment().merging(registry.agent(agent).map { ReplayEnvironment.addresses(of: $0.transport) } ?? [:]) { _, own in
            own
        }
    }

    /// What the user named; tools over MCP are also found where the agent's card has them.
    private func upstreams(of agent: AgentID) -> [String: String] {
        var upstreams = request.upstreams
        let suffix = "/mcp"
        if upstreams["mcp"] == nil, let url = registry.agent(agent)?.toolServer, url.hasSuffix(suffix) {
            upstreams["mcp"] = String(url.dropLast(suffix.count))
        }
        return upstreams
    }

    private func keep(_ cassette: Cassette, _ file: CassetteFile) throws {
        try NewFile.makeFolder(FilePath.folder(of: file.path))
        try file.write(cassette)
    }
}
