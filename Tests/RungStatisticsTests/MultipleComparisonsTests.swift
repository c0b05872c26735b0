import RungStatistics
import Testing

@Suite struct MultipleComparisonsTests {
    @Test("adjusted p-values agree with statsmodels", arguments: Golden.adjusted)
    func golden(pValues: [Double], holm: [Double], benjaminiHochberg: [Double]) {
        #expect(zip(MultipleComparisons.holm(pValues), holm).allSatisfy { isClose($0, $1, within: 1e-14) })
        #expect(zip(MultipleComparisons.benjaminiHochberg(pValues), benjaminiHochberg).allSatisfy { isClose($0, $1, within: 1e-14) })
        #expect(MultipleComparisons.holm(pValues).count == pValues.count)
    }

    @Test("an empty family stays empty, and Holm never adjusts less than Benjamini and Hochberg")
    func laws() {
        #expect(MultipleComparisons.holm([]).isEmpty && MultipleComparisons.benjaminiHochberg([]).isEmpty)
        var random = SplitMix64(seed: 4)
        for count in 1...20 {
            let pValues = (0..<count).map { _ in random.unit() }
            let (holm, rate) = (MultipleComparisons.holm(pValues), MultipleComparisons.benjaminiHochberg(pValues))
            for index in 0..<count {
                #expect(pValues[index] <= rate[index] && rate[index] <= holm[index] && holm[index] <= 1)
            }
        }
    }

    @Test("Holm keeps the chance of any false alarm among ten tests below what is stated (fixed seed)")
    func familyError() {
        var random = SplitMix64(seed: 8)
        let alarms = (0..<4_000).count { _ in MultipleComparisons.holm((0..<10).map { _ in random.unit() }).contains { $0 <= 0.05 } }
        #expect(Double(alarms) / 4_000 <= 0.05 + 2 * 0.0035, "\(alarms) of 4,000")
    }
}
