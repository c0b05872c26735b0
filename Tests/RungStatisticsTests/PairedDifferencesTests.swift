import RungStatistics
import Testing

@Suite struct PairedDifferencesTests {
    @Test("mean, error and t intervals agree with scipy, clustered ones with statsmodels", arguments: Golden.differences.indices)
    func golden(index: Int) throws {
        let (values, mean, error, low, high, oneSidedLow, clusters, clusterError, clusterLow, clusterHigh) = Golden.differences[index]
        let differences = try #require(PairedDifferences(values))
        #expect(isClose(differences.estimate, mean, within: 1e-13))
        #expect(isRelativelyClose(try #require(differences.standardError), error, within: 1e-12))
        let interval = try #require(differences.interval())
        #expect(isClose(interval.low, low, within: 1e-11) && isClose(interval.high, high, within: 1e-11))
        #expect(interval.method == .studentT)
        let oneSided = try #require(differences.interval(oneSided: .lower))
        #expect(isClose(oneSided.low, oneSidedLow, within: 1e-11) && oneSided.high == .infinity)
        let clustered = try #require(PairedDifferences(values, clusters: clusters))
        #expect(isRelativelyClose(try #require(clustered.standardError), clusterError, within: 1e-11))
        let wide = try #require(clustered.interval())
        #expect(isClose(wide.low, clusterLow, within: 1e-11) && isClose(wide.high, clusterHigh, within: 1e-11))
        #expect(wide.method == .clusterRobust && wide.n == Set(clusters).count)
    }

    @Test("the order of cases and the names of clusters change nothing, to the last bit")
    func order() throws {
        let (values, clusters) = (Golden.differences[0].0, Golden.differences[0].6)
        let one = try #require(PairedDifferences(values, clusters: clusters))
        let other = try #require(PairedDifferences(values.reversed(), clusters: clusters.reversed().map { 1_000 - 7 * $0 }))
        #expect(one.estimate == other.estimate && one.standardError == other.standardError)
        #expect(BCaBootstrap(one, seed: 3)?.interval() == BCaBootstrap(other, seed: 3)?.interval())
    }

    @Test("one case has no error, and none has nothing")
    func degenerate() throws {
        #expect(PairedDifferences([]) == nil)
        let one = try #require(PairedDifferences([0.5]))
        #expect(one.standardError == nil && one.interval() == nil && one.hasNoVariance)
        let same = try #require(PairedDifferences([0.25, 0.25, 0.25]))
        #expect(same.hasNoVariance && same.standardError == 0)
        #expect(same.interval()?.low == 0.25)
        #expect(!(try #require(PairedDifferences([0.25, 0.25, 0.2500001]))).hasNoVariance)
        let oneCluster = try #require(PairedDifferences([1, 0, 1], clusters: [7, 7, 7]))
        #expect(oneCluster.units == 1 && oneCluster.standardError == nil)
    }

    @Test("clusters of one case each are cases")
    func singleClusters() throws {
        let clustered = try #require(PairedDifferences([0.1, 0.4, -0.2], clusters: [3, 1, 2]))
        #expect(!clustered.isClustered && clustered.interval()?.method == .studentT)
    }
}
