/// What a comparison is held to; stated before the runs.
public struct ComparisonPolicy: Sendable, Equatable {
    /// What the candidate has to show.
    public enum Requirement: String, Sendable, CaseIterable {
        /// Not worse by more than the margin.
        case nonInferior = "non-inferior"
        /// Better.
        case superior
    }

    /// The largest drop that is acceptable, in the unit of the values; not negative.
    public var margin: Double
    /// Of each one-sided bound that decides, and of the two-sided intervals for reading.
    public var confidence: Double
    public var requirement: Requirement
    /// Fewer independent pairs decide nothing; at least 6.
    public var minimumPairs: Int
    /// Of everything that is drawn.
    public var seed: UInt64
    /// Bootstrap resamples.
    public var resamples: Int

    /// - Precondition: margin ≥ 0, confidence between 0.5 and 1, at least one resample.
    public init(
        margin: Double, confidence: Double = 0.95, requirement: Requirement = .nonInferior, minimumPairs: Int = 6, seed: UInt64 = 0,
        resamples: Int = 10_000
    ) {
        precondition(margin >= 0 && margin.isFinite, "a margin is not negative")
        precondition(confidence > 0.5 && confidence < 1, "confidence is between 0.5 and 1")
        precondition(resamples > 0, "something is drawn")
        self.margin = margin
        self.confidence = confidence
        self.requirement = requirement
        self.minimumPairs = max(6, minimumPairs)
        self.seed = seed
        self.resamples = resamples
    }
}

/// A candidate against its baseline over the same cases: effect, interval, method, n, power and decision.
public struct Comparison: Sendable, Equatable {
    /// The names of both sides, as sentences use them.
    public var baseline: String
    public var candidate: String
    /// Where the values of both sides came from, such as a path or a run id; nil where nobody says.
    public var sources: Sources?
    public var policy: ComparisonPolicy
    /// Independent units: cases, or clusters where these are declared.
    public var n: Int
    /// Cases that both sides have values of.
    public var pairs: Int
    /// Whether clusters of several cases were declared.
    public var isClustered: Bool
    /// Fewest and most trials with a value that a paired case has on either side; nil without pairs.
    public var trials: ClosedRange<Int>?
    /// Whether all values lie in 0…1, so that differences are told in points.
    public var isProportion: Bool
    /// Cases that are left out, sorted by id.
    public var unpaired: [UnpairedCase]
    /// Nil without pairs.
    public var effect: ComparisonEffect?
    /// Only where every case is one trial of 0 or 1 on both sides.
    public var binary: BinaryComparison?
    public var power: ComparisonPower
    public var decision: ComparisonDecision
    /// Sentences, the deciding ones first.
    public var reasons: [String]
    /// Sorted by name.
    public var slices: [ComparisonSlice]

    /// Where the values of both sides came from.
    public struct Sources: Sendable, Equatable {
        public var baseline: String
        public var candidate: String

        public init(baseline: String, candidate: String) {
            self.baseline = baseline
            self.candidate = candidate
        }
    }

    public init(
        baseline: String, candidate: String, policy: ComparisonPolicy, n: Int, pairs: Int, isClustered: Bool, trials: ClosedRange<Int>?,
        isProportion: Bool, unpaired: [UnpairedCase], effect: ComparisonEffect?, binary: BinaryComparison?, power: ComparisonPower,
        decision: ComparisonDecision, reasons: [String], slices: [ComparisonSlice]
    ) {
        self.baseline = baseline
        self.candidate = candidate
        self.policy = policy
        self.n = n
        self.pairs = pairs
        self.isClustered = isClustered
        self.trials = trials
        self.isProportion = isProportion
        self.unpaired = unpaired
        self.effect = effect
        self.binary = binary
        self.power = power
        self.decision = decision
        self.reasons = reasons
        self.slices = slices
    }

    /// The status to leave with.
    public var exitStatus: ExitStatus {
        switch decision {
        case .pass, .unchanged: .passed
        case .fail: .failed
        case .inconclusive: .inconclusive
        }
    }
}

/// What a gate over a comparison decided.
public enum ComparisonDecision: String, Sendable, CaseIterable {
    case pass, fail, inconclusive
    /// Every transcript of the candidate is the baseline's: a pass for which nothing had to be estimated.
    case unchanged
}

/// A case that cannot be compared.
public struct UnpairedCase: Sendable, Equatable {
    /// Which side has a value of it; `changed` where both have, of cases that are not the same any more.
    public enum Side: String, Sendable, CaseIterable { case baseline, candidate, changed, neither }

    public var id: String
    public var side: Side

    public init(id: String, side: Side) {
        self.id = id
        self.side = side
    }
}

/// Two ends; infinite ones are not known.
public struct ComparisonLimits: Sendable, Equatable {
    public var low: Double
    public var high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}

/// The mean difference over paired cases, candidate − baseline, in the unit of the values.
public struct ComparisonEffect: Sendable, Equatable {
    /// How ends were found; the raw value is the word that files and reports use.
    public enum Method: String, Sendable, CaseIterable {
        case bca
        case signFlip = "sign-flip"
        case tango
        /// The differences do not vary, so that they say nothing of their error.
        case none
    }

    public var estimate: Double
    /// Nil for a single unit.
    public var standardError: Double?
    /// For reading: two-sided at the policy's confidence, by `method`.
    public var interval: ComparisonLimits
    /// The two one-sided bounds that decide, each at the policy's confidence, by `method`.
    public var bounds: ComparisonLimits
    public var method: Method
    /// Two-sided, that nothing changed: exact McNemar for single trials of 0 and 1, else by flipping signs.
    public var pValue: Double
    /// Student's t over units; nil for a single unit.
    public var t: ComparisonLimits?
    /// Bootstrap over units; nil where they do not differ.
    public var bca: ComparisonLimits?

    public init(
        estimate: Double, standardError: Double?, interval: ComparisonLimits, bounds: ComparisonLimits, method: Method, pValue: Double,
        t: ComparisonLimits?, bca: ComparisonLimits?
    ) {
        self.estimate = estimate
        self.standardError = standardError
        self.interval = interval
        self.bounds = bounds
        self.method = method
        self.pValue = pValue
        self.t = t
        self.bca = bca
    }
}

/// Where every case is one trial of 0 or 1 on both sides: the table of pairs and what follows from it.
public struct BinaryComparison: Sendable, Equatable {
    /// Pairs that passed with the baseline and not with the candidate.
    public var lost: Int
    /// Pairs that passed with the candidate and not with the baseline.
    public var gained: Int
    /// Exact two-sided McNemar.
    public var pValue: Double
    public var midP: Double
    public var newcombe: ComparisonLimits
    public var tango: ComparisonLimits

    public init(lost: Int, gained: Int, pValue: Double, midP: Double, newcombe: ComparisonLimits, tango: ComparisonLimits) {
        self.lost = lost
        self.gained = gained
        self.pValue = pValue
        self.midP = midP
        self.newcombe = newcombe
        self.tango = tango
    }
}

/// What a comparison of this size can find, one-sided at the policy's confidence, with a chance of 80 %.
public struct ComparisonPower: Sendable, Equatable {
    /// The smallest true change that is found; nil where the differences do not vary.
    public var detectableEffect: Double?
    /// Units that find a change as large as the margin; nil without a margin, and where nothing varies.
    public var unitsForMargin: Int?
    /// Further units that would probably decide; nil where the gate has decided, and where none would.
    public var furtherUnits: Int?
    /// Trials a case, in place of those made, that would probably decide without further cases; nil where they would not.
    public var trialsNeeded: Int?

    public init(detectableEffect: Double? = nil, unitsForMargin: Int? = nil, furtherUnits: Int? = nil, trialsNeeded: Int? = nil) {
        self.detectableEffect = detectableEffect
        self.unitsForMargin = unitsForMargin
        self.furtherUnits = furtherUnits
        self.trialsNeeded = trialsNeeded
    }
}

/// The same comparison over a part of the cases.
public struct ComparisonSlice: Sendable, Equatable {
    public var name: String
    public var n: Int
    public var pairs: Int
    public var effect: ComparisonEffect
    /// Nil where the slice has too few units to be tested.
    public var tests: Tests?

    /// The p-values of a slice, adjusted over the family of all slices that are tested.
    public struct Tests: Sendable, Equatable {
        /// One-sided, that the drop is beyond the margin.
        public var beyondMargin: Double
        /// The same adjusted after Holm: this one gates.
        public var holm: Double
        /// That anything changed, adjusted after Benjamini and Hochberg: for exploring.
        public var benjaminiHochberg: Double

        public init(beyondMargin: Double, holm: Double, benjaminiHochberg: Double) {
            self.beyondMargin = beyondMargin
            self.holm = holm
            self.benjaminiHochberg = benjaminiHochberg
        }
    }

    public init(name: String, n: Int, pairs: Int, effect: ComparisonEffect, tests: Tests?) {
        self.name = name
        self.n = n
        self.pairs = pairs
        self.effect = effect
        self.tests = tests
    }
}
