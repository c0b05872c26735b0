internal import RungCore
internal import RungCrypto
internal import RungText

/// What a worker reports about a case: some of its trials.
struct CaseProgress: Sendable {
    /// The case without its trials; its verdict is not known yet.
    var blank: CaseResult
    /// Index of its suite in the plan.
    var suite: Int
    /// Trials that the case has in all.
    var planned: Int
    var trials: [TrialResult]
}

/// Puts trials together into cases, and cases into the order of the plan.
struct CaseAssembler {
    let plan: RunPlan
    /// Quarantines that are in force on the day of the run, by suite.
    private let quarantines: [[CaseID: String]]
    private var open: [Int: CaseProgress] = [:]
    private var done: [Int: (suite: Int, CaseResult)] = [:]
    private let caseCount: Int
    private var next: Int

    init(plan: RunPlan, today: Timestamp) {
        self.plan = plan
        caseCount = plan.cases
        quarantines = plan.suites.map { planned in
            var active: [CaseID: String] = [:]
            for entry in planned.suite.quarantine where entry.until > today {
                active[entry.caseID] = "\(entry.reason) (until \(entry.until.date))"
            }
            return active
        }
        next = plan.nextTaken(from: 0, below: caseCount)
    }

    /// Index of the first case in plan order that is not finished.
    var frontier: Int { next }

    /// Takes a worker's report; returns the cases that can now be told, in order.
    mutating func add(_ progress: CaseProgress) -> [(suite: Int, result: CaseResult)] {
        var progress = progress
        let index = progress.blank.index
        if let earlier = open.removeValue(forKey: index) { progress.trials += earlier.trials }
        guard progress.trials.count >= progress.planned else {
            open[index] = progress
            return []
        }
        // Almost always the next one is the one that has come.
        if index == next, done.isEmpty {
            advance()
            return [(progress.suite, finish(progress))]
        }
        done[index] = (progress.suite, finish(progress))
        var ready: [(suite: Int, result: CaseResult)] = []
        while let (suite, result) = done.removeValue(forKey: next) {
            ready.append((suite, result))
            advance()
        }
        return ready
    }

    /// Goes to the next case that is made here; `caseCount` after the last one.
    private mutating func advance() { next = plan.slice == nil ? next + 1 : plan.nextTaken(from: next + 1, below: caseCount) }

    /// The finished cases that are still waiting for one before them; for the end of an interrupted run.
    mutating func remaining() -> [(suite: Int, result: CaseResult)] {
        defer { done = [:] }
        return done.sorted { $0.key < $1.key }.map { ($0.value.suite, $0.value.1) }
    }

    private func finish(_ progress: CaseProgress) -> CaseResult {
        var result = progress.blank
        result.trials = progress.trials
        if result.trials.count > 1 { result.trials.sort { $0.index < $1.index } }
        if result.note != nil {
            result.verdict = .skipped
        } else if let reason = quarantines[progress.suite][result.id] {
            result.verdict = .quarantined
            result.note = reason
        } else {
            result.verdict = plan.suites[progress.suite].suite.requirement.verdict(of: result.trials.lazy.map(\.verdict))
        }
        return result
    }
}
