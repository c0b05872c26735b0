import RungStatistics
import Testing

@Suite struct NewcombeIntervalTests {
    @Test("both ends agree with those from statsmodels' limits", arguments: Golden.pairedTables)
    func golden(
        both: Int, lost: Int, gained: Int, neither: Int, confidence: Double, _: Double, _: Double, low: Double, high: Double
    ) throws {
        let counts = PairedCounts(bothPassed: both, lost: lost, gained: gained, bothFailed: neither)
        let interval = try #require(counts.newcombe(confidence: confidence))
        #expect(isClose(interval.low, low, within: 1e-11))
        #expect(isClose(interval.high, high, within: 1e-11))
        #expect(interval.method == .newcombe)
    }

    /// Fagerland, Lydersen and Laake 2014, Stat. Med. 33:2850.
    @Test("a published interval comes out: −0.507 to −0.026")
    func published() throws {
        let interval = try #require(PairedCounts(bothPassed: 1, lost: 7, gained: 1, bothFailed: 12).newcombe())
        #expect(((interval.low * 1_000).rounded(), (interval.high * 1_000).rounded()) == (-507, -26))
    }

    @Test("without pairs, and one-sided below one half, there is no interval")
    func empty() {
        #expect(PairedCounts(bothPassed: 0, lost: 0, gained: 0, bothFailed: 0).newcombe() == nil)
        #expect(PairedCounts(bothPassed: 5, lost: 1, gained: 0, bothFailed: 0).newcombe(confidence: 0.4, oneSided: .lower) == nil)
    }
}
