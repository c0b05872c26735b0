public import RungCore
public import RungText

/// A run that is put together from its parts: the same counting and the same gate as for a run of one process.
///
/// Hand it every case of the parts in the order of the plan, then ask for the summary. Its size does not grow with the cases.
public struct MergedRun: Sendable {
    public let header: RunHeader
    private let roll: ShardRoll
    private var judge: RunJudge
    private var suites: [SuiteID: Int] = [:]
    private var next = 0

    /// - Parameters:
    ///   - roll: parts that are all there.
    ///   - id: the new run's.
    /// - Precondition: `roll.isWhole`.
    public init(of roll: ShardRoll, id: RunID, baseline: Baseline?) {
        precondition(roll.isWhole, "a run is merged when all its parts are there")
        self.roll = roll
        let parts = roll.counting.map(\.header)
        var header = parts[0]
        header.id = id
        header.startedAt = parts.map(\.startedAt).min() ?? header.startedAt
        header.suites = parts[0].suites.indices.map { index in
            var suite = parts[0].suites[index]
            suite.cases = parts.reduce(0) { $0 + ($1.suites.indices.contains(index) ? $1.suites[index].cases : 0) }
            return suite
        }
        header.cases = parts.reduce(0) { $0 + $1.cases }
        header.trials = parts.reduce(0) { $0 + $1.trials }
        header.resumedTrials = parts.reduce(0) { $0 + $1.resumedTrials }
        header.baseline = baseline?.name
        header.shard = nil
        header.mergedFrom = parts.map(\.id)
        self.header = header
        judge = RunJudge(header: header, baseline: baseline)
        for (index, suite) in header.suites.enumerated() { suites[suite.id] = index }
    }

    /// Counts the next case.
    ///
    /// - Throws: `MergedRunProblem` when it is not the next one of the plan.
    public mutating func add(_ result: CaseResult) throws(MergedRunProblem) {
        guard result.index == next else { throw MergedRunProblem("case \(next) of the plan is in no shard; found case \(result.index)") }
        guard let suite = suites[result.suite] else {
            throw MergedRunProblem("case \(next) belongs to suite \(result.suite), which no shard names")
        }
        next += 1
        judge.add(result, suite: suite)
    }

    /// What the run came to.
    ///
    /// - Parameter time: when it was decided; the tests themselves ended when the last part did.
    /// - Throws: `MergedRunProblem` when cases are missing.
    public func summary(at time: Timestamp) throws(MergedRunProblem) -> RunSummary {
        guard next == header.cases else { throw MergedRunProblem("the shards hold \(next) cases, the plan \(header.cases)") }
        var summary = judge.summary(status: .complete, at: time, durationMs: slowest)
        summary.gate.reasons += notes
        if summary.suites.count == 1 { summary.suites[0].gate.reasons += notes }
        return summary
    }

    /// The wall time of the part that took longest.
    private var slowest: Double { roll.counting.compactMap(\.summary?.durationMs).max() ?? 0 }

    /// What the gate tells of parts that were made more than once.
    private var notes: [String] {
        roll.counting.compactMap { counted in
            let others = roll.deliveries.filter { $0.shard.slice == counted.shard.slice && $0.header.id != counted.header.id }
            guard !others.isEmpty else { return nil }
            let list = others.map { other in
                "\(other.header.id) \(other.summary.map { Self.outcome(of: $0) } ?? "did not end")"
            }
            return "shard \(counted.shard.slice) was made \(others.count + 1) times: \(counted.header.id) counts "
                + "(\(counted.summary.map { Self.outcome(of: $0) } ?? "")), not \(list.joined(separator: ", "))"
        }
    }

    /// `passed 3 of 4 cases`.
    private static func outcome(of summary: RunSummary) -> String {
        let word = summary.status == .complete ? "passed" : "is incomplete and passed"
        return "\(word) \(summary.total.verdicts[.passed]) of \(summary.header.cases) cases"
    }
}

/// Why parts do not make a run; they contradict each other or the plan.
public struct MergedRunProblem: Error, Sendable, CustomStringConvertible {
    /// A lower-case fragment.
    public let description: String

    init(_ description: String) { self.description = description }
}
