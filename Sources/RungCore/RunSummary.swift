public import RungText

/// What a run came to.
public struct RunSummary: Sendable {
    public var header: RunHeader
    public var status: RunStatus
    public var finishedAt: Timestamp
    /// Milliseconds of wall time, of this process alone.
    public var durationMs: Double
    public var suites: [SuiteSummary]
    /// Over all suites; quarantined cases and those the policies exclude are left out of the rates.
    public var total: Tally
    public var gate: GateDecision

    public init(
        header: RunHeader, status: RunStatus, finishedAt: Timestamp, durationMs: Double, suites: [SuiteSummary], total: Tally,
        gate: GateDecision
    ) {
        self.header = header
        self.status = status
        self.finishedAt = finishedAt
        self.durationMs = durationMs
        self.suites = suites
        self.total = total
        self.gate = gate
    }

    /// The status to leave with; a part of a run that has made all its cases leaves with 0, whatever became of them.
    public var exitStatus: ExitStatus {
        var statuses: [ExitStatus] = []
        switch gate.decision {
        case .pass: break
        case .fail: statuses.append(.failed)
        // The part of a run is not at fault that it decides nothing.
        case .inconclusive: if header.shard == nil { statuses.append(.inconclusive) }
        }
        if status != .complete { statuses.append(.inconclusive) }
        if total.everyTrialErrored { statuses.append(.infrastructure) }
        return ExitStatus.decisive(statuses)
    }
}

/// Whether every planned trial was made.
public enum RunStatus: Sendable, Equatable {
    case complete
    /// With the reason; the run can be resumed.
    case incomplete(String)

    public var word: String { self == .complete ? "complete" : "incomplete" }
}

/// What one suite of a run came to.
public struct SuiteSummary: Sendable {
    public var header: SuiteHeader
    public var tally: Tally
    public var gate: GateDecision

    public init(header: SuiteHeader, tally: Tally, gate: GateDecision) {
        self.header = header
        self.tally = tally
        self.gate = gate
    }
}

/// Counts and rates over the cases of a suite or run.
public struct Tally: Sendable, Equatable {
    public var verdicts: VerdictCounts
    /// Trials made, and how many of them errored.
    public var trials: Int
    public var erroredTrials: Int
    /// Cases that the rates count; quarantined and excluded ones are not among them.
    public var counted: Int
    /// Nil when no case counts.
    public var passRate: PassRate?
    /// Entry k−1 is pass@k; as long as the smallest number of trials of a case.
    public var passAtK: [Double]
    /// Entry k−1 is pass^k.
    public var passHatK: [Double]
    public var usage: Usage
    /// Cases whose trials did not all end alike.
    public var unstable: Int
    /// Cases with more than one trial.
    public var repeated: Int
    /// Retries after infrastructure faults.
    public var retries: Int

    public init(
        verdicts: VerdictCounts = VerdictCounts(), trials: Int = 0, erroredTrials: Int = 0, counted: Int = 0,
        passRate: PassRate? = nil, passAtK: [Double] = [], passHatK: [Double] = [], usage: Usage = Usage(),
        unstable: Int = 0, repeated: Int = 0, retries: Int = 0
    ) {
        self.verdicts = verdicts
        self.trials = trials
        self.erroredTrials = erroredTrials
        self.counted = counted
        self.passRate = passRate
        self.passAtK = passAtK
        self.passHatK = passHatK
        self.usage = usage
        self.unstable = unstable
        self.repeated = repeated
        self.retries = retries
    }

    public var everyTrialErrored: Bool { trials > 0 && erroredTrials == trials }
}

/// A pass rate with its interval.
public struct PassRate: Sendable, Equatable {
    /// Proportions 0…1.
    public var estimate: Double
    public var low: Double
    public var high: Double
    /// `wilson` with one trial a case, `cluster-robust-t` with more.
    public var method: String
    /// Cases.
    public var n: Int
    /// Independent trials that would give the same error; nil with one trial a case.
    public var effectiveN: Double?

    public init(estimate: Double, low: Double, high: Double, method: String, n: Int, effectiveN: Double? = nil) {
        self.estimate = estimate
        self.low = low
        self.high = high
        self.method = method
        self.n = n
        self.effectiveN = effectiveN
    }
}

/// What a gate decided, and why.
public struct GateDecision: Sendable, Equatable {
    public var decision: Decision
    /// Sentences, the deciding ones first.
    public var reasons: [String]
    /// Cases that passed in the baseline and do not now.
    public var newlyFailing: [CaseKey]
    /// Cases that did not pass in the baseline and do now.
    public var newlyPassing: [CaseKey]
    /// The numbers behind the decision where two versions were compared, as `comparison.schema.json` has them; nil elsewhere.
    public var comparison: JSONValue?

    public enum Decision: String, Sendable, CaseIterable { case pass, fail, inconclusive }

    public init(_ decision: Decision, _ reasons: [String], newlyFailing: [CaseKey] = [], newlyPassing: [CaseKey] = []) {
        self.decision = decision
        self.reasons = reasons
        self.newlyFailing = newlyFailing
        self.newlyPassing = newlyPassing
    }
}
