public import RungCore
public import RungText

/// What a plan needs to know of a scenario; much cheaper to read than all of it.
public struct ScenarioOutline: Sendable {
    public var id: CaseID
    /// Where the id stands in the file.
    public var idPosition: SourcePosition
    public var agent: AgentID?
    public var intent: String?
    public var slices: [String: String]
    /// Graders of the suite and of the scenario together.
    public var graders: Int
    /// Recorded trials.
    public var recorded: Int
    public var isSkipped: Bool
    public var location: SourceLocation
}
