/// A registered sender of evidence, such as a gateway, that proves what it sends with a key or token of its own.
public struct EvidenceSource: Sendable, Equatable {
    public var id: SourceID
    public var type: SourceType

    /// What a source is; it tells a reader why it can be believed, and about what.
    public enum SourceType: String, Sendable, CaseIterable {
        /// Counts and limits the calls of agents.
        case gateway
        /// Knows who people are, and since when and until when.
        case identityProvider
        /// Takes in traces and logs.
        case receiver
        /// Keeps cases, changes and ideas.
        case tracker
    }

    public init(id: SourceID, type: SourceType) {
        self.id = id
        self.type = type
    }
}
