import RungStatistics
import Testing

@Suite struct PairedCountsTests {
    @Test("counts add up, and the difference is candidate − baseline")
    func counts() {
        let counts = PairedCounts(bothPassed: 100, lost: 15, gained: 5, bothFailed: 80)
        #expect((counts.pairs, counts.discordant) == (200, 20))
        #expect(counts.difference == -0.05)
        #expect(PairedCounts(bothPassed: 0, lost: 0, gained: 0, bothFailed: 0).difference == nil)
    }

    @Test("intervals of paired proportions mirror, hold their estimate and shrink", arguments: [0, 1, 4, 20])
    func laws(lost: Int) throws {
        for gained in [0, 1, 3, 20] {
            let counts = PairedCounts(bothPassed: 30, lost: lost, gained: gained, bothFailed: 10)
            let mirrored = PairedCounts(bothPassed: 30, lost: gained, gained: lost, bothFailed: 10)
            let large = PairedCounts(bothPassed: 300, lost: 10 * lost, gained: 10 * gained, bothFailed: 100)
            for method in [PairedCounts.tango, PairedCounts.newcombe] {
                let interval = try #require(method(counts)(0.95, nil))
                let other = try #require(method(mirrored)(0.95, nil))
                #expect(interval.low <= interval.estimate && interval.estimate <= interval.high)
                #expect(isClose(interval.low, -other.high, within: 1e-13) && isClose(interval.high, -other.low, within: 1e-13))
                let narrow = try #require(method(large)(0.95, nil))
                #expect(narrow.high - narrow.low < interval.high - interval.low)
                let oneSided = try #require(method(counts)(0.975, .lower))
                #expect(isClose(oneSided.low, interval.low, within: 1e-12) && oneSided.high == 1)
            }
        }
    }

    /// Covers as often as theory says: summed over all tables of 30 pairs, for true rates of lost and gained pairs.
    @Test("Tango's and Newcombe's intervals cover about as often as they state")
    func coverage() throws {
        let pairs = 30
        var least = (tango: 1.0, newcombe: 1.0)
        var sums = (tango: 0.0, newcombe: 0.0)
        let rates = [(0.05, 0.05), (0.1, 0.05), (0.2, 0.1), (0.3, 0.3), (0.02, 0.2), (0.25, 0.25)]
        for (losing, gaining) in rates {
            // Of the pairs that agree, two in three pass; Newcombe's interval is asked at the expected split.
            var covered = (tango: 0.0, newcombe: 0.0)
            for lost in 0...pairs {
                for gained in 0...(pairs - lost) {
                    let probability = Self.trinomial(pairs, lost, gained, losing, gaining)
                    guard probability > 1e-7 else { continue }
                    let agreeing = pairs - lost - gained
                    let counts = PairedCounts(
                        bothPassed: agreeing * 2 / 3, lost: lost, gained: gained, bothFailed: agreeing - agreeing * 2 / 3)
                    let truth = gaining - losing
                    let tango = try #require(counts.tango())
                    let newcombe = try #require(counts.newcombe())
                    if tango.low <= truth, truth <= tango.high { covered.tango += probability }
                    if newcombe.low <= truth, truth <= newcombe.high { covered.newcombe += probability }
                }
            }
            least = (min(least.tango, covered.tango), min(least.newcombe, covered.newcombe))
            sums = (sums.tango + covered.tango, sums.newcombe + covered.newcombe)
        }
        #expect(sums.tango / Double(rates.count) >= 0.94 && sums.newcombe / Double(rates.count) >= 0.94)
        #expect(least.tango >= 0.92 && least.newcombe >= 0.92, "\(least)")
    }

    private static func trinomial(_ n: Int, _ lost: Int, _ gained: Int, _ losing: Double, _ gaining: Double) -> Double {
        var product = 1.0
        for step in 0..<lost { product *= losing * Double(n - step) / Double(step + 1) }
        for step in 0..<gained { product *= gaining * Double(n - lost - step) / Double(step + 1) }
        return (0..<(n - lost - gained)).reduce(product) { value, _ in value * (1 - losing - gaining) }
    }
}
