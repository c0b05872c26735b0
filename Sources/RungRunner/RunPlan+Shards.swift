internal import RungCore
internal import RungStatistics

/// Which cases of a plan belong to which part of a sharded run.
extension RunPlan {
    /// The part that makes a case, from 1 to `count`: the same on every machine and in every version.
    ///
    /// Of `count` cases in a row each part makes exactly one, so that no part has more than one case more than another. Where
    /// a row begins is turned by a hash of its number: cases alternate between agents and tasks, and a plain round would give
    /// all cases of the slow agent to one part.
    static func shard(ofCase index: Int, of count: Int) -> Int {
        let turn = StableSeed(base: 0).mixing("shard").mixing(index / count).value % UInt64(count)
        return (index % count + Int(turn)) % count + 1
    }

    /// Whether a case is made here; its index counts over all suites.
    func takes(_ index: Int) -> Bool {
        guard let slice else { return true }
        return Self.shard(ofCase: index, of: slice.count) == slice.index
    }

    /// The first case from `index` on that is made here; the number of cases when there is none.
    func nextTaken(from index: Int, below end: Int) -> Int {
        var index = index
        while index < end, !takes(index) { index += 1 }
        return index
    }

    /// Cases and trials that are made here.
    var taken: (cases: Int, trials: Int) {
        guard slice != nil else { return (cases, trials) }
        return suites.indices.reduce(into: (cases: 0, trials: 0)) { sum, suite in
            let taken = takenCases(of: suite)
            sum.cases += taken.count
            sum.trials += taken.reduce(0) { $0 + suites[suite].cases[$1].trials }
        }
    }

    /// Headers of the suites with the cases that are made here.
    var suiteHeaders: [SuiteHeader] {
        suites.indices.map { suites[$0].header(cases: slice == nil ? suites[$0].cases.count : takenCases(of: $0).count) }
    }

    private func takenCases(of suite: Int) -> [Int] { suites[suite].cases.indices.filter { takes(firstCases[suite] + $0) } }
}
