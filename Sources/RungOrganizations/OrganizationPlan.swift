public import RungText

/// What a golden organization shall be: how far it has come, how large it is, and what is different in it.
public struct OrganizationPlan: Sendable {
    /// The last stage whose practices it has begun, 1…5.
    public var stage: Int
    /// The same seed gives the same bytes.
    public var seed: UInt64
    /// Agents; six roles are repeated as often as needed.
    public var agents: Int
    /// Calls of agents in production over all days, roughly; nil for as few as the criteria need.
    public var interactions: Int?
    /// Days of history before `asOf`; at least a year.
    public var days: Int
    /// The midnight that assessments are made as of; nothing is told later.
    public var asOf: Timestamp
    /// Whether anything went wrong in that time.
    public var weather = Weather.eventful
    /// How the evidence reaches the store.
    public var telling = Telling.eachEvening
    /// What is told otherwise than it was.
    public var variation = Variation.none

    /// Whether anything went wrong.
    public enum Weather: Sendable {
        /// People corrected and complained, prompts failed, forecasts deviated.
        case eventful
        /// Nothing of that happened, and everything that would have noticed it ran.
        case calm
    }

    /// How the evidence reaches the store.
    public enum Telling: Sendable {
        /// On the evening of its day: by the program itself, or by the registered source that can vouch for it.
        case eachEvening
        /// The same, but no source is registered, so that what they say is not authenticated.
        case eachEveningUnsigned
        /// Everything in one file that nobody signed, on the last evening.
        case allAtOnce
    }

    /// - Parameters:
    ///   - stage: 1…5.
    ///   - agents: two for stage 1 and six for the others when left out.
    public init(
        stage: Int, seed: UInt64 = 7, agents: Int? = nil, interactions: Int? = nil, days: Int = 365, asOf: Timestamp = Self.defaultDay
    ) {
        precondition((1...5).contains(stage), "there are five stages")
        self.stage = stage
        self.seed = seed
        self.agents = agents ?? (stage == 1 ? 2 : 6)
        self.interactions = interactions
        self.days = days
        self.asOf = asOf.midnight
        precondition(self.agents >= (stage == 1 ? 1 : 6), "an organization beyond stage 1 has an agent for each of the six roles")
        precondition(days >= 365, "the climb takes a year")
    }

    /// 1 October 2026.
    public static let defaultDay = Timestamp(seconds: 20_727 * 86_400)

    /// Whether the practices of a stage have begun by the end.
    func practises(_ stage: Int) -> Bool { self.stage >= stage }
}
