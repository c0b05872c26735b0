/// A name that belongs to one kind of thing, so that an agent's id can never be passed for a suite's.
public struct Identifier<Subject>: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

public typealias AgentID = Identifier<Agent>
/// Names a case: the id of its scenario, unique within its suite and agent.
public typealias CaseID = Identifier<Scenario>
public typealias CriterionID = Identifier<Criterion>
public typealias PrincipalID = Identifier<Principal>
public typealias PromptID = Identifier<PromptVersion>
public typealias RunID = Identifier<RunHeader>
public typealias SourceID = Identifier<EvidenceSource>
public typealias SuiteID = Identifier<Suite>
