/// Which part of a plan one machine makes: one of `count` parts, counted from 1.
public struct ShardSlice: Sendable, Hashable, CustomStringConvertible {
    /// From 1 to `count`.
    public let index: Int
    public let count: Int

    /// The most parts that a run can have.
    public static let countLimit = 10_000

    /// Nil unless 1 ≤ index ≤ count ≤ `countLimit`.
    public init?(index: Int, of count: Int) {
        guard count >= 1, count <= Self.countLimit, index >= 1, index <= count else { return nil }
        self.index = index
        self.count = count
    }

    /// `3/16`.
    public var description: String { "\(index)/\(count)" }
}

/// A run that is one part of a larger one, and how the parts find each other.
public struct RunShard: Sendable, Hashable {
    public var slice: ShardSlice
    /// What the parts of one run share and no other run has, such as the id of the CI pipeline.
    public var runKey: String
    /// Cases and trials of all parts together.
    public var planCases: Int
    public var planTrials: Int

    public init(slice: ShardSlice, runKey: String, planCases: Int, planTrials: Int) {
        self.slice = slice
        self.runKey = runKey
        self.planCases = planCases
        self.planTrials = planTrials
    }
}

extension RunShard {
    /// What a part says in place of a decision, which only the whole run has.
    public static let undecided = "decided when the shards are merged"
}
