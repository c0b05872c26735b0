public import RungCrypto
public import RungText

/// A recorded conversation or task with what must hold.
public struct Scenario: Sendable {
    public var id: CaseID
    /// Only this agent plays it; nil: every agent of the suite.
    public var agent: AgentID?
    public var title: String?
    public var input: JSONValue
    public var messages: [Message]
    public var context: JSONValue?
    /// Values for the variables that the prompt template declares.
    public var variables: JSONValue?
    /// Added to the graders of the suite.
    public var graders: [GraderBinding]
    /// Recorded trials, in order; the `transcript` boundary grades these.
    public var recorded: [Transcript]
    /// The intent that it exercises, from the agent's declared ones.
    public var intent: String?
    /// Named groups that it belongs to, such as `topic: refunds`.
    public var slices: [String: String]
    public var isCritical: Bool
    /// Why it is not run at present; nil when it is.
    public var skipReason: String?
    public var provenance: Provenance
    /// Digest of the canonical JSON of the scenario.
    public var digest: Digest
    public var location: SourceLocation

    /// Where a scenario comes from.
    public struct Provenance: Sendable, Equatable {
        public var origin: Origin
        public var recordedAt: Timestamp?
        public var source: String?

        public enum Origin: String, Sendable, CaseIterable { case recorded, written, incident, override }

        public init(origin: Origin = .written, recordedAt: Timestamp? = nil, source: String? = nil) {
            self.origin = origin
            self.recordedAt = recordedAt
            self.source = source
        }
    }

    public init(id: CaseID, input: JSONValue, digest: Digest, location: SourceLocation) {
        self.id = id
        self.input = input
        self.digest = digest
        self.location = location
        messages = []
        graders = []
        recorded = []
        slices = [:]
        isCritical = false
        provenance = Provenance()
    }
}

/// A place in a file of the workspace, as a person would type it.
public struct SourceLocation: Sendable, Equatable, CustomStringConvertible {
    public var file: String
    public var line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}

/// Scenarios that are read when they are needed, so that a large suite takes no more memory than a small one.
public protocol ScenarioSource: Sendable {
    var count: Int { get }
    /// The scenarios at `range`, in order. Reads the file again; throws when it has changed meanwhile.
    func scenarios(in range: Range<Int>) throws -> [Scenario]
}
