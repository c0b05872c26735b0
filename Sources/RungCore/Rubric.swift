public import RungCrypto

/// The maturity model as data: stages, criteria, symptoms.
public struct Rubric: Sendable {
    public var id: String
    /// Semantic version; a published version never changes.
    public var version: String
    public var title: String
    /// Digest of the canonical JSON of the file; of an overlay, of what it extends and the file together.
    public var digest: Digest
    /// Stages 1…5 in order.
    public var stages: [StageDescription]
    /// Code and title, in order of declaration.
    public var dimensions: [Dimension]
    /// In order of declaration.
    public var criteria: [Criterion]
    public var symptoms: [Symptom]
    /// What the model says, by the ids that criteria and symptoms name.
    public var lines: [String: String]
    /// The frameworks that criteria may name, public ones first.
    public var frameworks: [RubricFramework] = []
    /// What it was made from: the rubric at the ground of an overlay, or the built-in one that another file goes by the name of.
    public var base: RubricIdentity?
    /// What was changed about `base`; every report of an assessment shows it.
    public var changes: [RubricChange] = []

    public init(
        id: String, version: String, title: String, digest: Digest, stages: [StageDescription], dimensions: [Dimension],
        criteria: [Criterion], symptoms: [Symptom], lines: [String: String] = [:]
    ) {
        self.lines = lines
        self.id = id
        self.version = version
        self.title = title
        self.digest = digest
        self.stages = stages
        self.dimensions = dimensions
        self.criteria = criteria
        self.symptoms = symptoms
    }

    public func stage(_ number: Int) -> StageDescription? { stages.first { $0.number == number } }

    /// A group of criteria, such as `REG` Portfolio & Lifecycle.
    public struct Dimension: Sendable, Equatable {
        public var code: String
        public var title: String

        public init(code: String, title: String) {
            self.code = code
            self.title = title
        }
    }
}

/// One rung of the ladder, in the model's own terms.
public struct StageDescription: Sendable {
    public var number: Int
    public var name: String
    public var summary: String
    public var keyRisk: String?
    public var keyShift: String?
    public var deficits: [String]
    public var capabilities: [String]
    /// Actions that lead to the next stage, by id such as `L12.1`.
    public var levelUp: [LevelUpAction]
    /// Whether the rubric holds every criterion of the stage; a stage that is not complete is never earned.
    public var isComplete: Bool

    public struct LevelUpAction: Sendable, Equatable {
        public var id: String
        public var text: String

        public init(id: String, text: String) {
            self.id = id
            self.text = text
        }
    }

    public init(
        number: Int, name: String, summary: String, keyRisk: String?, keyShift: String?, deficits: [String],
        capabilities: [String], levelUp: [LevelUpAction], isComplete: Bool
    ) {
        self.number = number
        self.name = name
        self.summary = summary
        self.keyRisk = keyRisk
        self.keyShift = keyShift
        self.deficits = deficits
        self.capabilities = capabilities
        self.levelUp = levelUp
        self.isComplete = isComplete
    }
}

/// One question of the rubric.
public struct Criterion: Sendable {
    public var id: CriterionID
    /// The stage it belongs to, 2…5.
    public var stage: Int
    public var dimension: String
    public var isKey: Bool
    public var title: String
    public var question: String
    /// What it means to meet it.
    public var meaning: String
    public var why: String
    /// What is counted, in words.
    public var measureText: String
    public var measure: Measure
    public var remediation: Remediation
    /// Criteria that must be at least partial for this one to be full.
    public var prerequisites: [CriterionID]
    /// Lines of the model that it answers.
    public var lines: [String]
    /// Whether a statement of two people with the digest of an artifact proves it fully.
    public var isAttested: Bool
    /// Parts of public frameworks that it contributes to.
    public var crosswalk: [FrameworkReference]

    /// An entry of a public framework; naming it means "contributes to", never "satisfies".
    public struct FrameworkReference: Sendable, Equatable, Hashable {
        /// Such as `nist-ai-rmf`.
        public var framework: String
        /// Such as `MAP 2.1`.
        public var id: String

        public init(framework: String, id: String) {
            self.framework = framework
            self.id = id
        }
    }

    /// The query and how its result is banded.
    public struct Measure: Sendable {
        /// Returns `(entity, satisfied, total)` or `(entity, value)`.
        public var sql: String
        /// What one unit of the population is called, in the plural: `agents`, `calls`.
        public var unit: String
        public var windowDays: Int
        public var partial: Double
        public var full: Double
        public var better: Direction
        /// Lower is better: the value where credit reaches 0.
        public var zero: Double?
        public var aggregate: Aggregate
        public var minimumPopulation: Int
        public var population: Population
        /// One row `ran`: whether what would have produced the events ran; nil unless the criterion is event-driven.
        public var detector: String?
        /// One row `applicable`: whether there is anything that the criterion could ask for; nil where it always applies.
        public var applicability: String?
        /// Whether the population is counted by somebody else than those who are measured.
        public var hasIndependentDenominator: Bool

        public init(
            sql: String, windowDays: Int, partial: Double, full: Double, better: Direction, zero: Double?,
            aggregate: Aggregate, minimumPopulation: Int, population: Population, detector: String?, unit: String = "units",
            applicability: String? = nil, hasIndependentDenominator: Bool = false
        ) {
            self.applicability = applicability
            self.hasIndependentDenominator = hasIndependentDenominator
            self.sql = sql
            self.unit = unit
            self.windowDays = windowDays
            self.partial = partial
            self.full = full
            self.better = better
            self.zero = zero
            self.aggregate = aggregate
            self.minimumPopulation = minimumPopulation
            self.population = population
            self.detector = detector
        }
    }

    public enum Direction: String, Sendable, CaseIterable { case up, down }
    public enum Aggregate: String, Sendable, CaseIterable { case share, median, max }
    public enum Population: String, Sendable, CaseIterable { case census, sample }
    public enum Effort: String, Sendable, CaseIterable {
        case small = "S"
        case medium = "M"
        case large = "L"

        /// Points: 1, 3, 8.
        public var points: Double {
            switch self {
            case .small: 1
            case .medium: 3
            case .large: 8
            }
        }
    }

    /// What to do when it is not met.
    public struct Remediation: Sendable {
        public var text: String
        public var effort: Effort
        /// The model's level-up action that heads the step; nil where there is none.
        public var levelUp: String?
        /// The command that does it, or nil when it is done by hand.
        public var command: String?

        public init(text: String, effort: Effort, levelUp: String?, command: String?) {
            self.text = text
            self.effort = effort
            self.levelUp = levelUp
            self.command = command
        }
    }

    public init(
        id: CriterionID, stage: Int, dimension: String, isKey: Bool, title: String, question: String, meaning: String = "",
        why: String, measureText: String, measure: Measure, remediation: Remediation, prerequisites: [CriterionID], lines: [String],
        isAttested: Bool = false, crosswalk: [FrameworkReference] = []
    ) {
        self.id = id
        self.stage = stage
        self.dimension = dimension
        self.isKey = isKey
        self.title = title
        self.question = question
        self.meaning = meaning
        self.why = why
        self.measureText = measureText
        self.measure = measure
        self.remediation = remediation
        self.prerequisites = prerequisites
        self.lines = lines
        self.isAttested = isAttested
        self.crosswalk = crosswalk
    }
}

/// A deficit of stage 2 that is reported beside the stage and never scored.
public struct Symptom: Sendable {
    public var id: String
    public var title: String
    public var measureText: String
    /// Returns `(entity, satisfied, total)`, where satisfied counts the units that show the symptom.
    public var sql: String
    public var windowDays: Int
    public var lines: [String]

    public init(id: String, title: String, measureText: String, sql: String, windowDays: Int, lines: [String]) {
        self.id = id
        self.title = title
        self.measureText = measureText
        self.sql = sql
        self.windowDays = windowDays
        self.lines = lines
    }
}
