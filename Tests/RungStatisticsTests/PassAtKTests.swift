import RungStatistics
import Testing

@Suite struct PassAtKTests {
    /// Expected values computed from the trajectories with exact fractions in Python.
    @Test("27 tasks of τ-bench give their pass^k and pass@k")
    func tauBench() {
        var accumulator = PassAtK()
        for successes in tauBenchSuccesses { accumulator.add(successes: successes, of: 4) }
        let hat = [0.4351851851851852, 0.2962962962962963, 0.24074074074074073, 0.2222222222222222]
        let at = [0.4351851851851852, 0.5740740740740742, 0.6574074074074074, 0.7037037037037037]
        #expect(accumulator.cases == 27)
        #expect(accumulator.passHatK.count == 4)
        #expect(accumulator.passAtK.count == 4)
        #expect(zip(accumulator.passHatK, hat).allSatisfy { isClose($0, $1, within: 1e-15) })
        #expect(zip(accumulator.passAtK, at).allSatisfy { isClose($0, $1, within: 1e-15) })
    }

    /// Binomial coefficients by Python's math.comb.
    @Test(
        "k stops at the smallest number of trials, whichever case has it",
        arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]])
    func unevenTrials(order: [Int]) {
        let cases = [(3, 10), (0, 7), (9, 9), (5, 200)]
        var accumulator = PassAtK()
        for index in order { accumulator.add(successes: cases[index].0, of: cases[index].1) }
        #expect(accumulator.passAtK.count == 7)
        #expect(accumulator.passHatK.count == 7)
        for (k, at, hat) in [
            (1, 0.33125, 0.33125), (2, 0.3957077051926298, 0.2667922948073702), (5, 0.5091793233028324, 0.250000000098594),
            (7, 0.5390944224109097, 0.25),
        ] {
            #expect(isClose(accumulator.passAtK[k - 1], at, within: 1e-14))
            #expect(isClose(accumulator.passHatK[k - 1], hat, within: 1e-14))
        }
    }

    @Test("without cases there is nothing to give")
    func empty() {
        #expect(PassAtK().passAtK == [])
        #expect(PassAtK().passHatK == [])
    }

    @Test("k is never above 64, and a million trials are no trouble")
    func manyTrials() throws {
        var accumulator = PassAtK()
        accumulator.add(successes: 999_000, of: 1_000_000)
        #expect(accumulator.passAtK.count == 64)
        #expect(isClose(accumulator.passHatK[1], 999_000.0 / 1_000_000 * 998_999 / 999_999, within: 1e-15))
        #expect(isClose(try #require(accumulator.passHatK.last), 0.9379, within: 1e-4))
    }

    @Test("pass^k falls and pass@k rises with k; both start at the rate")
    func laws() {
        for trials in 1...20 {
            for successes in 0...trials {
                var accumulator = PassAtK()
                accumulator.add(successes: successes, of: trials)
                let (at, hat) = (accumulator.passAtK, accumulator.passHatK)
                #expect(isClose(at[0], Double(successes) / Double(trials), within: 1e-15))
                #expect(isClose(hat[0], at[0], within: 1e-15))
                #expect(zip(at, at.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(zip(hat, hat.dropFirst()).allSatisfy { $0 >= $1 })
                #expect(at.allSatisfy { (0...1).contains($0) } && hat.allSatisfy { (0...1).contains($0) })
                #expect(hat[trials - 1] == (successes == trials ? 1 : 0))
                #expect(at[trials - 1] == (successes == 0 ? 0 : 1))
            }
        }
    }
}
