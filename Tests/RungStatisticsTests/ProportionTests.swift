import RungStatistics
import Testing

@Suite struct ProportionTests {
    /// statsmodels 0.15 and mpmath 1.3.0; 81/263, 15/148, 0/20 and 1/29 are the examples of Newcombe 1998, table I:
    /// .2553–.3662, .0624–.1605, .0000–.1611 and .0061–.1718.
    @Test(
        "Wilson's interval agrees with published and independent numbers",
        arguments: [
            (0, 10, 0.0, 0.27753279986288926), (8, 10, 0.49016247153664183, 0.9433178485456247),
            (95, 100, 0.8882495307680808, 0.9784563208456319), (9990, 10000, 0.9981600556125619, 0.9994567140135028),
            (1, 1, 0.2065493143772374, 1.0), (81, 263, 0.2552885198782742, 0.36620957698280004),
            (15, 148, 0.062386399530736276, 0.16048724172330803), (0, 20, 0.0, 0.16112515805281938),
            (1, 29, 0.00611321429276266, 0.17175521879320288),
        ])
    func wilson(successes: Int, trials: Int, low: Double, high: Double) throws {
        let interval = try #require(Proportion.wilson(successes: successes, of: trials))
        #expect(isClose(interval.low, low, within: 1e-13))
        #expect(isClose(interval.high, high, within: 1e-13))
        #expect(interval.estimate == Double(successes) / Double(trials))
        #expect(interval.method == .wilson)
        #expect(interval.n == trials)
        #expect(interval.effectiveN == nil)
        #expect(interval.confidence == 0.95)
    }

    /// scipy 1.17.1, binomtest(…).proportion_ci(method="exact"), and mpmath 1.3.0.
    @Test(
        "the exact interval agrees with independent numbers",
        arguments: [
            (1, 10, 0.0025285785444617848, 0.4450161170281953), (95, 100, 0.8871650888945373, 0.9835681208179478),
            (0, 10, 0.0, 0.30849710781876294), (10, 10, 0.6915028921812371, 1.0),
            (18, 20, 0.6830172859809209, 0.9876514728297041), (9990, 10000, 0.9981617358657894, 0.9995203602762358),
        ])
    func clopperPearson(successes: Int, trials: Int, low: Double, high: Double) throws {
        let interval = try #require(Proportion.clopperPearson(successes: successes, of: trials))
        #expect(isClose(interval.low, low, within: 1e-13))
        #expect(isClose(interval.high, high, within: 1e-13))
        #expect(interval.method.rawValue == "clopper-pearson")
    }

    @Test("confidence and sides choose the normal quantile")
    func confidence() throws {
        let wide = try #require(Proportion.wilson(successes: 18, of: 20, confidence: 0.99))
        #expect(isClose(wide.low, 0.6205022134712957, within: 1e-12))
        #expect(isClose(wide.high, 0.9802134656497015, within: 1e-12))
        let lower = try #require(Proportion.wilson(successes: 18, of: 20, oneSided: .lower))
        #expect(isClose(lower.low, 0.7383369536731331, within: 1e-12))
        #expect(lower.high == 1)
        let upper = try #require(Proportion.wilson(successes: 18, of: 20, oneSided: .upper))
        #expect(isClose(upper.high, 0.9663367764380952, within: 1e-12))
        #expect(upper.low == 0)
        let exact = try #require(Proportion.clopperPearson(successes: 18, of: 20, oneSided: .lower))
        #expect(isClose(exact.low, 0.7173814751141357))
        #expect(exact.high == 1)
    }

    @Test("without trials there is no interval")
    func empty() {
        #expect(Proportion.wilson(successes: 0, of: 0) == nil)
        #expect(Proportion.clopperPearson(successes: 0, of: 0) == nil)
    }

    /// Summed exactly with mpmath 1.3.0. At 20 trials and a rate of 95 % Wilson covers 92.5 %, which is its known weakness.
    @Test(
        "Wilson's interval covers as often as theory says",
        arguments: [
            (20, 0.5, 0.9586105346679688), (20, 0.8, 0.9563281218730564), (20, 0.95, 0.9245163262115037),
            (50, 0.5, 0.9350913529277278), (50, 0.8, 0.9507005621577431), (50, 0.95, 0.9622238270102227),
            (200, 0.5, 0.9440342595057354), (200, 0.8, 0.9584979448647901), (200, 0.95, 0.9671521638567258),
        ])
    func coverage(trials: Int, rate: Double, expected: Double) {
        let covered = Self.coverage(trials, rate) { Proportion.wilson(successes: $0, of: trials) }
        #expect(isClose(covered, expected))
    }

    @Test("the exact interval never covers less than it states", arguments: [5, 20, 50])
    func exactCoverage(trials: Int) {
        let intervals = (0...trials).map { Proportion.clopperPearson(successes: $0, of: trials) }
        for step in 1..<100 {
            #expect(Self.coverage(trials, Double(step) / 100) { intervals[$0] } >= 0.95)
        }
    }

    @Test("intervals hold their estimate, stay in 0…1, and rise with the successes", arguments: [1, 2, 7, 40, 333])
    func laws(trials: Int) throws {
        for confidence in [0.5, 0.9, 0.95, 0.999] {
            for method in [Proportion.wilson, Proportion.clopperPearson] {
                var last = (low: -1.0, high: -1.0)
                for successes in 0...trials {
                    let interval = try #require(method(successes, trials, confidence, nil))
                    try #require(0 <= interval.low && interval.low <= interval.estimate)
                    try #require(interval.estimate <= interval.high && interval.high <= 1)
                    try #require(interval.low >= last.low && interval.high >= last.high)
                    last = (interval.low, interval.high)
                }
            }
        }
    }

    @Test("the interval of failures mirrors that of successes")
    func mirror() throws {
        for successes in 0...30 {
            let passed = try #require(Proportion.wilson(successes: successes, of: 30))
            let failed = try #require(Proportion.wilson(successes: 30 - successes, of: 30))
            #expect(isClose(passed.low, 1 - failed.high, within: 1e-14))
        }
    }

    private static func coverage(_ trials: Int, _ rate: Double, _ interval: (Int) -> ConfidenceInterval?) -> Double {
        var (choices, sum) = (1.0, 0.0)
        for successes in 0...trials {
            let probability = choices * power(rate, successes) * power(1 - rate, trials - successes)
            if let interval = interval(successes), interval.low <= rate, rate <= interval.high { sum += probability }
            choices = choices * Double(trials - successes) / Double(successes + 1)
        }
        return sum
    }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }
}
