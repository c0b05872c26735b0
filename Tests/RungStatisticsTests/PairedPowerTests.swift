import RungStatistics
import Testing

@Suite struct PairedPowerTests {
    @Test("pairs needed agree with statsmodels, rounded up", arguments: Golden.pairsNeeded)
    func pairs(difference: Double, discordance: Double, power: Double, expected: Double) {
        #expect(PairedPower(power: power).pairs(for: difference, discordance: discordance) == Int(expected.rounded(.up)))
        #expect(PairedPower(power: power).pairs(for: -difference, discordance: discordance) == Int(expected.rounded(.up)))
    }

    @Test("the smallest difference that is found agrees with a search", arguments: Golden.detectable)
    func detectable(pairs: Int, discordance: Double, expected: Double) throws {
        let found = try #require(PairedPower().detectableDifference(discordance: discordance, pairs: pairs))
        #expect(isClose(found, expected, within: 1e-12))
        let needed = try #require(PairedPower().pairs(for: found, discordance: discordance))
        #expect(abs(needed - pairs) <= 1)
    }

    @Test("means: (z_α + z_β)² = 6.18 at one-sided 95 % and 80 %")
    func means() throws {
        let power = PairedPower()
        #expect(isClose(power.detectableEffect(deviation: 1, units: 1), 2.486474860524863, within: 1e-12))
        #expect(power.units(for: 0.1, deviation: 0.4) == 99)
        #expect(power.units(for: -0.1, deviation: 0.4) == 99)
        #expect(power.units(for: 0, deviation: 1) == nil)
        #expect(power.units(for: 1e-12, deviation: 1) == nil)
        #expect(power.units(for: 10, deviation: 0.1) == 1)
    }

    @Test("concordant pairs: the first number whose Tango bound is within the margin", arguments: [0.01, 0.02, 0.05, 0.1])
    func concordant(margin: Double) throws {
        let needed = try #require(PairedPower().concordantPairs(for: margin))
        func low(_ pairs: Int) throws -> Double {
            try #require(PairedCounts(bothPassed: pairs, lost: 0, gained: 0, bothFailed: 0).tango(oneSided: .lower)).low
        }
        #expect(try low(needed) >= -margin && (try low(needed - 1)) < -margin)
        #expect(PairedPower().concordantPairs(for: 0) == nil)
    }

    @Test("what is beyond reach is nil and not a number")
    func unreachable() {
        #expect(PairedPower().detectableDifference(discordance: 0, pairs: 10) == nil)
        #expect(PairedPower().detectableDifference(discordance: 0.01, pairs: 6) == nil)
        #expect(PairedPower().pairs(for: 0.2, discordance: 0.1) == nil)
    }
}
