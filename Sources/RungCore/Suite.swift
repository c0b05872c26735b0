public import RungCrypto
public import RungText

/// Cases run together under one gate.
public struct Suite: Sendable {
    public var id: SuiteID
    public var title: String?
    public var kind: Kind
    /// In order of declaration.
    public var agents: [AgentID]
    /// Prompt versions to use in place of those on the agents' cards.
    public var prompts: [PromptReference]
    /// What is compared, of a suite of kind efficacy; nil of others.
    public var efficacy: EfficacyPlan?
    public var boundary: Boundary
    /// What becomes of live tools that answer otherwise than when the cassette was recorded; nil: nobody compares.
    public var drift: Drift?
    /// Folder of the cassettes; nil for `cassettes/SUITE` in the workspace.
    public var cassettes: String?
    /// Applied to every case, before the scenario's own.
    public var graders: [GraderBinding]
    /// Trials per case; nil: as many as were recorded, or one.
    public var trials: Int?
    public var requirement: TrialRequirement
    /// How often a trial is tried again after an infrastructure fault.
    public var retries: Int
    /// Milliseconds for one trial.
    public var timeoutMs: Int
    public var concurrency: Int
    public var seed: UInt64
    public var gate: GatePolicy
    public var quarantine: [Quarantine]
    /// Digest of the suite file and of the bytes of every scenario file, in order.
    public var digest: Digest
    public var location: SourceLocation

    public enum Kind: String, Sendable, CaseIterable {
        /// Every case must hold.
        case regression
        /// One version of a prompt is compared with another over the same cases.
        case efficacy
    }

    /// Where recording answers for the world.
    public enum Boundary: String, Sendable, CaseIterable {
        /// The agent runs; nothing is replayed.
        case live
        /// Nothing runs; what was recorded is graded.
        case transcript
        /// The agent runs; its models answer from the cassette of the case, and its tools are real.
        case model
        /// The agent runs; its tools answer from the cassette of the case, and its models are real.
        case tools
        /// The agent runs; models and tools answer from the cassette of the case.
        case both

        /// Whether agents are run.
        public var runsAgents: Bool { self != .transcript }

        /// Whether a cassette answers for a part of the world.
        public var needsCassettes: Bool { self == .model || self == .tools || self == .both }
    }

    /// What it means that a live tool answers otherwise than it was recorded; for models from cassettes with tools that are real.
    public enum Drift: String, Sendable, CaseIterable {
        /// The trial fails.
        case fail
        /// Reports say it, and the verdict is left alone.
        case report
    }

    /// A case that is known to be unreliable.
    public struct Quarantine: Sendable {
        public var caseID: CaseID
        public var reason: String
        /// From this day on the case counts again.
        public var until: Timestamp
        public var position: SourcePosition

        public init(caseID: CaseID, reason: String, until: Timestamp, position: SourcePosition) {
            self.caseID = caseID
            self.reason = reason
            self.until = until
            self.position = position
        }
    }

    public init(id: SuiteID, kind: Kind, agents: [AgentID], digest: Digest, location: SourceLocation) {
        self.id = id
        self.kind = kind
        self.agents = agents
        self.digest = digest
        self.location = location
        prompts = []
        boundary = .live
        graders = []
        requirement = .all
        retries = 0
        timeoutMs = 30_000
        concurrency = 4
        seed = 1
        gate = GatePolicy()
        quarantine = []
    }
}

/// What a regression run must show to pass.
public struct GatePolicy: Sendable, Equatable {
    /// Proportion 0…1 of the cases that count.
    public var minimumPassRate: Double
    /// Cases that must pass, in addition to those whose scenario says so.
    public var critical: [CaseID]
    /// Whether a case that passed in the baseline and does not now fails the gate.
    public var newlyFailing: NewlyFailing
    /// Verdicts left out of the denominator; quarantined cases always are.
    public var excluded: [Verdict]

    public enum NewlyFailing: String, Sendable, CaseIterable { case forbid, report }

    public init(
        minimumPassRate: Double = 1, critical: [CaseID] = [], newlyFailing: NewlyFailing = .forbid, excluded: [Verdict] = []
    ) {
        self.minimumPassRate = minimumPassRate
        self.critical = critical
        self.newlyFailing = newlyFailing
        self.excluded = excluded
    }
}
