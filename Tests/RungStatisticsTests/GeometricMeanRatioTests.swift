import RungStatistics
import Testing

@Suite struct GeometricMeanRatioTests {
    @Test("the ratio agrees with scipy's geometric means", arguments: Golden.geometric)
    func golden(baseline: [Double], candidate: [Double], expected: Double) throws {
        let ratio = try #require(GeometricMeanRatio(zip(baseline, candidate).map { ($0, $1) }, seed: 1))
        #expect(isClose(ratio.ratio, expected, within: 1e-13))
        let interval = try #require(ratio.interval())
        #expect(interval.low < expected && expected < interval.high && interval.estimate == ratio.ratio)
    }

    @Test("doubling every cost doubles ratio and interval")
    func scale() throws {
        let pairs = (1...40).map { (baseline: Double($0), candidate: Double($0 * $0 % 17 + 1)) }
        let one = try #require(GeometricMeanRatio(pairs, seed: 1)?.interval())
        let doubled = try #require(GeometricMeanRatio(pairs.map { ($0.baseline, 2 * $0.candidate) }, seed: 1)?.interval())
        #expect(isClose(doubled.estimate, 2 * one.estimate) && isClose(doubled.low, 2 * one.low) && isClose(doubled.high, 2 * one.high))
        let oneSided = try #require(GeometricMeanRatio(pairs, seed: 1)?.interval(oneSided: .upper))
        #expect(oneSided.low == 0)
    }

    @Test("nothing, and what costs nothing, has no ratio; equal ratios have no interval")
    func degenerate() throws {
        #expect(GeometricMeanRatio([], seed: 1) == nil)
        #expect(GeometricMeanRatio([(1, 0), (2, 2)], seed: 1) == nil)
        #expect(GeometricMeanRatio([(1, .infinity)], seed: 1) == nil)
        let same = try #require(GeometricMeanRatio([(2, 4), (2, 4)], seed: 1))
        #expect(isClose(same.ratio, 2) && same.interval() == nil)
    }
}
