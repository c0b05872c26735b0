import Testing

@testable import RungAssessment

@Suite struct ShareTextTests {
    @Test(arguments: [(0.6, "60.0 %"), (2.0 / 3, "66.7 %"), (1.0, "100.0 %"), (0.0, "0.0 %"), (0.005, "0.5 %")])
    func `a share is percent with one decimal`(share: Double, text: String) {
        #expect(ShareText.percent(share) == text)
    }

    @Test(arguments: [
        (0.9899, 0.99, "98.99 %"), (0.98, 0.99, "98.0 %"), (0.99, 0.99, "99.0 %"), (0.999_995, 1.0, "99.9995 %"),
        (0.999_999_99, 1.0, "99.999999 %"),
    ])
    func `a bound that is not reached is never shown as reached`(share: Double, bound: Double, text: String) {
        #expect(ShareText.percent(share, bounds: [bound]) == text)
    }

    @Test(arguments: [(0.95, "95 %"), (0.995, "99.5 %"), (1.0, "100 %"), (0.07, "7 %"), (1.0 / 3, "33.333333 %")])
    func `a threshold has no more decimals than it needs`(share: Double, text: String) {
        #expect(ShareText.bound(share) == text)
    }
}
