import RungCore
import RungStatistics
import Testing

@testable import RungRunner

@Suite("The gate that looks after every case")
struct SequentialGateTests {
    private func decision(_ policy: ComparisonPolicy, _ differences: some Sequence<Double>) -> (ComparisonDecision?, Int) {
        var gate = SequentialGate(policy: policy)
        for difference in differences { gate.add(difference) }
        return (gate.decision, gate.units)
    }

    @Test("it stops as soon as the units decide, and not before there are enough of them")
    func stops() {
        let policy = ComparisonPolicy(margin: 0.1)
        #expect(decision(policy, Array(repeating: -1, count: 100)).0 == .fail)
        #expect(decision(policy, Array(repeating: -1, count: 100)).1 < 30)
        #expect(decision(policy, Array(repeating: 0, count: 1_000)).0 == .pass)
        #expect(decision(policy, Array(repeating: -1, count: 5)).0 == nil)
        #expect(decision(policy, []).0 == nil)
        let superior = ComparisonPolicy(margin: 0.1, requirement: .superior)
        #expect(decision(superior, Array(repeating: 0, count: 1_000)).0 == nil)
        #expect(decision(superior, Array(repeating: 1, count: 100)).0 == .pass)
    }

    @Test("it agrees with the whole confidence sequence at every time")
    func sequence() throws {
        var random = SplitMix64(seed: 2)
        var bet = CapitalBet(against: -0.1, side: .lower, range: -1...1)
        var sequence = HedgedCapitalSequence(range: -1...1, oneSided: .lower)
        for _ in 0..<150 {
            let difference = random.unit() < 0.1 ? -1.0 : random.unit() < 0.15 ? 1 : 0
            bet.add(difference)
            sequence.add(difference)
            #expect(bet.isRefuted == (sequence.capital(above: -0.1) >= 20))
        }
    }

    @Test("a true drop of the size of the margin passes no more often than stated (fixed seed)")
    func error() {
        var random = SplitMix64(seed: 77)
        let rounds = 400
        let passed = (0..<rounds).count { _ in
            decision(
                ComparisonPolicy(margin: 0.1), (0..<300).map { _ in random.unit() < 0.2 ? -1.0 : random.unit() < 0.125 ? 1 : 0 }
            ).0 == .pass
        }
        #expect(Double(passed) / Double(rounds) <= 0.05 + 2 * (0.05 * 0.95 / Double(rounds)).squareRoot(), "\(passed)")
    }
}
