import RungStatistics
import Testing

@Suite struct McNemarTestTests {
    @Test("p-values agree with statsmodels and scipy", arguments: Golden.mcNemar)
    func golden(lost: Int, gained: Int, exact: Double, mid: Double, worse: Double) {
        let test = McNemarTest(lost: lost, gained: gained)
        #expect(isRelativelyClose(test.pValue, exact, within: 1e-11))
        #expect(isRelativelyClose(test.midP, mid, within: 1e-11))
        #expect(isRelativelyClose(test.pValueWorse, worse, within: 1e-11))
    }

    @Test("which side is called lost does not matter to the two-sided ones")
    func mirror() {
        for (lost, gained) in [(0, 1), (3, 9), (40, 12), (7, 7)] {
            let (one, other) = (McNemarTest(lost: lost, gained: gained), McNemarTest(lost: gained, gained: lost))
            #expect(one.pValue == other.pValue && one.midP == other.midP)
            #expect(one.midP <= one.pValue)
        }
    }

    @Test("power for a ten-point drop agrees with scipy: .35 at 50 pairs, .93 at 200", arguments: Golden.mcNemarPower)
    func power(pairs: Int, expected: Double) {
        #expect(isClose(McNemarTest.power(pairs: pairs, losing: 0.15, gaining: 0.05), expected, within: 1e-10))
    }

    @Test("the exact test never alarms more often than it states")
    func size() {
        for pairs in [10, 50, 120] {
            for rate in [0.01, 0.1, 0.4] {
                #expect(McNemarTest.power(pairs: pairs, losing: rate, gaining: rate) <= 0.05)
            }
        }
        #expect(McNemarTest.power(pairs: 100, losing: 0, gaining: 0) == 0)
        #expect(isClose(McNemarTest.power(pairs: 100, losing: 1, gaining: 0), 1))
    }
}
