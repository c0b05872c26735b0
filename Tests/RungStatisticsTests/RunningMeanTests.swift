import RungStatistics
import Testing

@Suite struct RunningMeanTests {
    /// mpmath 1.3.0.
    @Test("mean, variance and standard error agree with independent numbers")
    func golden() throws {
        var mean = RunningMean()
        for value in [1.5, 2.25, -3.0, 10.0, 0.125] { mean.add(value) }
        #expect(mean.count == 5)
        #expect(isClose(try #require(mean.mean), 2.175, within: 1e-15))
        #expect(isClose(try #require(mean.variance), 23.16875, within: 1e-14))
        #expect(isClose(try #require(mean.standardError), 2.152614689162926, within: 1e-14))
    }

    @Test("what too few numbers cannot say is nil")
    func few() {
        var mean = RunningMean()
        #expect(mean.mean == nil && mean.variance == nil && mean.standardError == nil)
        mean.add(3)
        #expect(mean.mean == 3 && mean.variance == nil && mean.standardError == nil)
        mean.add(3)
        #expect(mean.variance == 0 && mean.standardError == 0)
    }

    @Test("a large offset does not drown the spread")
    func offset() throws {
        var mean = RunningMean()
        for value in [4.0, 7, 13, 16] { mean.add(value + 1e9) }
        #expect(isClose(try #require(mean.variance), 30, within: 1e-12))
    }
}
