internal import RungCore
internal import RungStatistics

/// Counts cases as they finish; its size does not grow with their number, but for lists of what went wrong.
struct TallyBuilder {
    let policy: GatePolicy
    private(set) var tally = Tally()
    /// Cases that the rates count and that passed.
    private(set) var passed = 0
    /// Critical cases that did not pass, with their verdicts; at most `listLimit` of them.
    private(set) var criticalProblems: [(key: CaseKey, verdict: Verdict)] = []
    private(set) var criticalProblemCount = 0
    private var rates = CaseRateAccumulator()
    private var passAtK = PassAtK()

    static let listLimit = 1_000

    init(policy: GatePolicy) { self.policy = policy }

    mutating func add(_ result: CaseResult, isCritical: Bool) {
        tally.verdicts.add(result.verdict)
        tally.trials += result.trials.count
        countTrials(of: result)
        guard result.verdict != .quarantined else { return }
        // Leaving a verdict out of the rate does not excuse a critical case that ended with it.
        if isCritical, result.verdict != .passed { noteCritical(result) }
        guard !policy.excluded.contains(result.verdict) else { return }
        tally.counted += 1
        let successes = result.trials.count { $0.verdict == .passed }
        rates.add(successes: successes, of: max(1, result.trials.count))
        if !result.trials.isEmpty { passAtK.add(successes: successes, of: result.trials.count) }
        if result.verdict == .passed { passed += 1 }
    }

    private mutating func noteCritical(_ result: CaseResult) {
        criticalProblemCount += 1
        if criticalProblems.count < Self.listLimit { criticalProblems.append((result.key, result.verdict)) }
    }

    private mutating func countTrials(of result: CaseResult) {
        for trial in result.trials {
            if trial.verdict == .errored { tally.erroredTrials += 1 }
            tally.usage.add(trial.usage)
            tally.retries += trial.retried.count
        }
        guard result.trials.count > 1 else { return }
        tally.repeated += 1
        if result.trials.contains(where: { $0.verdict != result.trials[0].verdict }) { tally.unstable += 1 }
    }

    /// The tally with its rates and intervals.
    func finished() -> Tally {
        var tally = tally
        if let interval = rates.interval() {
            tally.passRate = PassRate(
                estimate: interval.estimate, low: interval.low, high: interval.high, method: interval.method.rawValue,
                n: tally.counted, effectiveN: interval.effectiveN)
        }
        tally.passAtK = passAtK.passAtK
        tally.passHatK = passAtK.passHatK
        return tally
    }
}
