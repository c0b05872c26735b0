public import RungText

/// One step of the way up: what to do about one criterion, by whom, by when, and what it brings.
public struct RoadmapStep: Sendable, Equatable {
    /// From 1, over all stages of the plan.
    public var order: Int
    public var criterion: CriterionID
    /// The stage that the criterion belongs to.
    public var stage: Int
    /// The stage that is aimed at: that of the criterion, or a later one that rests on it.
    public var target: Int
    /// Code of the criterion's dimension.
    public var dimension: String
    /// The model's level-up action, or the title of the criterion.
    public var headline: String
    public var action: String
    /// The command that does it; nil for what is done by hand.
    public var command: String?
    public var effort: Criterion.Effort
    public var isKey: Bool
    /// Entities to mend, sorted, worst first.
    public var failing: [FailingEntity]
    /// How many more units must be satisfied; nil where nothing is known yet.
    public var needed: Int?
    /// What the units are called, in the plural.
    public var unit: String
    /// Who is to do it, the first one before all others; empty where evidence names nobody.
    public var owners: [String]
    /// Midnight of the day from which it must be done; nil beyond the calendar.
    public var due: Timestamp?
    /// By how much the sum of all dimension scores rises, once the steps before it are done; never negative.
    public var gain: Double
    /// The stage that is earned once this step and all before it are done.
    public var stageAfter: Int
    /// The team whose step it is, because the organization cannot rise above it; nil for steps of the whole organization.
    public var team: String?
    public var reason: String

    public init(
        order: Int, criterion: CriterionID, stage: Int, target: Int? = nil, dimension: String = "", headline: String, action: String,
        command: String?, effort: Criterion.Effort, isKey: Bool, failing: [FailingEntity], needed: Int?, unit: String = "units",
        owners: [String] = [], due: Timestamp? = nil, gain: Double = 0, stageAfter: Int = 1, team: String? = nil,
        reason: String
    ) {
        self.order = order
        self.criterion = criterion
        self.stage = stage
        self.target = target ?? stage
        self.dimension = dimension
        self.headline = headline
        self.action = action
        self.command = command
        self.effort = effort
        self.isKey = isKey
        self.failing = failing
        self.needed = needed
        self.unit = unit
        self.owners = owners
        self.due = due
        self.gain = gain
        self.stageAfter = stageAfter
        self.team = team
        self.reason = reason
    }
}
