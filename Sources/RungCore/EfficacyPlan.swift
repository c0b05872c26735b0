/// What an efficacy suite states before it is run: which two versions of a prompt are compared, and what the candidate has to show.
public struct EfficacyPlan: Sendable, Equatable {
    public var prompt: PromptID
    /// Label of the version that the candidate is held to.
    public var baseline: String
    /// Label of the version that would be released.
    public var candidate: String
    public var policy: ComparisonPolicy
    /// What of each trial is compared.
    public var value: ComparedValue
    /// The slice whose values are reported, and gate, by themselves; nil for none.
    public var slice: String?
    /// The slice whose cases are not independent of each other; nil for none.
    public var cluster: String?

    public init(
        prompt: PromptID, baseline: String, candidate: String, policy: ComparisonPolicy, value: ComparedValue = .verdict,
        slice: String? = nil,
        cluster: String? = nil
    ) {
        self.prompt = prompt
        self.baseline = baseline
        self.candidate = candidate
        self.policy = policy
        self.value = value
        self.slice = slice
        self.cluster = cluster
    }
}

/// The other side of an efficacy suite: what its baseline came to.
public struct EfficacyBaseline: Sendable {
    public var plan: EfficacyPlan
    /// The cases of this suite alone.
    public var values: RunValues
    /// Whether the user named this run in place of the version that the suite states.
    public var isNamed: Bool

    public init(plan: EfficacyPlan, values: RunValues, isNamed: Bool = false) {
        self.isNamed = isNamed
        self.plan = plan
        self.values = values
    }
}
