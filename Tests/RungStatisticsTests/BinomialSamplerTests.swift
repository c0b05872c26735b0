import Testing

@testable import RungStatistics

@Suite struct BinomialSamplerTests {
    @Test(
        "draws follow the binomial distribution (fixed seed)",
        arguments: [(5, 0.3), (40, 0.1), (40, 0.9), (60, 0.5), (200, 0.07), (1_000, 0.4), (10_000, 0.001)])
    func distribution(trials: Int, probability: Double) {
        let sampler = BinomialSampler(largestTrials: trials)
        var random = SplitMix64(seed: 99)
        let rounds = 20_000
        var counts = [Int](repeating: 0, count: trials + 1)
        for _ in 0..<rounds { counts[sampler.draw(trials: trials, probability: probability, using: &random)] += 1 }
        // χ² over cells of at least ten expected draws, the rest pooled.
        var (statistic, cells, pooled, pooledExpected) = (0.0, 0, 0.0, 0.0)
        for count in 0...trials {
            let upper = count == 0 ? 1 : IncompleteBeta.regularized(probability, Double(count), Double(trials - count + 1))
            let above = count == trials ? 0 : IncompleteBeta.regularized(probability, Double(count + 1), Double(trials - count))
            let expected = Double(rounds) * (upper - above)
            guard expected >= 10 else {
                pooled += Double(counts[count])
                pooledExpected += expected
                continue
            }
            statistic += (Double(counts[count]) - expected) * (Double(counts[count]) - expected) / expected
            cells += 1
        }
        if pooledExpected > 5 {
            statistic += (pooled - pooledExpected) * (pooled - pooledExpected) / pooledExpected
            cells += 1
        }
        // Mean cells − 1, standard deviation √(2(cells − 1)).
        let freedom = Double(cells - 1)
        #expect(abs(statistic - freedom) < 4 * (2 * freedom).squareRoot(), "χ² \(statistic) in \(cells) cells")
    }

    @Test("certain and impossible outcomes need no luck")
    func ends() {
        let sampler = BinomialSampler(largestTrials: 10)
        var random = SplitMix64(seed: 1)
        #expect(sampler.draw(trials: 0, probability: 0.5, using: &random) == 0)
        #expect(sampler.draw(trials: 10, probability: 0, using: &random) == 0)
        #expect(sampler.draw(trials: 10, probability: 1, using: &random) == 10)
    }
}
