public import RungCrypto
public import RungText

/// What happens during a run, in one order for everybody.
///
/// `trialFinished` comes as trials finish; `caseFinished` comes in the order of the plan, so that reports are the same
/// whatever the timing was.
public enum RunEvent: Sendable {
    /// Indirect, as the end is: both are large and rare, and every event takes the room of the largest.
    indirect case started(RunHeader)
    case trialFinished(TrialResult)
    case caseFinished(CaseResult)
    indirect case finished(RunSummary)
}

/// Receives the events of a run; observers never talk to each other.
public protocol RunObserver: AnyObject, Sendable {
    /// Whether the run may go on without this observer: a report may fail, evidence may not.
    var isEssential: Bool { get }
    /// What it is called in messages, such as `junit report`.
    var name: String { get }
    /// Called with batches in order, never concurrently.
    func handle(_ events: [RunEvent]) throws
}

/// What is known before the first trial.
public struct RunHeader: Sendable {
    public var id: RunID
    public var startedAt: Timestamp
    public var seed: UInt64
    /// Digest of everything that decides: suites, agents, prompts, seed, selection.
    public var planDigest: Digest
    public var suites: [SuiteHeader]
    /// Cases and trials that are to be made: those of the plan, or of this part of it.
    public var cases: Int
    public var trials: Int
    /// Trials that an earlier, interrupted process has finished.
    public var resumedTrials: Int
    /// The selection as the user gave it; nil for everything.
    public var filter: String?
    public var baseline: String?
    /// The part of a larger run that this is; nil for a whole one.
    public var shard: RunShard?
    /// The parts that a whole run was put together from, in order; empty for any other.
    public var mergedFrom: [RunID]

    public init(
        id: RunID, startedAt: Timestamp, seed: UInt64, planDigest: Digest, suites: [SuiteHeader], cases: Int, trials: Int,
        resumedTrials: Int = 0, filter: String? = nil, baseline: String? = nil, shard: RunShard? = nil, mergedFrom: [RunID] = []
    ) {
        self.id = id
        self.startedAt = startedAt
        self.seed = seed
        self.planDigest = planDigest
        self.suites = suites
        self.cases = cases
        self.trials = trials
        self.resumedTrials = resumedTrials
        self.filter = filter
        self.baseline = baseline
        self.shard = shard
        self.mergedFrom = mergedFrom
    }

    /// The cassettes of all suites; nil where nothing is replayed.
    public var cassettes: SuiteCassettes? {
        suites.compactMap(\.cassettes).reduce(nil) { all, next in
            var sum = all ?? SuiteCassettes()
            sum.add(next)
            return sum
        }
    }
}

/// A suite as the run sees it.
public struct SuiteHeader: Sendable {
    public var id: SuiteID
    public var kind: Suite.Kind
    public var title: String?
    public var digest: Digest
    public var gate: GatePolicy
    public var requirement: TrialRequirement
    /// Configuration digests by agent, and the version of the deciding prompt.
    public var subjects: [RunSubject]
    public var cases: Int
    /// The cassettes that answer for the world; nil where nothing is replayed.
    public var cassettes: SuiteCassettes?

    public init(
        id: SuiteID, kind: Suite.Kind, title: String?, digest: Digest, gate: GatePolicy, requirement: TrialRequirement,
        subjects: [RunSubject], cases: Int, cassettes: SuiteCassettes? = nil
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.digest = digest
        self.gate = gate
        self.requirement = requirement
        self.subjects = subjects
        self.cases = cases
        self.cassettes = cassettes
    }
}

/// The agent, prompt version and configuration that cases are tried with.
public struct RunSubject: Sendable, Hashable {
    public var agent: AgentID
    public var promptVersion: Digest?
    public var configuration: Digest?

    public init(agent: AgentID, promptVersion: Digest?, configuration: Digest?) {
        self.agent = agent
        self.promptVersion = promptVersion
        self.configuration = configuration
    }
}

/// One attempt at a case, judged.
public struct TrialResult: Sendable {
    /// Index of the case in the plan.
    public var caseIndex: Int
    /// Index of the trial in its case, from 0.
    public var index: Int
    public var verdict: Verdict
    public var grades: [Grade]
    public var usage: Usage
    public var latencyMs: Double?
    /// Nil unless the trial errored for want of a transcript.
    public var fault: TrialFault?
    /// Faults of earlier attempts that were tried again.
    public var retried: [TrialFault]
    public var seed: UInt64
    /// Digest of the canonical transcript; nil without one.
    public var transcriptDigest: Digest?
    /// True when an earlier process of the same run performed it.
    public var isResumed: Bool

    public init(
        caseIndex: Int, index: Int, verdict: Verdict, grades: [Grade], usage: Usage = Usage(), latencyMs: Double? = nil,
        fault: TrialFault? = nil, retried: [TrialFault] = [], seed: UInt64, transcriptDigest: Digest? = nil,
        isResumed: Bool = false
    ) {
        self.caseIndex = caseIndex
        self.index = index
        self.verdict = verdict
        self.grades = grades
        self.usage = usage
        self.latencyMs = latencyMs
        self.fault = fault
        self.retried = retried
        self.seed = seed
        self.transcriptDigest = transcriptDigest
        self.isResumed = isResumed
    }
}

/// All trials of a case, and its verdict.
public struct CaseResult: Sendable {
    /// Index in the plan.
    public var index: Int
    public var id: CaseID
    public var title: String?
    public var suite: SuiteID
    public var subject: RunSubject
    public var verdict: Verdict
    /// Why it was skipped or is in quarantine.
    public var note: String?
    /// By trial index.
    public var trials: [TrialResult]
    public var isCritical: Bool
    public var slices: [String: String]
    public var intent: String?
    public var digest: Digest
    public var location: SourceLocation

    public init(
        index: Int, id: CaseID, title: String?, suite: SuiteID, subject: RunSubject, verdict: Verdict, note: String?,
        trials: [TrialResult], isCritical: Bool, slices: [String: String], intent: String?, digest: Digest,
        location: SourceLocation
    ) {
        self.index = index
        self.id = id
        self.title = title
        self.suite = suite
        self.subject = subject
        self.verdict = verdict
        self.note = note
        self.trials = trials
        self.isCritical = isCritical
        self.slices = slices
        self.intent = intent
        self.digest = digest
        self.location = location
    }

    /// What identifies the case across runs: suite, case and agent, not the prompt version under test.
    public var key: CaseKey { CaseKey(suite: suite, id: id, agent: subject.agent) }

    /// The first trial that did not pass, for messages.
    public var firstProblem: TrialResult? { trials.first { $0.verdict != .passed } }
}

/// Identifies a case across runs.
public struct CaseKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var suite: SuiteID
    public var id: CaseID
    public var agent: AgentID

    public init(suite: SuiteID, id: CaseID, agent: AgentID) {
        self.suite = suite
        self.id = id
        self.agent = agent
    }

    public var description: String { "\(suite)/\(id)@\(agent)" }

    public static func < (a: Self, b: Self) -> Bool {
        (a.suite, a.id, a.agent) < (b.suite, b.id, b.agent)
    }
}
