import RungStatistics
import Testing

@Suite struct ConfidenceSequenceTests {
    @Test("both sequences agree with the authors' package", arguments: Golden.sequences)
    func golden(values: [Double], plainLow: Double, plainHigh: Double, betLow: Double, betHigh: Double) throws {
        var plain = EmpiricalBernsteinSequence(range: 0...1)
        var bets = HedgedCapitalSequence(range: 0...1)
        for value in values {
            plain.add(value)
            bets.add(value)
        }
        let (one, other) = (try #require(plain.interval), try #require(bets.interval))
        #expect(isClose(one.low, plainLow, within: 1e-10) && isClose(one.high, plainHigh, within: 1e-10))
        #expect(isClose(other.low, betLow, within: 1e-9) && isClose(other.high, betHigh, within: 1e-9))
        #expect(one.method == .empiricalBernstein && other.method == .hedgedCapital && one.n == values.count)
    }

    @Test("a range of −1…1 is the same sequence, stretched")
    func range() throws {
        var (narrow, wide) = (HedgedCapitalSequence(range: 0...1), HedgedCapitalSequence(range: -1...1))
        for value in Golden.sequences[0].0 {
            narrow.add(value)
            wide.add(2 * value - 1)
        }
        let (one, other) = (try #require(narrow.interval), try #require(wide.interval))
        #expect(isClose(2 * one.low - 1, other.low) && isClose(2 * one.high - 1, other.high))
    }

    @Test("before the first observation there is no interval, and ends never move back")
    func monotone() throws {
        var (plain, bets) = (EmpiricalBernsteinSequence(range: -1...1), HedgedCapitalSequence(range: -1...1))
        #expect(plain.interval == nil && bets.interval == nil)
        var random = SplitMix64(seed: 6)
        var last = [(low: -1.0, high: 1.0), (low: -1.0, high: 1.0)]
        for _ in 0..<120 {
            let value = random.unit() < 0.7 ? 1.0 : -1.0
            plain.add(value)
            bets.add(value)
            for (index, interval) in [try #require(plain.interval), try #require(bets.interval)].enumerated() {
                #expect(interval.low >= last[index].low && interval.high <= last[index].high)
                last[index] = (interval.low, interval.high)
            }
        }
    }

    @Test("the capital at an end is what refutes it")
    func capital() throws {
        var bets = HedgedCapitalSequence(range: -1...1, oneSided: .lower)
        var random = SplitMix64(seed: 6)
        for _ in 0..<200 { bets.add(random.unit() < 0.7 ? 1 : -1) }
        let low = try #require(bets.interval).low
        #expect(bets.capital(above: low - 1e-6) >= 20 && bets.capital(above: low + 1e-6) < 20)
        #expect(try #require(bets.interval).high == 1)
    }

    /// Looking after each of 200 observations would let a fixed 95 % bound err in a third of all sequences.
    @Test("looking after every observation errs no more often than stated (fixed seed)")
    func anytime() throws {
        var random = SplitMix64(seed: 31)
        var misses = (plain: 0, bets: 0)
        for _ in 0..<300 {
            var plain = EmpiricalBernsteinSequence(range: -1...1, oneSided: .lower)
            var bets = HedgedCapitalSequence(range: -1...1, oneSided: .lower)
            for _ in 0..<200 {
                let value = random.unit()
                let difference = value < 0.1 ? -1.0 : value < 0.2 ? 1 : 0
                plain.add(difference)
                bets.add(difference)
            }
            // Ends are those of all times together.
            if try #require(plain.interval).low > 0 { misses.plain += 1 }
            if bets.capital(above: 0) >= 20 { misses.bets += 1 }
        }
        #expect(misses.plain <= 15 + 8 && misses.bets <= 15 + 8, "\(misses)")
    }
}
