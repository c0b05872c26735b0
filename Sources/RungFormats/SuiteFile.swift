public import RungCore
internal import RungCrypto
public import RungText

/// A suite file that has been read, with the index of its scenarios and the cases that it asks for.
public struct LoadedSuite: Sendable {
    public var suite: Suite
    public var scenarios: ScenarioCatalog
    /// In order of scenario, then of agent.
    public var cases: [PlannedCase]
    /// Cases that the selection left out.
    public var deselected: Int
}

/// `suites/*.yaml`: cases run together under one gate.
public struct SuiteFile {
    let registry: Registry
    let graders: GraderReading
    let overrides: SuiteOverrides
    /// Which cases to take; everything by default.
    let selection: (ScenarioOutline, SuiteID, AgentID) -> Bool

    public init(
        registry: Registry, graders: GraderReading, overrides: SuiteOverrides = SuiteOverrides(),
        selection: @escaping (ScenarioOutline, SuiteID, AgentID) -> Bool = { _, _, _ in true }
    ) {
        self.registry = registry
        self.graders = graders
        self.overrides = overrides
        self.selection = selection
    }

    /// Reads the suite and all of its scenarios; every problem of every file is added to `diagnostics`.
    public func read(_ path: String, into diagnostics: inout Diagnostics) -> LoadedSuite? {
        guard let text = DocumentFile.text(of: path, into: &diagnostics) else { return nil }
        let shown = FilePath.shown(path)
        let shape = Self.shape(graders: graders.shape)
        guard
            let node = DocumentFile.read(
                text: text, shown: shown, isJSON: path.hasSuffix(".json"), shape: shape, into: &diagnostics)
        else { return nil }
        let before = diagnostics.all.count
        var suite = self.suite(from: node, file: shown, path: path)
        overrides.apply(to: &suite, registry: registry)
        readGraders(node, of: &suite, file: shown, into: &diagnostics)
        checkBudgets(node, of: suite, file: shown, into: &diagnostics)
        checkDrift(node, of: suite, file: shown, into: &diagnostics)
        checkAgents(node, of: suite, file: shown, into: &diagnostics)
        suite.efficacy = EfficacyReading.read(node, of: suite, registry: registry, file: shown, into: &diagnostics)
        if let plan = suite.efficacy, !suite.prompts.contains(where: { $0.id == plan.prompt }) {
            suite.prompts.append(PromptReference(id: plan.prompt, label: plan.candidate))
        }
        var catalog = ScenarioCatalog(reading: ScenarioReading(graders: graders, suiteGraders: suite.graders))
        var cases = CaseSelection(suite: suite, selection: selection)
        var hasher = SHA256Hasher()
        hasher.update(text)
        for entry in node["scenarios"]?.array ?? [] {
            guard let name = entry.string else { continue }
            let file = FilePath.normalized(FilePath.join(FilePath.folder(of: path), name))
            if !FileBytes.exists(file) {
                diagnostics.append(missing(file, at: entry, in: shown))
                continue
            }
            let digest = catalog.add(file, into: &diagnostics) { index, scenario, diagnostics in
                cases.add(scenario, at: index, into: &diagnostics)
            }
            if let digest { hasher.update(digest.bytes) }
        }
        catalog.checkNames(into: &diagnostics)
        guard diagnostics.all.count == before else { return nil }
        cases.checkNamedCases(node, file: shown, into: &diagnostics)
        guard diagnostics.all.count == before else { return nil }
        suite.digest = hasher.finalize()
        return LoadedSuite(suite: suite, scenarios: catalog, cases: cases.cases, deselected: cases.deselected)
    }

    private func missing(_ file: String, at entry: Node, in shown: String) -> Diagnostic {
        let siblings = (try? FileBytes.names(in: FilePath.folder(of: file))) ?? []
        let nearest = NearestWord.of(FilePath.name(of: file), among: siblings)
        return Diagnostic(
            shown, entry.position, "no file \(FilePath.shown(file))",
            suggestion: nearest.map { "did you mean \"\($0)\"?" } ?? "paths are relative to the suite file")
    }

    private func suite(from node: Node, file: String, path: String) -> Suite {
        var suite = Suite(
            id: SuiteID(node["id"]?.string ?? ""), kind: node["kind"]?.string.flatMap(Suite.Kind.init) ?? .regression,
            agents: (node["agents"]?.strings ?? []).map { AgentID($0) }, digest: SHA256Hasher.digest(of: ""),
            location: SourceLocation(file: file, line: 1))
        suite.title = node["title"]?.string
        suite.boundary = node["boundary"]?.string.flatMap(Suite.Boundary.init) ?? .live
        suite.drift = node["drift"]?.string.flatMap(Suite.Drift.init)
        suite.cassettes = node["cassettes"]?.string.map { FilePath.normalized(FilePath.join(FilePath.folder(of: path), $0)) }
        suite.prompts = (node["prompts"]?.members ?? []).compactMap { member in
            member.value.string.map { PromptReference(id: PromptID(member.key), label: $0) }
        }
        suite.trials = node["trials"]?.int
        suite.requirement = Self.requirement(node["require"])
        suite.retries = node["retries"]?.int ?? suite.retries
        suite.timeoutMs = node["timeout"]?.string.flatMap(DurationText.milliseconds) ?? suite.timeoutMs
        suite.concurrency = node["concurrency"]?.int ?? suite.concurrency
        suite.seed = UInt64(node["seed"]?.int ?? 1)
        if let gate = node["gate"] { suite.gate = Self.gate(gate) }
        suite.quarantine = (node["quarantine"]?.array ?? []).compactMap { entry in
            guard let id = entry["case"]?.string, let reason = entry["reason"]?.string,
                let until = entry["until"]?.string.flatMap({ Timestamp($0) })
            else { return nil }
            return Suite.Quarantine(caseID: CaseID(id), reason: reason, until: until, position: entry.position)
        }
        return suite
    }

    private static func requirement(_ node: Node?) -> TrialRequirement {
        if let count = node?["at-least"]?.int { return .atLeast(count) }
        return node?.string == "any" ? .any : .all
    }

    private static func gate(_ node: Node) -> GatePolicy {
        GatePolicy(
            minimumPassRate: node["minimum-pass-rate"]?.double ?? 1,
            critical: (node["critical"]?.strings ?? []).map { CaseID($0) },
            newlyFailing: node["newly-failing"]?.string.flatMap(GatePolicy.NewlyFailing.init) ?? .forbid,
            excluded: (node["exclude"]?.strings ?? []).compactMap(Verdict.init))
    }

    private func readGraders(_ node: Node, of suite: inout Suite, file: String, into diagnostics: inout Diagnostics) {
        do { suite.graders = try graders.bindings(node["graders"]?.array ?? [], file, []) } catch {
            for diagnostic in error.diagnostics { diagnostics.append(diagnostic) }
        }
    }

    /// What a cassette answers takes no time and costs nothing: a limit on it would pass whatever the agent does.
    private func checkBudgets(_ node: Node, of suite: Suite, file: String, into diagnostics: inout Diagnostics) {
        guard suite.boundary == .model || suite.boundary == .both else { return }
        for grader in node["graders"]?.array ?? [] {
            for key in ["max-latency", "max-cost"] {
                guard let limit = grader[key] else { continue }
                diagnostics.append(
                    Diagnostic(
                        file, limit.position, "\(key) says nothing about replayed models",
                        suggestion: "hold live runs to it, in a suite with boundary: live"))
            }
        }
    }

    /// What live tools answer can be held against a recording only where tools are live and models recorded.
    private func checkDrift(_ node: Node, of suite: Suite, file: String, into diagnostics: inout Diagnostics) {
        guard let drift = node["drift"], suite.drift != nil, suite.boundary != .model else { return }
        diagnostics.append(
            Diagnostic(
                file, drift.position,
                "drift compares live tools with recorded ones; at boundary \(suite.boundary.rawValue) there is nothing to compare",
                suggestion: "give the suite boundary: model, or leave drift out"))
    }

    private func checkAgents(_ node: Node, of suite: Suite, file: String, into diagnostics: inout Diagnostics) {
        let known = registry.agents.map(\.id.rawValue)
        var seen: Set<AgentID> = []
        for (id, entry) in zip(suite.agents, node["agents"]?.array ?? [node["agents"] ?? node]) {
            if !seen.insert(id).inserted {
                diagnostics.append(Diagnostic(file, entry.position, "agent \"\(id)\" is listed twice"))
            }
            guard suite.boundary.runsAgents else { continue }
            guard let agent = registry.agent(id) else {
                guard !registry.unreadable.contains(id.rawValue) else { continue }
                diagnostics.append(
                    Diagnostic(
                        file, entry.position, "agent \"\(id)\" is not registered",
                        suggestion: NearestWord.of(id.rawValue, among: known).map { "did you mean \"\($0)\"?" }
                            ?? "add agents/\(id).yaml, or grade recordings with boundary: transcript"))
                continue
            }
            if suite.boundary.needsCassettes, !agent.transport.takesVariables {
                diagnostics.append(
                    Diagnostic(
                        file, entry.position,
                        "agent \"\(id)\" is reached at an address and keeps its own models and tools: no recording can answer for them",
                        suggestion:
                            "use boundary: live or transcript, or hand it {{ environment.OPENAI_BASE_URL }} and the like in its template"))
            }
            if agent.transport == .transcript {
                diagnostics.append(
                    Diagnostic(
                        file, entry.position, "agent \"\(id)\" has no transport that runs it",
                        suggestion: "give it another transport, such as kind command, or grade recordings with boundary: transcript"))
            }
        }
        var mentions: [Mention] = []
        for (reference, member) in zip(suite.prompts, node["prompts"]?.members ?? []) {
            mentions.append(Mention(file: file, position: member.value.position, subject: .prompt(reference, at: member.position)))
            let users = suite.agents.compactMap { registry.agent($0) }.filter { $0.prompts.contains { $0.id == reference.id } }
            if users.isEmpty, suite.boundary.runsAgents {
                diagnostics.append(
                    Diagnostic(
                        file, member.position, "no agent of this suite uses prompt \"\(reference.id)\"",
                        suggestion: NearestWord.suggestion(
                            for: reference.id.rawValue,
                            among: suite.agents.compactMap { registry.agent($0) }.flatMap { $0.prompts.map(\.id.rawValue) })))
            }
        }
        registry.check(mentions, into: &diagnostics)
    }
}

/// Collects the cases of a suite while its scenario files are read.
private struct CaseSelection {
    let suite: Suite
    let selection: (ScenarioOutline, SuiteID, AgentID) -> Bool
    var cases: [PlannedCase] = []
    var deselected = 0
    /// Named by the suite file itself, and not yet met in a scenario file.
    private var wanted: Set<CaseID>
    /// Ids for suggestions; as many as a person would look through.
    private var known: [String] = []

    init(suite: Suite, selection: @escaping (ScenarioOutline, SuiteID, AgentID) -> Bool) {
        self.suite = suite
        self.selection = selection
        wanted = Set(suite.gate.critical + suite.quarantine.map(\.caseID))
    }

    mutating func add(_ scenario: ScenarioOutline, at index: Int, into diagnostics: inout Diagnostics) {
        if !wanted.isEmpty { wanted.remove(scenario.id) }
        if known.count < 1_000 { known.append(scenario.id.rawValue) }
        check(scenario, into: &diagnostics)
        for (position, agent) in suite.agents.enumerated() where scenario.agent == nil || scenario.agent == agent {
            guard selection(scenario, suite.id, agent) else {
                deselected += 1
                continue
            }
            cases.append(PlannedCase(scenario: index, agent: position, trials: scenario.isSkipped ? 0 : trials(of: scenario)))
        }
    }

    private func trials(of scenario: ScenarioOutline) -> Int {
        suite.trials ?? (suite.boundary == .transcript ? scenario.recorded : 1)
    }

    private func check(_ scenario: ScenarioOutline, into diagnostics: inout Diagnostics) {
        func report(_ message: String, _ suggestion: String?) {
            let position = SourcePosition(line: scenario.location.line, column: 1)
            diagnostics.append(Diagnostic(scenario.location.file, position, message, suggestion: suggestion))
        }
        if let agent = scenario.agent, !suite.agents.contains(agent) {
            report(
                "scenario \"\(scenario.id)\" is for agent \"\(agent)\", which suite \"\(suite.id)\" does not list",
                NearestWord.suggestion(for: agent.rawValue, among: suite.agents.map(\.rawValue)))
        }
        guard !scenario.isSkipped else { return }
        if scenario.graders == 0 {
            report("scenario \"\(scenario.id)\" has no graders", "add graders to it, or to the suite")
        }
        let wanted = max(1, suite.trials ?? 1)
        if suite.boundary == .transcript, scenario.recorded < wanted {
            report(
                "scenario \"\(scenario.id)\" has \(scenario.recorded) recorded trials, the suite asks for \(wanted)",
                "record more trials, or lower trials in the suite")
        }
        if case .atLeast(let needed) = suite.requirement, needed > trials(of: scenario) {
            report(
                "scenario \"\(scenario.id)\" has \(trials(of: scenario)) trials, the suite requires \(needed) to pass",
                "raise trials, or lower at-least in the suite")
        }
    }

    /// Critical and quarantined cases must exist.
    func checkNamedCases(_ node: Node, file: String, into diagnostics: inout Diagnostics) {
        guard !wanted.isEmpty else { return }
        let critical = node["gate"]?["critical"]?.array ?? []
        let quarantined = (node["quarantine"]?.array ?? []).compactMap { $0["case"] }
        for entry in critical + quarantined {
            guard let id = entry.string, wanted.contains(CaseID(id)) else { continue }
            diagnostics.append(
                Diagnostic(
                    file, entry.position, "no scenario \"\(id)\" in this suite",
                    suggestion: NearestWord.of(id, among: known).map { "did you mean \"\($0)\"?" }))
        }
    }
}
