public import RungCore
public import RungText

/// One part of a sharded run as it was delivered.
public struct DeliveredShard: Sendable {
    public var header: RunHeader
    public var shard: RunShard
    /// Nil while the part has not ended; also for one that was killed.
    public var summary: RunSummary?

    /// Nil for a run that is not a part of one.
    public init?(header: RunHeader, summary: RunSummary?) {
        guard let shard = header.shard else { return nil }
        self.header = header
        self.shard = shard
        self.summary = summary
    }

    /// Whether every case of the part was tried.
    public var isComplete: Bool { summary?.status == .complete }
}

/// What the parts of one run share; parts that differ in any of these never make a run together.
public struct ShardedRunName: Hashable, Sendable {
    public var runKey: String
    /// Digest of everything that decides.
    public var plan: String
    public var count: Int

    public init(_ shard: DeliveredShard) {
        runKey = shard.shard.runKey
        plan = "\(shard.header.planDigest)"
        count = shard.shard.slice.count
    }
}

/// The parts of one run that have been delivered, and which of them count. A pure value.
///
/// Of a part that was delivered several times the last complete one counts, since a part is mostly made again because a
/// machine broke; that there were others is told by the merged run's gate, so that repeating a part until it passes is seen.
public struct ShardRoll: Sendable {
    public let name: ShardedRunName
    /// All deliveries, by index of the part, then by start.
    public let deliveries: [DeliveredShard]
    /// The deliveries that count, by index of the part.
    public let counting: [DeliveredShard]

    /// - Parameter deliveries: all of the same name; at least one.
    init(_ name: ShardedRunName, _ deliveries: [DeliveredShard]) {
        self.name = name
        self.deliveries = deliveries.sorted {
            ($0.shard.slice.index, $0.header.startedAt.seconds, $0.header.id) < (
                $1.shard.slice.index, $1.header.startedAt.seconds, $1.header.id
            )
        }
        var last: [Int: DeliveredShard] = [:]
        for delivery in self.deliveries where delivery.isComplete { last[delivery.shard.slice.index] = delivery }
        counting = last.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The runs that the deliveries make up, the one with the newest part first.
    ///
    /// - Parameter used: parts that merged runs were put together from. Where nothing but the plan names a run, they belong to
    ///   an earlier one as soon as a new part is there.
    public static func all(of deliveries: [DeliveredShard], used: Set<RunID> = []) -> [ShardRoll] {
        Dictionary(grouping: deliveries, by: ShardedRunName.init)
            .map { name, deliveries in
                let new = name.runKey == name.plan ? deliveries.filter { !used.contains($0.header.id) } : []
                return ShardRoll(name, new.isEmpty ? deliveries : new)
            }
            .sorted { ($0.latestStart.seconds, $0.name.runKey, $0.name.count) > ($1.latestStart.seconds, $1.name.runKey, $1.name.count) }
    }

    /// When the newest part was started.
    public var latestStart: Timestamp { deliveries.map(\.header.startedAt).max() ?? Timestamp(seconds: 0) }

    /// Whether every part is there and complete, and their cases add up to the plan's.
    public var isWhole: Bool { problems.isEmpty }

    /// Why there is no run yet, one sentence a part; empty when there is.
    public var problems: [String] {
        var problems: [String] = []
        let complete = Set(counting.map(\.shard.slice.index))
        for index in 1...name.count where !complete.contains(index) { problems.append(problem(with: index)) }
        guard problems.isEmpty else { return problems }
        let cases = counting.reduce(0) { $0 + $1.header.cases }
        let trials = counting.reduce(0) { $0 + $1.header.trials }
        if let shard = counting.first?.shard, cases != shard.planCases || trials != shard.planTrials {
            problems.append("the shards hold \(cases) cases and \(trials) trials, the plan \(shard.planCases) and \(shard.planTrials)")
        }
        return problems
    }

    private func problem(with index: Int) -> String {
        guard let last = deliveries.last(where: { $0.shard.slice.index == index }) else { return "shard \(index)/\(name.count) is missing" }
        let why =
            switch last.summary?.status {
            case .incomplete(let reason)?: reason
            default: "it has not ended"
            }
        return "shard \(index)/\(name.count) is incomplete: \(why) (run \(last.header.id))"
    }
}
