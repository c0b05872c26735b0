import Testing

@testable import RungReporting

@Suite struct NumberTextTests {
    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"), (Int.min, "-9,223,372,036,854,775,808")])
    func `digits are grouped by three`(value: Int, expected: String) {
        #expect(NumberText.grouped(value) == expected)
    }

    @Test(arguments: [
        (0.0, "0.0 %"), (1.0, "100.0 %"), (0.4352, "43.5 %"), (0.99996, "99.9 %"), (0.00001, "0.1 %"), (0.5625, "56.3 %"),
        (Double.nan, "unknown"),
    ])
    func `per cent are never rounded to all or nothing`(share: Double, expected: String) {
        #expect(NumberText.percent(share) == expected)
    }

    @Test(arguments: [
        (0.43519, 4, "0.4352"), (1.0, 3, "1.000"), (-0.05, 1, "-0.1"), (-0.001, 2, "0.00"), (12.5, 0, "13"), (0.007, 3, "0.007"),
        (1e20, 2, "1e+20"),
    ])
    func `fixed decimals are padded and rounded`(value: Double, places: Int, expected: String) {
        #expect(NumberText.fixed(value, places: places) == expected)
    }

    @Test func `counts carry their noun, and dollars enough decimals`() {
        #expect([1, 2_000, 0].map { NumberText.count($0, "case") } == ["1 case", "2,000 cases", "0 cases"])
        #expect([0.00123, 12.3].map(NumberText.dollars) == ["$0.0012", "$12.30"])
    }
}
