import Testing

@testable import RungAssessment

@Suite struct WilsonBoundTests {
    /// From the closed form at the ends: all of n gives n / (n + z²), and solving (p̂ − p)² = z² p (1 − p) / n elsewhere.
    @Test(arguments: [(20, 20, 0.880_829), (10, 10, 0.787_061), (1, 1, 0.269_869), (9, 10, 0.651_607), (0, 5, 0)])
    func `the bound agrees with independently computed values`(successes: Int, total: Int, expected: Double) {
        #expect(abs(WilsonBound.lower(successes: successes, of: total) - expected) < 1e-6)
    }

    @Test func `the bound solves the score equation`() {
        let z = 1.6448536269514722
        for (successes, total) in [(3, 7), (50, 80), (999, 1_000)] {
            let bound = WilsonBound.lower(successes: successes, of: total)
            let share = Double(successes) / Double(total)
            #expect(bound < share)
            #expect(abs((share - bound) - z * (bound * (1 - bound) / Double(total)).squareRoot()) < 1e-12)
        }
    }
}
