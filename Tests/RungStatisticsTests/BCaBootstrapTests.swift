import Testing

@testable import RungStatistics

@Suite struct BCaBootstrapTests {
    @Test("the ends agree with scipy's, from the same resamples", arguments: Golden.bca)
    func golden(values: [Double], confidence: Double, low: Double, high: Double) throws {
        var random = SplitMix64(seed: 17)
        let count = values.count
        let replicates = (0..<999).map { _ in
            (0..<count).reduce(0) { sum, _ in sum + values[Int(random.unit() * Double(count))] } / Double(count)
        }
        let differences = try #require(PairedDifferences(values))
        let own = try #require(BCaBootstrap(differences, seed: 1, resamples: 10))
        let given = try #require(
            BCaBootstrap(
                estimate: differences.estimate, sortedReplicates: replicates.sorted(), acceleration: own.acceleration, units: count))
        let interval = given.interval(confidence: confidence)
        #expect(isClose(interval.low, low, within: 1e-9))
        #expect(isClose(interval.high, high, within: 1e-9))
    }

    @Test("drawing counts of kinds and drawing units give the same distribution")
    func twoWays() throws {
        let grades: [Double] = [-1, 0, 0, 0, 1, 1]
        let few = try #require(PairedDifferences((0..<300).map { grades[$0 % 6] }))
        // The same values, told apart by less than matters.
        let many = try #require(PairedDifferences((0..<300).map { grades[$0 % 6] + Double($0) * 1e-9 }))
        #expect(Resampler(few).drawsCounts && !Resampler(many).drawsCounts)
        let one = try #require(BCaBootstrap(few, seed: 1)).interval()
        let other = try #require(BCaBootstrap(many, seed: 2)).interval()
        #expect(abs(one.low - other.low) < 0.006 && abs(one.high - other.high) < 0.006)
        let t = try #require(few.interval())
        #expect(abs(one.low - t.low) < 0.006 && abs(one.high - t.high) < 0.006)
    }

    @Test("clusters are drawn as wholes: the interval is as wide as the cluster-robust one")
    func clusters() throws {
        var random = SplitMix64(seed: 3)
        var (values, clusters): ([Double], [Int]) = ([], [])
        for cluster in 0..<100 {
            let shared = random.unit() - 0.5
            for _ in 0..<(1 + cluster % 3) {
                values.append(shared + 0.1 * random.unit())
                clusters.append(cluster)
            }
        }
        let differences = try #require(PairedDifferences(values, clusters: clusters))
        let bootstrap = try #require(BCaBootstrap(differences, seed: 4)).interval()
        let t = try #require(differences.interval())
        let plain = try #require(PairedDifferences(values)?.interval())
        #expect(abs((bootstrap.high - bootstrap.low) / (t.high - t.low) - 1) < 0.06)
        #expect(bootstrap.high - bootstrap.low > 1.2 * (plain.high - plain.low))
    }

    @Test("the p-value at an end is the error of that end")
    func duality() throws {
        let differences = try #require(PairedDifferences(Golden.bca[2].0))
        let bootstrap = try #require(BCaBootstrap(differences, seed: 6))
        let low = bootstrap.interval(oneSided: .lower).low
        let high = bootstrap.interval(oneSided: .upper).high
        #expect(abs(bootstrap.pValue(above: low) - 0.05) < 0.001)
        #expect(abs(bootstrap.pValue(below: high) - 0.05) < 0.001)
        #expect(bootstrap.pValue(above: -1_000) < 0.001 && bootstrap.pValue(above: 1_000) > 0.999)
    }

    @Test("ends that decide lie outward: no more resamples beyond them than stated, also where many are equal")
    func outward() throws {
        let grades: [Double] = [-1.0 / 3, 0, 0, 0, 1.0 / 3, 2.0 / 3]
        let differences = try #require(PairedDifferences((0..<60).map { grades[$0 % 6] }))
        let lattice = try #require(BCaBootstrap(differences, seed: 1))
        for confidence in [0.8, 0.9, 0.95, 0.99] {
            let outward = lattice.interval(confidence: confidence, ends: .outward)
            let plain = lattice.interval(confidence: confidence)
            #expect(outward.low <= plain.low && outward.high >= plain.high)
            #expect(plain.low - outward.low < 1.01 / 180 && outward.high - plain.high < 1.01 / 180)
            #expect(lattice.pValue(above: outward.low) <= (1 - confidence) / 2 + 1e-3)
            #expect(lattice.pValue(below: outward.high) <= (1 - confidence) / 2 + 1e-3)
        }
        let continuous = try #require(PairedDifferences(Golden.bca[0].0))
        let smooth = try #require(BCaBootstrap(continuous, seed: 1))
        #expect(abs(smooth.interval(ends: .outward).low - smooth.interval().low) < 1e-3)
        #expect(abs(smooth.interval(ends: .outward).high - smooth.interval().high) < 1e-3)
    }

    @Test("the same seed gives the same bits, another one nearly the same interval")
    func seeds() throws {
        let differences = try #require(PairedDifferences(Golden.bca[0].0))
        let one = try #require(BCaBootstrap(differences, seed: 1)).interval()
        #expect(BCaBootstrap(differences, seed: 1)?.interval() == one)
        let other = try #require(BCaBootstrap(differences, seed: 2)).interval()
        #expect(other != one && abs(other.low - one.low) < 0.02)
    }

    @Test("where units do not differ, or there is one, there is nothing to draw")
    func degenerate() throws {
        #expect(BCaBootstrap(try #require(PairedDifferences([0.5, 0.5, 0.5])), seed: 1) == nil)
        #expect(BCaBootstrap(try #require(PairedDifferences([0.5])), seed: 1) == nil)
        #expect(BCaBootstrap(try #require(PairedDifferences([1, 0, 1], clusters: [1, 1, 1])), seed: 1) == nil)
    }

    @Test("the two-sided interval covers about as often as it states for skewed grades (fixed seed)")
    func coverage() throws {
        var random = SplitMix64(seed: 12)
        var covered = 0
        let rounds = 400
        for round in 0..<rounds {
            let values = (0..<60).map { _ in random.unit() < 0.1 ? -1.0 : random.unit() < 0.3 ? 1.0 / 3 : 0 }
            let differences = try #require(PairedDifferences(values))
            let interval = try #require(BCaBootstrap(differences, seed: UInt64(round), resamples: 999)).interval()
            if interval.low <= -0.01, -0.01 <= interval.high { covered += 1 }
        }
        #expect(covered >= 368 && covered <= 395, "\(covered) of 400; 380 are stated")
    }
}
