import RungStatistics
import Testing

@Suite struct TangoIntervalTests {
    @Test("both ends agree with a likelihood that was maximized by search", arguments: Golden.pairedTables)
    func golden(
        both: Int, lost: Int, gained: Int, neither: Int, confidence: Double, low: Double, high: Double, _: Double, _: Double
    ) throws {
        let counts = PairedCounts(bothPassed: both, lost: lost, gained: gained, bothFailed: neither)
        let interval = try #require(counts.tango(confidence: confidence))
        #expect(isClose(interval.low, low, within: 1e-11))
        #expect(isClose(interval.high, high, within: 1e-11))
        #expect(interval.method == .tango)
        let lower = try #require(counts.tango(confidence: (1 + confidence) / 2, oneSided: .lower))
        #expect(isClose(lower.low, low, within: 1e-11))
        #expect(lower.high == 1)
    }

    /// Fagerland, Lydersen and Laake 2014, Stat. Med. 33:2850: airway hyper-responsiveness of 21 children (Bentur 2009).
    @Test("a published interval comes out: −0.517 to −0.026")
    func published() throws {
        let interval = try #require(PairedCounts(bothPassed: 1, lost: 7, gained: 1, bothFailed: 12).tango())
        #expect(((interval.low * 1_000).rounded(), (interval.high * 1_000).rounded()) == (-517, -26))
    }

    @Test("without discordant pairs the ends are ∓ z²/(n + z²)", arguments: [6, 50, 400, 100_000])
    func concordant(pairs: Int) throws {
        let interval = try #require(PairedCounts(bothPassed: pairs, lost: 0, gained: 0, bothFailed: 0).tango(oneSided: .lower))
        let z = NormalDistribution.quantile(0.95)
        #expect(isRelativelyClose(interval.low, -z * z / (Double(pairs) + z * z), within: 1e-12))
    }

    @Test("the p-value at an end is the error of that end")
    func duality() throws {
        for counts in [(30, 3, 9, 8), (0, 5, 0, 5), (100, 0, 0, 1), (4, 4, 4, 4)] {
            let pairs = PairedCounts(bothPassed: counts.0, lost: counts.1, gained: counts.2, bothFailed: counts.3)
            let low = try #require(pairs.tango(oneSided: .lower)).low
            let high = try #require(pairs.tango(oneSided: .upper)).high
            #expect(isClose(pairs.tangoPValue(above: low), 0.05, within: 1e-9))
            #expect(isClose(pairs.tangoPValue(below: high), 0.05, within: 1e-9))
        }
    }

    @Test("without pairs there is no interval")
    func empty() { #expect(PairedCounts(bothPassed: 0, lost: 0, gained: 0, bothFailed: 0).tango() == nil) }
}
