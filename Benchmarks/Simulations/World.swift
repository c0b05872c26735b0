import RungCore
import RungRunner
import RungStatistics

/// Cases that pass with rates of their own, and a candidate that lowers them.
struct World {
    let name: String
    let trials: Int
    /// Cases that share rate and fate; 1 for none.
    var clusterSize = 1
    /// Each case has one of these at random: the standard world is half certain, half flaky.
    var rates = [0.5, 0.9, 1, 1]
    /// Whether a drop breaks a few cases altogether, and leaves the others as they are.
    var breaksFew = false

    /// What became of the rounds.
    struct Tally {
        var passed = 0
        var failed = 0
        var inconclusive = 0
        /// Rounds in which the mean of the candidate was below that of the baseline.
        var below = 0
        /// Rounds in which a trial of the candidate failed.
        var anyFailed = 0
        /// Rounds in which the two-sided interval held the true change.
        var covered = 0
    }

    /// The means of one case on both sides.
    func pair(drop: Double, _ random: inout SplitMix64) -> (Double, Double) {
        let fate = fate(drop, &random)
        return (mean(fate.before, &random), mean(fate.after, &random))
    }

    /// Half of the cases fall three times as far as the other half, in the mean by `drop`; or few of them fall to nothing.
    private func fate(_ drop: Double, _ random: inout SplitMix64) -> (before: Double, after: Double) {
        let rate = rates[Int(random.unit() * Double(rates.count))]
        let relative = drop / (rates.reduce(0, +) / Double(rates.count))
        let luck = random.unit()
        if breaksFew { return (rate, luck < relative ? 0 : rate) }
        return (rate, rate * (1 - relative * (luck < 0.5 ? 0.5 : 1.5)))
    }

    private func mean(_ rate: Double, _ random: inout SplitMix64) -> Double {
        var passed = 0
        for _ in 0..<trials where random.unit() < rate { passed += 1 }
        return Double(passed) / Double(trials)
    }

    private func values(_ rate: Double, _ random: inout SplitMix64) -> [TrialValue] {
        (1...trials).map { TrialValue(trial: "\($0)", value: random.unit() < rate ? 1 : 0) }
    }

    /// Compares both sides anew in each round; the same numbers each time it is run.
    func tally(cases: Int, drop: Double, rounds: Int) -> Tally {
        var tally = Tally()
        for round in 0..<rounds {
            let seed = StableSeed(base: 11).mixing(name).mixing(cases).mixing(Int(drop * 1_000)).mixing(round)
            var random = SplitMix64(seed: seed.value)
            var (a, b): ([CaseValues], [CaseValues]) = ([], [])
            var fate = (before: 1.0, after: 1.0)
            for index in 0..<cases {
                if index.isMultiple(of: clusterSize) { fate = self.fate(drop, &random) }
                let cluster = clusterSize > 1 ? "k\(index / clusterSize)" : nil
                a.append(CaseValues(id: "c\(index)", trials: values(fate.before, &random), cluster: cluster))
                b.append(CaseValues(id: "c\(index)", trials: values(fate.after, &random), cluster: cluster))
            }
            let policy = ComparisonPolicy(margin: 0.05, seed: UInt64(round), resamples: 2_000)
            let comparison = EfficacyGate(policy: policy).compare(baseline: a, candidate: b)
            switch comparison.decision {
            case .pass, .unchanged: tally.passed += 1
            case .fail: tally.failed += 1
            case .inconclusive: tally.inconclusive += 1
            }
            guard let effect = comparison.effect else { continue }
            if effect.estimate < 0 { tally.below += 1 }
            if b.contains(where: { $0.trials.contains { $0.value == 0 } }) { tally.anyFailed += 1 }
            if effect.interval.low <= -drop, -drop <= effect.interval.high { tally.covered += 1 }
        }
        return tally
    }
}
