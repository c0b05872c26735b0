public import RungCore
public import RungCrypto
internal import RungStatistics
internal import RungText

/// Everything that a run will do, decided before the first trial. A pure value: the same files give the same plan.
public struct RunPlan: Sendable {
    public var suites: [PlannedSuite]
    /// Digest of everything that decides: suites, agents, prompts, seeds, trials and selection.
    public let digest: Digest
    /// The base of all trial seeds, when the user gave one; else each suite's own.
    public let seed: UInt64?
    /// The selection as the user gave it; nil for everything.
    public let filter: String?
    /// The part of the plan that is made here; nil for all of it. It does not change the digest.
    public let slice: ShardSlice?
    /// Index of each suite's first case in the run.
    let firstCases: [Int]

    public init(suites: [PlannedSuite], seed: UInt64? = nil, filter: String? = nil, slice: ShardSlice? = nil) {
        self.suites = suites
        self.seed = seed
        self.filter = filter
        self.slice = slice
        var first = 0
        firstCases = suites.map { suite in
            defer { first += suite.cases.count }
            return first
        }
        digest = Self.digest(suites: suites, seed: seed, filter: filter)
    }

    /// Cases of the whole plan.
    public var cases: Int { suites.reduce(0) { $0 + $1.cases.count } }

    /// Trials of the whole plan.
    public var trials: Int { suites.reduce(0) { $0 + $1.cases.reduce(0) { $0 + $1.trials } } }

    /// The seed of one trial; it depends on the case and not on its place, so that adding cases changes no other seed.
    public func seed(of suite: PlannedSuite, case id: CaseID, agent: AgentID, trial: Int) -> UInt64 {
        StableSeed(base: seed ?? suite.suite.seed)
            .mixing(suite.suite.id.rawValue).mixing(id.rawValue).mixing(agent.rawValue).mixing(trial).value
    }

    private static func digest(suites: [PlannedSuite], seed: UInt64?, filter: String?) -> Digest {
        let value: JSONValue = [
            "filter": filter.map { .string($0) } ?? .null,
            "seed": seed.map { .string(String($0)) } ?? .null,
            "suites": .array(suites.map(\.identity)),
        ]
        return SHA256Hasher.digest(of: CanonicalJSON.bytes(of: value))
    }
}

/// A suite with what it needs to run.
public struct PlannedSuite: Sendable {
    public var suite: Suite
    public var scenarios: any ScenarioSource
    public var cases: [PlannedCase]
    /// By index of the agent in the suite.
    public var subjects: [RunSubject]
    /// Prompt versions to send, by index of the agent.
    public var prompts: [[PromptVersion]]
    /// The cassettes that answer for the world; nil where nothing is replayed.
    public var cassettes: SuiteCassettes?

    /// - Parameter registry: gives the cards of the agents; an agent that is not in it has no prompts and no configuration.
    public init(suite: Suite, scenarios: any ScenarioSource, cases: [PlannedCase], registry: Registry) {
        self.suite = suite
        self.scenarios = scenarios
        self.cases = cases
        // A recording says nothing about the prompt and configuration that are on the card today.
        let agents = suite.agents.map { suite.boundary == .transcript ? nil : registry.agent($0) }
        prompts = agents.map { agent in
            (agent?.prompts ?? []).compactMap { reference in
                registry.prompt(suite.prompts.first { $0.id == reference.id } ?? reference)
            }
        }
        subjects = zip(suite.agents, zip(agents, prompts)).map { id, pair in
            RunSubject(agent: id, promptVersion: pair.1.first?.version, configuration: pair.0?.configurationDigest)
        }
    }

    /// The header that events carry.
    ///
    /// - Parameter cases: how many of the suite's cases are made.
    func header(cases: Int) -> SuiteHeader {
        SuiteHeader(
            id: suite.id, kind: suite.kind, title: suite.title, digest: suite.digest, gate: suite.gate,
            requirement: suite.requirement, subjects: subjects, cases: cases, cassettes: cassettes)
    }

    /// What decides about this suite, for the plan's digest.
    fileprivate var identity: JSONValue {
        var hasher = SHA256Hasher()
        for planned in cases { hasher.update("\(planned.scenario) \(planned.agent) \(planned.trials)\n") }
        return [
            "cases": .string(hasher.finalize().description),
            "digest": .string(suite.digest.description),
            "prompts": .array(prompts.map { .array($0.map { .string($0.version.description) }) }),
            "subjects": .array(subjects.map { .string("\($0.agent) \($0.configuration?.description ?? "-")") }),
        ]
    }
}
