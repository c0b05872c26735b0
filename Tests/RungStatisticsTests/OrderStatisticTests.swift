import Testing

@testable import RungStatistics

@Suite struct OrderStatisticTests {
    @Test("selection finds what sorting finds, also among ties")
    func select() {
        var random = SplitMix64(seed: 3)
        for count in [1, 2, 3, 10, 257] {
            let numbers = (0..<count).map { _ in (random.unit() * 20).rounded() }
            let sorted = numbers.sorted()
            for rank in [0, count / 3, count / 2, count - 1] {
                var copy = numbers
                #expect(OrderStatistic.select(rank, in: &copy) == sorted[rank])
            }
        }
    }

    @Test("quantiles lie between their neighbours as in numpy")
    func quantile() {
        let numbers = [1.0, 2, 4, 8]
        #expect(OrderStatistic.quantile(0, ofSorted: numbers) == 1)
        #expect(OrderStatistic.quantile(1, ofSorted: numbers) == 8)
        #expect(isClose(OrderStatistic.quantile(0.5, ofSorted: numbers), 3))
        #expect(isClose(OrderStatistic.quantile(0.9, ofSorted: numbers), 6.8))
        #expect(OrderStatistic.quantile(0.3, ofSorted: [5]) == 5)
    }
}
