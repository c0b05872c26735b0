import RungStatistics
import Testing

@Suite struct CaseRatesTests {
    /// numpy 2.4.6, scipy 1.17.1 and mpmath 1.3.0.
    @Test("cases with several trials get the error between cases, Student's t and an effective n")
    func clusterRobust() throws {
        var accumulator = CaseRateAccumulator()
        for successes in tauBenchSuccesses { accumulator.add(successes: successes, of: 4) }
        #expect(accumulator.cases == 27)
        #expect(accumulator.trials == 108)
        #expect(accumulator.successes == 47)
        #expect(isClose(try #require(accumulator.standardError), 0.07380649677309907, within: 1e-14))
        let interval = try #require(accumulator.interval())
        #expect(isClose(interval.estimate, 0.4351851851851852, within: 1e-15))
        #expect(isClose(interval.low, 0.28347375830497984, within: 1e-12))
        #expect(isClose(interval.high, 0.5868966120653906, within: 1e-12))
        #expect(isClose(try #require(interval.effectiveN), 45.12227602905569, within: 1e-12))
        #expect(interval.method.rawValue == "cluster-robust-t")
        #expect(interval.n == 27)
    }

    @Test("cases with one trial each get Wilson's interval with n = cases")
    func singleTrials() throws {
        let interval = CaseRates.interval((0..<20).map { (successes: $0 < 18 ? 1 : 0, trials: 1) }, confidence: 0.9)
        #expect(interval == Proportion.wilson(successes: 18, of: 20, confidence: 0.9))
    }

    @Test("where all cases do the same, Wilson's interval with n = cases stands in", arguments: [0, 1, 2, 3, 4])
    func noVariance(successes: Int) throws {
        let interval = try #require(CaseRates.interval((0..<9).map { _ in (successes: successes, trials: 4) }))
        #expect(interval.method == .wilson)
        #expect(interval.n == 9)
        #expect(interval.effectiveN == 9)
        #expect(interval.estimate == Double(successes) / 4)
        #expect(interval.low < interval.high)
        if successes == 4 {
            let wilson = try #require(Proportion.wilson(successes: 9, of: 9))
            #expect(interval.low == wilson.low && interval.high == 1)
        }
    }

    @Test("one case has no error between cases, however often it was tried")
    func oneCase() throws {
        let interval = try #require(CaseRates.interval([(successes: 3, trials: 1_000)]))
        #expect(interval.method == .wilson)
        #expect(interval.n == 1)
    }

    @Test("without cases there is no interval")
    func empty() {
        #expect(CaseRateAccumulator().interval() == nil)
        #expect(CaseRateAccumulator().mean == nil)
        #expect(CaseRateAccumulator().standardError == nil)
    }

    @Test("every case weighs the same, whatever its number of trials")
    func weights() throws {
        let interval = try #require(CaseRates.interval([(successes: 1, trials: 1), (successes: 0, trials: 9)]))
        #expect(interval.estimate == 0.5)
        #expect(interval.method == .clusterRobust)
        #expect((interval.low, interval.high) == (0, 1))
    }

    @Test("the interval covers about as often as it states when cases differ (fixed seed)")
    func coverage() throws {
        var random = SplitMix64(seed: 1)
        var covered = 0
        for _ in 0..<2_000 {
            var accumulator = CaseRateAccumulator()
            for _ in 0..<50 {
                let rate = random.next() % 2 == 0 ? 0.6 : 1.0
                accumulator.add(successes: (0..<4).count { _ in unit(&random) < rate }, of: 4)
            }
            let interval = try #require(accumulator.interval())
            #expect(0 <= interval.low && interval.low <= interval.estimate && interval.estimate <= interval.high)
            if interval.low <= 0.8, 0.8 <= interval.high { covered += 1 }
        }
        #expect((1_870...1_930).contains(covered), "\(covered) of 2,000; 1,900 are stated")
    }

    private func unit(_ random: inout SplitMix64) -> Double { Double(random.next() >> 11) * 0x1p-53 }
}
