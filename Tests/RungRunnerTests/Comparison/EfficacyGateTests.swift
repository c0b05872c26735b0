import RungCore
import RungStatistics
import Testing

@testable import RungRunner

@Suite("The gate over a comparison")
struct EfficacyGateTests {
    /// Cases named c000, c001 and so on, from the values of their trials.
    static func cases(
        _ values: [[Double?]], clusters: Int? = nil, slice: (Int) -> String? = { _ in nil }, digest: String? = nil
    ) -> [CaseValues] {
        values.enumerated().map { index, trials in
            CaseValues(
                id: "c\(1_000 + index)",
                trials: trials.enumerated().map {
                    TrialValue(trial: "\($0.offset + 1)", value: $0.element, digest: digest.map { "\($0)-\(index)" })
                }, cluster: clusters.map { "k\(index % $0)" }, slice: slice(index))
        }
    }

    private func compare(
        _ baseline: [CaseValues], _ candidate: [CaseValues], margin: Double = 0.05,
        requirement: ComparisonPolicy.Requirement = .nonInferior, ground: ComparisonGround = ComparisonGround(), resamples: Int = 2_000
    ) -> Comparison {
        EfficacyGate(
            policy: ComparisonPolicy(margin: margin, requirement: requirement, resamples: resamples), baseline: "A", candidate: "B"
        )
        .compare(baseline: baseline, candidate: candidate, ground: ground)
    }

    /// Single trials: so many lost and gained among so many that pass on both sides.
    private func binary(_ n: Int, lost: Int, gained: Int) -> ([CaseValues], [CaseValues]) {
        (
            Self.cases((0..<n).map { [$0 >= lost && $0 < lost + gained ? 0 : 1] }),
            Self.cases((0..<n).map { [$0 < lost ? 0 : 1] })
        )
    }

    // MARK: - The bound that decides

    @Test("Tango decides for binary single trials, whatever their number", arguments: [6, 20, 49, 50, 300])
    func tango(n: Int) throws {
        let (a, b) = binary(n, lost: 2, gained: 1)
        let effect = try #require(compare(a, b).effect)
        #expect(effect.method == .tango)
        let counts = PairedCounts(bothPassed: n - 3, lost: 2, gained: 1, bothFailed: 0)
        #expect(abs(effect.bounds.low - (try #require(counts.tango(confidence: 0.95, oneSided: .lower))).low) < 1e-12)
        #expect(abs(effect.bounds.high - (try #require(counts.tango(confidence: 0.95, oneSided: .upper))).high) < 1e-12)
        #expect(abs(effect.interval.low - (try #require(counts.tango())).low) < 1e-12)
    }

    @Test("else BCa decides from fifty units on, and the inverted sign-flip test below", arguments: [49, 50])
    func bootstrap(n: Int) throws {
        let grades = [0.0, 1.0 / 3, 2.0 / 3, 1]
        let a = Self.cases((0..<n).map { [grades[$0 % 4], grades[($0 / 2) % 4]] })
        let b = Self.cases((0..<n).map { [grades[($0 * 7) % 4], grades[($0 / 3) % 4]] })
        let comparison = compare(a, b)
        let effect = try #require(comparison.effect)
        #expect(effect.method == (n == 50 ? .bca : .signFlip))
        let differences = zip(a, b).map { old, new in
            (new.trials.compactMap(\.value).reduce(0, +) - old.trials.compactMap(\.value).reduce(0, +)) / 2
        }
        let t = try #require(PairedDifferences(differences)?.interval(confidence: 0.9))
        #expect(abs(effect.bounds.low - t.low) < 0.02 && abs(effect.bounds.high - t.high) < 0.02)
    }

    /// All subset means, sorted: the ⌊α · 2ⁿ⌋-th is the bound (Hartigan 1969); written out here once more.
    @Test("from 6 to 20 units the bound is the exact one", arguments: 6...20)
    func exact(n: Int) throws {
        var random = SplitMix64(seed: UInt64(n))
        let values = (0..<n).map { _ in (random.unit() * 8).rounded() / 8 }
        let a = Self.cases(values.map { _ in [0.5, 0.5] })
        let b = Self.cases(values.map { [$0, $0] })
        let effect = try #require(compare(a, b).effect)
        #expect(effect.method == .signFlip)
        let differences = values.map { $0 - 0.5 }
        // How many ways to flip lead at least as far up when the truth is `mean`: counted over sums in eighths.
        func share(_ mean: Double) -> Double {
            var counts = [0.0: 1.0]
            for difference in differences {
                var next: [Double: Double] = [:]
                for (sum, count) in counts {
                    next[sum, default: 0] += count
                    next[sum + difference - mean, default: 0] += count
                }
                counts = next
            }
            return counts.reduce(0) { $0 + ($1.key <= 1e-9 ? $1.value : 0) } / Double(1 << n)
        }
        if n <= 12 {
            #expect(share(effect.bounds.low + 1e-7) > 0.05)
            #expect(share(effect.bounds.low - 1e-7) <= 0.05)
        } else {
            #expect(effect.bounds.low < effect.estimate && effect.bounds.low > effect.estimate - 0.3)
        }
    }

    @Test("clusters are the units: fifty of them for the bootstrap, and none of Tango's", arguments: [10, 49, 50])
    func clusters(count: Int) throws {
        let n = 120
        let a = Self.cases((0..<n).map { [Double($0 % 3 == 0 ? 0 : 1)] }, clusters: count)
        let b = Self.cases((0..<n).map { [Double($0 % 5 == 0 ? 0 : 1)] }, clusters: count)
        let comparison = compare(a, b)
        #expect(comparison.isClustered && comparison.n == count && comparison.pairs == n && comparison.binary == nil)
        #expect(comparison.effect?.method == (count == 50 ? .bca : .signFlip))
    }

    // MARK: - Zero variance

    @Test("without any difference Tango decides where cases are 0 or 1", arguments: [6, 12, 20, 51, 52, 400])
    func zeroVariance(n: Int) throws {
        for trials in [1, 3] {
            let same = Self.cases((0..<n).map { Array(repeating: Double($0 % 2), count: trials) })
            let comparison = compare(same, same)
            let effect = try #require(comparison.effect)
            #expect(effect.method == .tango && effect.estimate == 0 && effect.bca == nil)
            let square = 1.6448536269514722 * 1.6448536269514722
            #expect(abs(effect.bounds.low + square / (Double(n) + square)) < 1e-12)
            // z²(1 − δ)/δ is 51.4 for five points.
            #expect(comparison.decision == (n >= 52 ? .pass : .inconclusive))
            if n < 52 { #expect(comparison.power.furtherUnits == 52 - n) }
        }
    }

    @Test("clusters that all came out alike count as one pair each")
    func zeroVarianceInClusters() throws {
        let same = Self.cases((0..<400).map { _ in [1] }, clusters: 20)
        let comparison = compare(same, same)
        #expect(comparison.effect?.method == .tango && comparison.n == 20 && comparison.decision == .inconclusive)
        #expect(compare(same, same, margin: 0.15).decision == .pass)
    }

    @Test("all lost is a fail, all gained a pass")
    func allOneWay() throws {
        let (none, all) = (Self.cases((0..<10).map { _ in [0] }), Self.cases((0..<10).map { _ in [1] }))
        #expect(compare(all, none).decision == .fail)
        #expect(compare(none, all).decision == .pass)
        #expect(compare(none, all, requirement: .superior).decision == .pass)
        #expect(compare(none, none, margin: 0.3).reasons.contains("every trial failed on both sides"))
    }

    @Test("differences that do not vary and are not of 0 and 1 decide nothing")
    func constant() throws {
        let a = Self.cases((0..<80).map { _ in [0.5] })
        let b = Self.cases((0..<80).map { _ in [0.75] })
        let comparison = compare(a, b)
        #expect(comparison.decision == .inconclusive && comparison.effect?.method == ComparisonEffect.Method.none)
        #expect(
            comparison.reasons == [
                "B is better by 25 points, on 80 cases × 1 trial; the margin is 5 points",
                "the differences do not vary, and cases are not simply passed or failed: nothing tells how far the estimate may err",
            ])
    }

    // MARK: - Decisions

    @Test("pass, fail and inconclusive follow the bounds and the margin")
    func margins() throws {
        let (a, b) = binary(200, lost: 12, gained: 4)
        let low = try #require(compare(a, b).effect).bounds.low
        #expect(compare(a, b, margin: -low + 1e-9).decision == .pass)
        #expect(compare(a, b, margin: -low - 1e-9).decision == .inconclusive)
        let high = try #require(compare(a, b).effect).bounds.high
        #expect(high < 0)
        #expect(compare(a, b, margin: -high - 1e-9).decision == .fail)
        #expect(compare(a, b, margin: -high + 1e-9).decision == .inconclusive)
        #expect(compare(a, b, margin: 0.5, requirement: .superior).decision == .fail)
        #expect(compare(b, a, margin: 0, requirement: .superior).decision == .pass)
    }

    @Test("the sentences tell what was seen, what decided, and what would have changed it")
    func sentences() throws {
        let (a, b) = binary(200, lost: 12, gained: 4)
        #expect(
            compare(a, b, margin: 0.1).reasons == [
                "B is worse by 4 points, 95 % interval 0.09 to 8.5, on 200 cases × 1 trial; the margin is 10 points",
                "with 95 % confidence the drop is at most 7.7 points (Tango's score bound), which is within the margin",
                "there is a drop all the same: with 95 % confidence at least 0.7 points",
                "a margin below 7.6 points would have left it open",
            ])
        #expect(
            compare(a, b, margin: 0.05).reasons == [
                "B is worse by 4 points, 95 % interval 0.09 to 8.5, on 200 cases × 1 trial; the margin is 5 points",
                "a drop of 7.7 points is possible (Tango's score bound), which is beyond the margin, and so is a change within it",
                "a margin of 7.7 points or more would have let it pass",
                "about 4672 further cases like these would probably decide",
            ])
        #expect(
            compare(a, b, margin: 0.005).reasons.dropFirst() == [
                "with 95 % confidence the drop is at least 0.7 points (Tango's score bound), which is beyond the margin",
                "only a margin of 0.8 points or more would have kept it from failing",
            ])
    }

    @Test("where every transcript is the baseline's the gate passes as unchanged, also with a single case")
    func unchanged() throws {
        for n in [1, 6, 20, 100] {
            let same = Self.cases((0..<n).map { _ in [0.3, 0.9] }, digest: "sha")
            let comparison = compare(same, same, margin: 0)
            #expect(comparison.decision == .unchanged && comparison.exitStatus == .passed)
            #expect(comparison.reasons.contains("every transcript of B is that of A: nothing changed"))
        }
        var changed = Self.cases((0..<20).map { _ in [0.3, 0.9] }, digest: "sha")
        let same = changed
        changed[7].trials[1].digest = "other"
        #expect(compare(same, changed).decision == .inconclusive)
        changed[7].trials[1].digest = nil
        #expect(compare(same, changed).decision == .inconclusive)
        #expect(compare(same, Array(same.dropLast())).decision == .inconclusive)
    }

    @Test("a critical case that failed fails the gate, even where nothing changed")
    func critical() throws {
        let same = Self.cases((0..<100).map { _ in [1] }, digest: "sha")
        let comparison = compare(same, same, ground: ComparisonGround(failedCriticalCases: ["refund"]))
        #expect(comparison.decision == .fail && comparison.reasons.first == "1 critical case failed with B: refund")
    }

    @Test("what is incomplete can fail but never passes")
    func incomplete() throws {
        let all = Self.cases((0..<100).map { _ in [1] })
        let gap = ComparisonGround(gaps: ["the run is incomplete: 3 of 103 cases were not tried"])
        #expect(compare(all, all).decision == .pass)
        #expect(compare(all, all, ground: gap).decision == .inconclusive)
        var holed = all
        holed[3].trials.append(TrialValue(trial: "2", value: nil))
        holed[4].trials.append(TrialValue(trial: "2", value: .nan))
        let comparison = compare(all, holed)
        #expect(comparison.decision == .inconclusive)
        #expect(comparison.reasons.contains("2 trials of B came to no value: what is incomplete can fail, but never passes"))
        #expect(compare(all, Self.cases((0..<100).map { _ in [0, nil] }), ground: gap).decision == .fail)
    }

    @Test("fewer than six pairs decide nothing, and fewer than ten come with a warning", arguments: [0, 1, 5, 6, 9, 10])
    func fewPairs(n: Int) throws {
        let (all, none) = (Self.cases((0..<n).map { _ in [1] }), Self.cases((0..<n).map { _ in [0] }))
        let comparison = compare(all, none)
        #expect(comparison.decision == (n < 6 ? .inconclusive : .fail))
        #expect(comparison.n == n)
        let sentences = [
            0: "no case has a value on both sides: there is nothing to compare", 1: "only 1 pair: fewer than 6 decide nothing",
        ]
        if let sentence = sentences[n] { #expect(comparison.reasons.contains(sentence)) }
        #expect(comparison.reasons.contains("only \(n) independent pairs: read this with care") == (6..<10).contains(n))
    }

    @Test("added, removed and empty cases are listed and left out")
    func unpaired() throws {
        let a = Self.cases((0..<60).map { _ in [1] }) + [CaseValues(id: "old", trials: [TrialValue(trial: "1", value: 0)])]
        let b =
            Self.cases((0..<60).map { _ in [1] }) + [
                CaseValues(id: "new", trials: [TrialValue(trial: "1", value: 0)]), CaseValues(id: "nothing", trials: []),
            ]
        let comparison = compare(a, b)
        #expect(comparison.pairs == 60 && comparison.decision == .pass)
        #expect(
            comparison.unpaired == [
                UnpairedCase(id: "new", side: .candidate), UnpairedCase(id: "nothing", side: .neither),
                UnpairedCase(id: "old", side: .baseline),
            ])
        #expect(comparison.reasons.contains("not compared: 1 case only in A, 1 case only in B, 1 case without any value"))
    }

    @Test("trials may differ in number; every case weighs the same, and a sentence says so")
    func unevenTrials() throws {
        let a = Self.cases((0..<60).map { [Double($0 % 2)] + ($0 < 30 ? [1] : []) })
        let b = Self.cases((0..<60).map { [Double($0 % 2), 1, 1] })
        let comparison = compare(a, b)
        #expect(comparison.trials == 1...3 && comparison.binary == nil)
        #expect(comparison.reasons.contains("cases have 1 to 3 trials; every case weighs the same"))
    }

    @Test("the order of cases and trials changes nothing, to the last bit")
    func order() throws {
        var random = SplitMix64(seed: 1)
        let a = Self.cases((0..<70).map { _ in [random.unit(), random.unit(), random.unit()] }, clusters: 61) { "s\($0 % 2)" }
        let b = Self.cases((0..<70).map { _ in [random.unit(), random.unit(), random.unit()] }, clusters: 61) { "s\($0 % 2)" }
        let turned = b.reversed().map { CaseValues(id: $0.id, trials: $0.trials.reversed(), cluster: $0.cluster, slice: $0.slice) }
        #expect(compare(a, b) == compare(a.reversed(), turned))
    }

    @Test("a slice that drops fails the gate after Holm's adjustment, and the family is named")
    func slices() throws {
        // One slice of four loses a third; over all cases that stays within twenty points.
        let a = Self.cases((0..<240).map { _ in [1] }) { ["de", "en", "fr", "it"][$0 % 4] }
        let b = Self.cases((0..<240).map { [$0 % 4 == 0 && $0 % 3 == 0 ? 0 : 1] }) { ["de", "en", "fr", "it"][$0 % 4] }
        let comparison = compare(a, b, margin: 0.18)
        #expect(comparison.decision == .fail)
        #expect(comparison.slices.map(\.name) == ["de", "en", "fr", "it"])
        let tests = try #require(comparison.slices[0].tests)
        #expect(tests.holm == min(1, 4 * tests.beyondMargin) && tests.holm <= 0.05)
        #expect(comparison.reasons.contains { $0.hasPrefix("in slice de the drop is beyond the margin: 33.3 points on 60 cases, p 0.0") })
        #expect(comparison.reasons.contains("slices tested together, after Holm: de, en, fr, it"))
        #expect(compare(a, b, margin: 0.4).decision == .pass)
    }

    @Test("slices that are too small are listed, and not tested")
    func smallSlices() throws {
        let same = Self.cases((0..<60).map { [Double($0 % 2)] }) { $0 < 5 ? "small" : "large" }
        let comparison = compare(same, same)
        #expect(comparison.slices.map { $0.tests == nil } == [false, true])
        #expect(comparison.reasons.contains("slices too small to be tested: small"))
    }

    @Test("values beyond 0…1 are told in their own unit")
    func otherUnits() throws {
        var random = SplitMix64(seed: 5)
        let a = Self.cases((0..<100).map { _ in [100 + random.unit()] })
        let b = Self.cases((0..<100).map { _ in [90 + random.unit()] })
        let comparison = compare(a, b, margin: 2)
        #expect(!comparison.isProportion && comparison.decision == .fail)
        #expect(comparison.reasons[0].hasSuffix("on 100 cases × 1 trial; the margin is 2"))
        #expect(comparison.reasons[0].hasPrefix("B is worse by 10.0") || comparison.reasons[0].hasPrefix("B is worse by 9.9"))
    }
}
