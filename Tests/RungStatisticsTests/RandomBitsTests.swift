import Testing

@testable import RungStatistics

@Suite struct RandomBitsTests {
    @Test("coins are fair, whatever number of them is tossed (fixed seed)", arguments: [1, 3, 63, 64, 65, 1_000])
    func fair(count: Int) {
        var bits = RandomBits(seed: 7)
        let tosses = 64_000 / count
        let heads = (0..<tosses).reduce(0) { sum, _ in sum + bits.heads(of: count) }
        let expected = Double(tosses * count) / 2
        #expect(abs(Double(heads) - expected) < 4 * (Double(tosses * count) / 4).squareRoot(), "\(heads)")
        #expect(bits.heads(of: 0) == 0)
    }
}
