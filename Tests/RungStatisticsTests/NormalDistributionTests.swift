import RungStatistics
import Testing

@Suite struct NormalDistributionTests {
    /// mpmath 1.3.0, 40 digits.
    @Test(
        "the distribution function agrees with an independent one in both tails",
        arguments: [
            (-37.0, 5.725571222524577e-300), (-8.0, 6.220960574271784e-16), (-3.0, 0.0013498980316300946),
            (-1.0, 0.15865525393145705), (-0.1, 0.460172162722971), (0.0, 0.5), (0.5, 0.6914624612740131),
            (1.96, 0.9750021048517795), (5.0, 0.9999997133484281), (8.5, 1.0),
        ])
    func cdf(x: Double, expected: Double) {
        #expect(isRelativelyClose(NormalDistribution.cdf(x), expected, within: 5e-13))
    }

    /// mpmath 1.3.0, 40 digits.
    @Test(
        "quantiles agree with independent ones",
        arguments: [
            (1e-300, -37.0470962993612), (1e-20, -9.262340089798407), (1e-09, -5.9978070150076865),
            (0.001, -3.0902323061678136), (0.025, -1.9599639845400543), (0.07, -1.4757910281791706),
            (0.075, -1.439531470938456), (0.1, -1.2815515655446004), (0.4, -0.2533471031357997), (0.5, 0.0),
            (0.6, 0.2533471031357997), (0.93, 1.475791028179171), (0.95, 1.6448536269514722),
            (0.975, 1.9599639845400538), (0.995, 2.5758293035489004), (0.999999, 4.753424308817087),
        ])
    func quantile(p: Double, expected: Double) {
        #expect(isClose(NormalDistribution.quantile(p), expected, within: 1e-14))
    }

    @Test("the ends of the scale are infinite")
    func ends() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.cdf(-.infinity) == 0)
        #expect(NormalDistribution.cdf(.infinity) == 1)
    }

    @Test("quantile and distribution function undo each other and rise")
    func inverse() {
        var last = -Double.infinity
        for step in 1..<2_000 {
            let p = Double(step) / 2_000
            let x = NormalDistribution.quantile(p)
            #expect(isRelativelyClose(NormalDistribution.cdf(x), p, within: 1e-14))
            #expect(x > last)
            last = x
        }
    }
}
