internal import RungCore

/// A piece of work: some cases of one suite, and which of their trials.
struct WorkUnit: Sendable {
    var suite: Int
    /// Indices into the suite's cases.
    var cases: Range<Int>
    /// All trials of the cases, or only this one.
    var trial: Int?
}

/// Hands out the work of a plan in order, never too far ahead of the cases that are finished.
actor WorkQueue {
    private let plan: RunPlan
    private let window: Int
    private var suite = 0
    private var nextCase = 0
    private var nextTrial = 0
    private var frontier = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false

    /// Cases per unit when nothing waits for the outside.
    static let blockSize = 256

    /// - Parameter window: how many cases that are made here may be under way beyond the first unfinished one.
    init(plan: RunPlan, window: Int) {
        self.plan = plan
        self.window = window * stride(of: plan)
    }

    /// The next piece of work; nil when there is no more.
    func next() async -> WorkUnit? {
        while true {
            if isStopped { return nil }
            skipWhatIsMadeElsewhere()
            guard suite < plan.suites.count else { return nil }
            if plan.firstCases[suite] + nextCase < frontier + window { return take() }
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func skipWhatIsMadeElsewhere() {
        while suite < plan.suites.count {
            let (first, count) = (plan.firstCases[suite], plan.suites[suite].cases.count)
            nextCase = plan.nextTaken(from: first + nextCase, below: first + count) - first
            if nextCase < count { return }
            suite += 1
            nextCase = 0
        }
    }

    /// Notes how far the results have come.
    func advance(to frontier: Int) {
        self.frontier = frontier
        wake()
    }

    /// Gives out nothing more.
    func stop() {
        isStopped = true
        wake()
    }

    private func wake() {
        let waiting = waiting
        self.waiting = []
        for continuation in waiting { continuation.resume() }
    }

    private func take() -> WorkUnit {
        let planned = plan.suites[suite]
        if planned.suite.boundary == .transcript {
            let range = nextCase..<min(nextCase + Self.blockSize * stride(of: plan), planned.cases.count)
            nextCase = range.upperBound
            return WorkUnit(suite: suite, cases: range, trial: nil)
        }
        let unit = WorkUnit(suite: suite, cases: nextCase..<nextCase + 1, trial: nextTrial)
        nextTrial += 1
        if nextTrial >= planned.cases[nextCase].trials {
            nextTrial = 0
            nextCase += 1
        }
        return unit
    }
}

/// How far apart the cases that are made here lie, on the average.
private func stride(of plan: RunPlan) -> Int { plan.slice?.count ?? 1 }
