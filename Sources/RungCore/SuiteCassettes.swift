public import RungText

/// The cassettes that answer for the world in a suite, and whether they still stand for it.
public struct SuiteCassettes: Sendable, Equatable {
    /// One for each agent and case that is tried.
    public var count: Int
    /// When the oldest of those that say it was recorded; nil where none does.
    public var oldestAt: Timestamp?
    /// Those that are older than allowed, or do not say when they were recorded.
    public var stale: Int
    /// Those that were recorded under another version of the prompt than the one under test.
    public var otherPrompt: Int

    /// Days after which a recording is stale, unless somebody says otherwise.
    public static let staleAfterDays = 90

    public init(count: Int = 0, oldestAt: Timestamp? = nil, stale: Int = 0, otherPrompt: Int = 0) {
        self.count = count
        self.oldestAt = oldestAt
        self.stale = stale
        self.otherPrompt = otherPrompt
    }

    /// Takes another suite's in.
    public mutating func add(_ other: SuiteCassettes) {
        count += other.count
        oldestAt = [oldestAt, other.oldestAt].compactMap { $0 }.min()
        stale += other.stale
        otherPrompt += other.otherPrompt
    }
}
