public import RungCrypto
public import RungText

/// Where an organization stands, with every finding behind it.
public struct Assessment: Sendable {
    public var asOf: Timestamp
    public var rubricVersion: String
    public var rubricDigest: Digest
    public var ledger: LedgerHead
    /// 1…5; nil when the assessment is void.
    public var stage: Int?
    public var stageName: String?
    /// Why no stage is given: the ledger does not verify.
    public var voidReason: String?
    /// What each stage above 1 came to, in order.
    public var stages: [StageResult]
    public var symptoms: [SymptomResult]
    /// In the order of the rubric.
    public var findings: [Finding]
    public var roadmap: [RoadmapStep]
    /// Records by origin that were visible, for the reader to judge by.
    public var notes: [String]
    /// Sentences on what surrounds it, such as the ledger as it is today; no part of the result, which stays the same bytes.
    public var remarks: [String] = []
    /// What is supposed in place of what was measured, such as `REG-302=0.9`; with any, this is a plan and no assessment.
    public var assumptions: [String] = []
    /// One score for each dimension of the rubric, in its order.
    public var dimensions: [DimensionScore] = []
    /// How well the findings behind the stage are founded, 0…1.
    public var confidence = 0.0
    /// Criteria whose evidence has grown too old: the stage is held until these days and lost then.
    public var notices: [StageNotice] = []
    /// What has changed since an earlier assessment; nil when none was asked about.
    public var trend: AssessmentTrend?
    /// Waivers in force that name a criterion of the rubric.
    public var waivers: [CriterionException] = []
    /// Each team by itself, the worst first; empty where the evidence names no teams.
    public var teams: [TeamResult] = []

    /// The name of the rubric; empty when nobody says.
    public var rubricID = ""
    /// What the rubric was made from by changing it; nil for a rubric that stands alone.
    public var rubricBase: RubricIdentity?
    /// How the rubric differs from what it was made from.
    public var rubricChanges: [RubricChange] = []

    /// Below this confidence the stage is provisional.
    public static let confidenceNeeded = 0.7

    /// Whether the stage rests on too little, or on evidence that is too weak.
    public var isProvisional: Bool { stage != nil && assumptions.isEmpty && confidence < Self.confidenceNeeded }

    public init(
        asOf: Timestamp, rubricVersion: String, rubricDigest: Digest, ledger: LedgerHead, stage: Int?, stageName: String?,
        voidReason: String?, stages: [StageResult], symptoms: [SymptomResult], findings: [Finding], roadmap: [RoadmapStep],
        notes: [String]
    ) {
        self.asOf = asOf
        self.rubricVersion = rubricVersion
        self.rubricDigest = rubricDigest
        self.ledger = ledger
        self.stage = stage
        self.stageName = stageName
        self.voidReason = voidReason
        self.stages = stages
        self.symptoms = symptoms
        self.findings = findings
        self.roadmap = roadmap
        self.notes = notes
    }
}

/// A stage is at risk: a criterion was met, and there is no newer evidence.
public struct StageNotice: Sendable, Equatable {
    public var criterion: CriterionID
    public var stage: Int
    /// Midnight of the first day on which it was not met any more.
    public var since: Timestamp
    /// Midnight of the day on which the stage is lost.
    public var until: Timestamp

    public init(criterion: CriterionID, stage: Int, since: Timestamp, until: Timestamp) {
        self.criterion = criterion
        self.stage = stage
        self.since = since
        self.until = until
    }
}

/// How mature one dimension is, 1…5; a stage below that is not firm holds back what lies above it.
public struct DimensionScore: Sendable, Equatable {
    public var code: String
    public var title: String
    /// With everything unknown counted as not met, which is also the lowest that it can be.
    public var score: Double
    /// With everything unknown counted as met.
    public var high: Double

    public init(code: String, title: String, score: Double, high: Double) {
        self.code = code
        self.title = title
        self.score = score
        self.high = high
    }
}

/// What one stage came to.
public struct StageResult: Sendable, Equatable {
    public var number: Int
    public var name: String
    public var status: Status
    /// Criteria of the stage that are full, and that apply.
    public var full: Int
    public var applicable: Int
    /// Sentences: what still blocks it.
    public var reasons: [String]

    public enum Status: String, Sendable, CaseIterable {
        case met
        case notMet = "not met"
        /// The rubric does not hold all of its criteria.
        case notAssessed = "not assessed"
    }

    public init(number: Int, name: String, status: Status, full: Int, applicable: Int, reasons: [String]) {
        self.number = number
        self.name = name
        self.status = status
        self.full = full
        self.applicable = applicable
        self.reasons = reasons
    }
}

/// How well a criterion is met.
public enum Band: String, Sendable, CaseIterable {
    case full
    case partial
    case none
    /// Too little evidence to say: unknown is neither no nor yes.
    case insufficient
    /// Rightly without population.
    case notApplicable = "not-applicable"
    /// The measure failed.
    case error
}

/// The answer to one criterion.
public struct Finding: Sendable, Equatable {
    public var criterion: CriterionID
    public var stage: Int
    public var dimension: String
    public var isKey: Bool
    public var title: String
    public var band: Band
    /// 0…1 after all caps; 0 when nothing is known.
    public var credit: Double
    /// Nil without a population.
    public var value: Double?
    public var satisfied: Int
    public var total: Int
    /// Entities that fall short, sorted.
    public var failing: [FailingEntity]
    /// Sentences: how the band came about.
    public var reasons: [String]
    /// The records that the measure rests on, by kind and class; empty when it rests on none, or could not be measured.
    public var basis: EvidenceBasis
    /// What these records are worth together at best, whatever each of them is worth.
    public var bestClass: EvidenceClass = .a
    /// What these records are worth together; nil when there are none.
    public var evidenceClass: EvidenceClass? { basis.worst.map { max($0, bestClass) } }
    /// The credit if everything that is unknown were good: of this measure, and of its prerequisites.
    public var high: Double
    /// Whether the population is of the window, of the one before, or missing.
    public var freshness: Freshness
    /// The population as a share of what is needed, at most 1.
    public var sufficiency: Double

    /// How old the population is.
    public enum Freshness: String, Sendable, CaseIterable {
        case fresh, stale, missing

        /// What it is worth to confidence.
        public var factor: Double {
            switch self {
            case .fresh: 1
            case .stale: 0.5
            case .missing: 0
            }
        }
    }

    public init(
        criterion: CriterionID, stage: Int, dimension: String, isKey: Bool, title: String, band: Band, credit: Double,
        value: Double?, satisfied: Int, total: Int, failing: [FailingEntity], reasons: [String],
        basis: EvidenceBasis = EvidenceBasis(), high: Double? = nil, freshness: Freshness = .fresh, sufficiency: Double = 1
    ) {
        self.high = high ?? credit
        self.freshness = freshness
        self.sufficiency = sufficiency
        self.criterion = criterion
        self.stage = stage
        self.dimension = dimension
        self.isKey = isKey
        self.title = title
        self.band = band
        self.credit = credit
        self.value = value
        self.satisfied = satisfied
        self.total = total
        self.failing = failing
        self.reasons = reasons
        self.basis = basis
    }
}

/// An entity with satisfied < total, or a value beyond the bound.
public struct FailingEntity: Sendable, Equatable {
    public var entity: String
    public var satisfied: Int
    public var total: Int

    public init(entity: String, satisfied: Int, total: Int) {
        self.entity = entity
        self.satisfied = satisfied
        self.total = total
    }
}

/// How far a deficit of stage 2 shows.
public struct SymptomResult: Sendable, Equatable {
    public var id: String
    public var title: String
    /// Units that show it, of all.
    public var shown: Int
    public var total: Int
    /// Entities that show it, sorted.
    public var entities: [String]
    /// Nil unless the measure failed.
    public var failure: String?

    public init(id: String, title: String, shown: Int, total: Int, entities: [String], failure: String?) {
        self.id = id
        self.title = title
        self.shown = shown
        self.total = total
        self.entities = entities
        self.failure = failure
    }
}
