internal import RungCore
internal import RungText

/// Counts the cases of a run and decides about its suites: one rule for a run of one process and for one that is put together
/// from shards. Its size does not grow with the cases, but for lists of what went wrong.
struct RunJudge {
    let header: RunHeader
    private var builders: [TallyBuilder]
    private var comparisons: [BaselineComparison]?
    private var total: TallyBuilder
    /// By index of the suite; nil for suites that compare nothing, and for those whose other side is not at hand.
    private var efficacy: [EfficacyCases?]

    /// - Parameter efficacy: the other sides of efficacy suites.
    init(header: RunHeader, baseline: Baseline?, efficacy: [SuiteID: EfficacyBaseline] = [:]) {
        self.efficacy = header.suites.map { efficacy[$0.id].map { EfficacyCases($0, filter: header.filter) } }
        self.header = header
        builders = header.suites.map { TallyBuilder(policy: $0.gate) }
        comparisons = baseline.map { baseline in header.suites.map { _ in BaselineComparison(baseline: baseline) } }
        total = TallyBuilder(policy: Self.commonPolicy(header.suites))
    }

    /// Counts a case.
    ///
    /// - Parameter suite: index of its suite in the header.
    mutating func add(_ result: CaseResult, suite: Int) {
        builders[suite].add(result, isCritical: result.isCritical)
        total.add(result, isCritical: result.isCritical)
        comparisons?[suite].add(result)
        efficacy[suite]?.add(result)
    }

    /// What the run came to.
    func summary(status: RunStatus, at time: Timestamp, durationMs: Double) -> RunSummary {
        let suites = header.suites.indices.map { index in
            SuiteSummary(header: header.suites[index], tally: builders[index].finished(), gate: decision(on: index, status))
        }
        let gate = header.shard == nil ? GateDecision.worst(of: suites) : Self.undecided
        return RunSummary(
            header: header, status: status, finishedAt: time, durationMs: durationMs, suites: suites, total: total.finished(), gate: gate)
    }

    private func decision(on index: Int, _ status: RunStatus) -> GateDecision {
        guard header.shard == nil else { return Self.undecided }
        // A suite whose cases have all finished can be decided, even if the run was stopped in another one.
        let isWhole = builders[index].tally.verdicts.total == header.suites[index].cases
        if header.suites[index].kind == .efficacy {
            return efficacy[index]?.decide(isWhole ? .complete : status) ?? EfficacyCases.alone
        }
        let gate = RegressionGate(
            suite: header.suites[index], counts: builders[index], status: isWhole ? .complete : status,
            comparison: comparisons?[index], isSelection: header.filter != nil)
        return gate.decide()
    }

    /// A part of a run decides nothing: the whole could pass or fail whatever became of the part.
    private static let undecided = GateDecision(.inconclusive, [RunShard.undecided])

    /// A verdict is left out of the run's total only when every suite leaves it out.
    private static func commonPolicy(_ suites: [SuiteHeader]) -> GatePolicy {
        let excluded = Verdict.allCases.filter { verdict in
            !suites.isEmpty && suites.allSatisfy { $0.gate.excluded.contains(verdict) }
        }
        return GatePolicy(excluded: excluded)
    }
}
