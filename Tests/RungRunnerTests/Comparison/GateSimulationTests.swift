import RungCore
import RungStatistics
import Testing

@testable import RungRunner

/// How often the gate is wrong, on seeded organizations of numbers; docs/statistics.md has larger tables.
@Suite("How often the gate over a comparison is wrong")
struct GateSimulationTests {
    /// Cases that each pass with a rate of their own, which `drop` lowers.
    private static func sides(
        cases: Int, trials: Int, rates: [Double], drop: Double, clusters: Int? = nil, _ random: inout SplitMix64
    ) -> ([CaseValues], [CaseValues]) {
        var (a, b): ([[Double?]], [[Double?]]) = ([], [])
        // A cluster shares its rate and how hard the change hits it.
        let shared = (0..<(clusters ?? cases)).map { _ in (rates[Int(random.unit() * Double(rates.count))], random.unit()) }
        for index in 0..<cases {
            let (rate, luck) = shared[clusters.map { index % $0 } ?? index]
            // Half of the cases fall three times as far as the other half, and the mean by `drop`.
            let mean = rates.reduce(0, +) / Double(rates.count)
            let after = max(0, rate * (1 - drop / mean * (luck < 0.5 ? 0.5 : 1.5)))
            a.append((0..<trials).map { _ in random.unit() < rate ? 1 : 0 })
            b.append((0..<trials).map { _ in random.unit() < after ? 1 : 0 })
        }
        return (EfficacyGateTests.cases(a, clusters: clusters), EfficacyGateTests.cases(b, clusters: clusters))
    }

    private static func decisions(
        rounds: Int, cases: Int, trials: Int, rates: [Double], drop: Double, margin: Double, clusters: Int? = nil
    ) -> [ComparisonDecision: Int] {
        var random = SplitMix64(seed: StableSeed(base: 7).mixing(cases).mixing(trials).mixing(Int(drop * 1_000)).value)
        var counts: [ComparisonDecision: Int] = [:]
        for round in 0..<rounds {
            let (a, b) = sides(cases: cases, trials: trials, rates: rates, drop: drop, clusters: clusters, &random)
            let gate = EfficacyGate(policy: ComparisonPolicy(margin: margin, seed: UInt64(round), resamples: 400))
            counts[gate.compare(baseline: a, candidate: b).decision, default: 0] += 1
        }
        return counts
    }

    /// α plus two Monte-Carlo errors.
    private static func most(_ rounds: Int) -> Double { 0.05 + 2 * (0.05 * 0.95 / Double(rounds)).squareRoot() }

    @Test(
        "a true drop of the size of the margin passes no more often than α, and an unchanged pair fails no more often",
        arguments: [(12, 3, nil), (60, 1, nil), (60, 3, nil), (60, 2, 12)] as [(Int, Int, Int?)])
    func errors(cases: Int, trials: Int, clusters: Int?) {
        let rounds = cases == 12 ? 400 : 250
        let rates = [0.5, 0.9, 1, 1]
        let atMargin = Self.decisions(
            rounds: rounds, cases: cases, trials: trials, rates: rates, drop: 0.1, margin: 0.1, clusters: clusters)
        #expect(Double(atMargin[.pass] ?? 0) / Double(rounds) <= Self.most(rounds), "\(atMargin)")
        let unchanged = Self.decisions(
            rounds: rounds, cases: cases, trials: trials, rates: rates, drop: 0, margin: 0.1, clusters: clusters)
        #expect(Double(unchanged[.fail] ?? 0) / Double(rounds) <= Self.most(rounds), "\(unchanged)")
    }

    @Test("a drop far beyond the margin is found, and no change passes, where there are cases enough")
    func power() {
        let found = Self.decisions(rounds: 60, cases: 120, trials: 2, rates: [0.9, 1], drop: 0.3, margin: 0.05)
        #expect((found[.fail] ?? 0) >= 57, "\(found)")
        let kept = Self.decisions(rounds: 60, cases: 200, trials: 2, rates: [0.9, 1], drop: 0, margin: 0.08)
        #expect((kept[.pass] ?? 0) >= 54, "\(kept)")
    }
}
