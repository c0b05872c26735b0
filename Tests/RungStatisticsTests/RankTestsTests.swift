import RungStatistics
import Testing

@Suite struct KolmogorovSmirnovTestTests {
    @Test("distance and exact p-value agree with scipy", arguments: Golden.kolmogorovSmirnov)
    func golden(first: [Double], second: [Double], statistic: Double, pValue: Double) throws {
        let test = try #require(KolmogorovSmirnovTest(first, second))
        #expect(isClose(test.statistic, statistic, within: 1e-13))
        #expect(isRelativelyClose(test.pValue, pValue, within: 1e-10))
        #expect(test.isExact)
    }

    @Test("large samples take the limiting distribution")
    func limiting() throws {
        let first = (0..<3_000).map { Double($0) }
        let test = try #require(KolmogorovSmirnovTest(first, first.map { $0 + 150 }))
        #expect(!test.isExact && test.statistic == 0.05)
        // Summed in Python: 0.05 · √1500 = 1.93649; 2 Σ (−1)^(k−1) exp(−2k² · 3.75)
        #expect(isClose(test.pValue, 0.0011061687401085149, within: 1e-12))
    }

    @Test("an empty sample has no distribution")
    func empty() { #expect(KolmogorovSmirnovTest([], [1]) == nil) }
}

@Suite struct FisherExactTestTests {
    @Test("p-values agree with scipy", arguments: Golden.fisher)
    func golden(a: Int, b: Int, c: Int, d: Int, expected: Double) {
        #expect(isRelativelyClose(FisherExactTest(a, b, c, d).pValue, expected, within: 1e-10))
        #expect(isRelativelyClose(FisherExactTest(d, c, b, a).pValue, expected, within: 1e-10))
    }

    /// The lady tasting tea with three of four cups right: 1/70 + 16/70, twice (Fisher 1935).
    @Test("the lady tasting tea")
    func tea() { #expect(isClose(FisherExactTest(3, 1, 1, 3).pValue, 34.0 / 70, within: 1e-12)) }
}

@Suite struct SignedRankTestTests {
    @Test("exact p-values agree with scipy, also with ties", arguments: Golden.wilcoxon)
    func golden(values: [Double], expected: Double) throws {
        #expect(isRelativelyClose(try #require(SignedRankTest(values)).pValue, expected, within: 1e-12))
    }

    @Test("ranks add up, ties share theirs, and zeros are left out")
    func ranks() throws {
        let test = try #require(SignedRankTest([0, 1, -1, 2, 0]))
        #expect((test.positiveRanks, test.negativeRanks) == (4.5, 1.5))
        #expect(SignedRankTest([0, 0])?.pValue == 1)
        #expect(SignedRankTest(Array(repeating: 1, count: 1_001)) == nil)
    }
}
