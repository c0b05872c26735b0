import RungStatistics
import Testing

@Suite struct SignFlipTestTests {
    @Test("p-values agree with scipy's, and bounds with a search for the p-value of shifted differences", arguments: Golden.signFlips)
    func golden(
        values: [Double], above: Double, below: Double, other: Double, low: Double, high: Double, lowOfBoth: Double, highOfBoth: Double
    ) throws {
        let test = SignFlipTest(try #require(PairedDifferences(values)), seed: 0)
        #expect(test.isExact)
        #expect(isClose(test.pValue(above: 0), above, within: 1e-14))
        #expect(isClose(test.pValue(below: 0), below, within: 1e-14))
        #expect(isClose(test.pValue(otherThan: 0), other, within: 1e-14))
        #expect(isClose(test.interval(oneSided: .lower).low, low, within: 1e-9))
        #expect(isClose(test.interval(oneSided: .upper).high, high, within: 1e-9))
        #expect(isClose(test.interval().low, lowOfBoth, within: 1e-9) && isClose(test.interval().high, highOfBoth, within: 1e-9))
    }

    @Test("grades of 0 and 1 give the exact McNemar test")
    func mcNemar() throws {
        for (lost, gained) in [(0, 6), (2, 7), (5, 5), (9, 3)] {
            let values = Array(repeating: -1.0, count: lost) + Array(repeating: 1, count: gained) + [0, 0, 0]
            let test = SignFlipTest(try #require(PairedDifferences(values)), seed: 0)
            let exact = McNemarTest(lost: lost, gained: gained)
            #expect(isClose(test.pValue(otherThan: 0), exact.pValue, within: 1e-12))
            #expect(isClose(test.pValue(below: 0), exact.pValueWorse, within: 1e-12))
        }
    }

    /// Fisher 1935, § 21, on Darwin's 15 pairs of maize: 863 of the 32,768 sums are at least as far up as that of the data.
    @Test("Darwin's maize comes out as Fisher published it")
    func published() throws {
        let eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
        let test = SignFlipTest(try #require(PairedDifferences(eighths.map(Double.init))), seed: 0)
        #expect(test.pValue(above: 0) * 32_768 == 863)
        #expect(isClose(test.pValue(otherThan: 0), 0.05267, within: 1e-5))
    }

    @Test("with few units there is no bound: five are the fewest for one side at 95 %, six for both")
    func fewUnits() throws {
        for units in 1...8 {
            let values = (0..<units).map { 0.1 * Double($0) }
            let test = SignFlipTest(try #require(PairedDifferences(values)), seed: 0)
            #expect((test.interval(oneSided: .lower).low == -.infinity) == (units < 5), "\(units) units")
            #expect((test.interval().low == -.infinity) == (units < 6), "\(units) units")
        }
        let five = SignFlipTest(try #require(PairedDifferences([0.1, 0.2, 0.3, 0.4, 0.5])), seed: 0)
        #expect(isClose(five.interval(oneSided: .lower).low, 0.1) && isClose(five.interval(oneSided: .upper).high, 0.5))
    }

    @Test("p-value and bound agree: what the bound leaves out is what the test rejects", arguments: [6, 9, 13, 20, 24])
    func duality(units: Int) throws {
        var random = SplitMix64(seed: UInt64(units))
        let values = (0..<units).map { _ in random.unit() - 0.4 }
        let test = SignFlipTest(try #require(PairedDifferences(values)), seed: 1)
        #expect(test.isExact == (units <= 20))
        let low = test.interval(oneSided: .lower).low
        #expect(test.pValue(above: low + 1e-6) > 0.05)
        #expect(test.pValue(above: low - 1e-6) <= 0.05)
        let high = test.interval(oneSided: .upper).high
        #expect(test.pValue(below: high - 1e-6) > 0.05)
        #expect(test.pValue(below: high + 1e-6) <= 0.05)
    }

    @Test("clusters are flipped as wholes")
    func clusters() throws {
        let values = [0.2, 0.4, -0.1, 0.5, 0.3, 0.1, 0.6, -0.2]
        let clustered = SignFlipTest(try #require(PairedDifferences(values, clusters: [0, 0, 1, 2, 2, 2, 3, 3])), seed: 0)
        // Totals 0.6, −0.1, 0.9, 0.4: of 16 sums only the whole and the one with −0.1 flipped reach 1.8.
        #expect(clustered.pValue(above: 0) == 2.0 / 16)
    }

    @Test("a sample of flips comes near all of them, and the same seed gives the same bits")
    func sampled() throws {
        var random = SplitMix64(seed: 2)
        let values = (0..<30).map { _ in random.unit() - 0.42 }
        let differences = try #require(PairedDifferences(values))
        let test = SignFlipTest(differences, seed: 5)
        #expect(test.interval() == SignFlipTest(differences, seed: 5).interval())
        let t = try #require(differences.interval(oneSided: .lower))
        #expect(abs(test.interval(oneSided: .lower).low - t.low) < 0.02)
    }

    @Test("the bound errs as often as it states where differences are symmetric (fixed seed)", arguments: [6, 10])
    func typeOneError(units: Int) throws {
        var random = SplitMix64(seed: UInt64(units))
        var misses = 0
        let rounds = 2_000
        for _ in 0..<rounds {
            // Symmetric about 0.3, and far from normal.
            let values = (0..<units).map { _ in 0.3 + (random.unit() < 0.5 ? -1 : 1) * random.unit() * random.unit() }
            let bound = SignFlipTest(try #require(PairedDifferences(values)), seed: 0).interval(oneSided: .lower).low
            if bound > 0.3 { misses += 1 }
        }
        // 3 of 64 and 51 of 1,024 subsets are allowed.
        let error = units == 6 ? 3.0 / 64 : 51.0 / 1_024
        #expect(abs(Double(misses) / Double(rounds) - error) < 3 * (error * (1 - error) / Double(rounds)).squareRoot(), "\(misses)")
    }
}
