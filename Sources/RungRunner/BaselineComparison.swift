internal import RungCore

/// Compares the verdicts of a run with those of a baseline, case by case.
struct BaselineComparison {
    let baseline: Baseline
    private(set) var newlyFailing: [CaseKey] = []
    private(set) var newlyPassing: [CaseKey] = []
    private(set) var newlyFailingCount = 0
    private(set) var newlyPassingCount = 0
    /// Cases that both runs hold, and cases that only this one does.
    private(set) var common = 0
    private(set) var added = 0

    static let listLimit = 1_000

    init(baseline: Baseline) { self.baseline = baseline }

    /// Skipped and quarantined cases say nothing about the candidate.
    mutating func add(_ result: CaseResult) {
        guard let before = baseline.verdicts[result.key] else {
            added += 1
            return
        }
        common += 1
        guard result.verdict != .skipped, result.verdict != .quarantined else { return }
        let (passedBefore, passes) = (before == .passed, result.verdict == .passed)
        if passedBefore, !passes {
            newlyFailingCount += 1
            if newlyFailing.count < Self.listLimit { newlyFailing.append(result.key) }
        } else if !passedBefore, passes, before != .quarantined, before != .skipped {
            newlyPassingCount += 1
            if newlyPassing.count < Self.listLimit { newlyPassing.append(result.key) }
        }
    }

    /// Cases of the baseline's suite that this run did not meet.
    func removed(in suite: SuiteID) -> Int {
        baseline.verdicts.keys.count { $0.suite == suite } - common
    }
}
