public import RungText

/// Takes records in, and keeps pieces that do not make a record yet, in the same transaction.
///
/// A trace comes in several requests: its spans are held until it is known what they mean together.
public protocol EvidenceStage: EvidenceSink {
    /// The present moment; nothing later than it can be recorded.
    var now: Timestamp { get }

    /// Keeps a piece; one with the same group and name is replaced.
    func hold(_ piece: HeldPiece) throws

    /// The pieces of a group, sorted by name.
    func held(in group: String) throws -> [HeldPiece]

    /// Lets go of all pieces of a group.
    func release(_ group: String) throws

    /// Groups with a piece of this name that was held no later than `time`, longest held first; at most `limit` of them.
    func groups(holding name: String, since time: Timestamp, limit: Int) throws -> [String]

    /// Whether any piece is held at all; cheap.
    var holdsAnything: Bool { get throws }

    /// Whether an interaction with this id is stored, or was appended in this transaction.
    func hasInteraction(_ id: String) throws -> Bool

    /// Interactions whose ids begin like this, sorted by id; at most `limit` of them.
    func interactions(beginning prefix: String, limit: Int) throws -> [StoredInteraction]
}

/// What is known of an interaction that is stored.
public struct StoredInteraction: Sendable, Equatable {
    public var id: String
    public var at: Timestamp
    /// Milliseconds; nil when nobody said.
    public var latencyMs: Double?

    public init(id: String, at: Timestamp, latencyMs: Double?) {
        self.id = id
        self.at = at
        self.latencyMs = latencyMs
    }
}

/// Something that waits for the rest of its group.
public struct HeldPiece: Sendable, Equatable {
    /// What belongs together, such as a trace.
    public var group: String
    /// Tells it apart within its group.
    public var name: String
    public var heldAt: Timestamp
    /// What whoever holds it wants to have back.
    public var content: String

    public init(group: String, name: String, heldAt: Timestamp, content: String) {
        self.group = group
        self.name = name
        self.heldAt = heldAt
        self.content = content
    }
}
