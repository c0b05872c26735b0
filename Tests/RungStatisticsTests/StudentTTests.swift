import RungStatistics
import Testing

@Suite struct StudentTTests {
    /// mpmath 1.3.0, 40 digits.
    @Test(
        "the distribution function agrees with an independent one in both tails",
        arguments: [
            (-40, 1, 0.007956089912025814), (-2, 1, 0.14758361765043326), (-0.001, 3, 0.49963244748473046),
            (0.5, 2.5, 0.6711510400651427), (2, 10, 0.9633059826146299), (-2, 10, 0.03669401738537018),
            (-5, 30, 1.1648342733503898e-05), (-12, 99, 2.5653148439487427e-21), (1.5, 1e6, 0.9331926408816036),
            (-4, 1e6, 3.167351700502405e-05), (0, 7, 0.5),
        ])
    func cdf(x: Double, degreesOfFreedom: Double, expected: Double) {
        let tolerance = degreesOfFreedom > 10_000 ? 1e-10 : 1e-12
        #expect(isRelativelyClose(StudentT(degreesOfFreedom: degreesOfFreedom).cdf(x), expected, within: tolerance))
        #expect(isClose(StudentT(degreesOfFreedom: degreesOfFreedom).cdf(x), expected, within: tolerance))
    }

    /// mpmath 1.3.0, 40 digits; 12.706, 4.303, 2.776 and 1.833 are the entries of every printed table.
    @Test(
        "quantiles agree with independent ones",
        arguments: [
            (0.975, 1, 12.706204736174694), (0.975, 2, 4.302652729749462), (0.975, 4, 2.7764451051977934),
            (0.975, 26, 2.0555294386428726), (0.975, 49, 2.0095752371292392), (0.95, 9, 1.8331129326562365),
            (0.995, 199, 2.6007602160585157), (0.975, 9999, 1.9602012636213573), (0.975, 1e6, 1.9599663568141066),
            (0.6, 3.5, 0.2732654540557796), (0.500001, 5, 2.6343055242196797e-06), (0.001, 5, -5.89342953135601),
            (1e-12, 3, -10331.108244292485), (0.3, 1, -0.7265425280053609), (0.5, 4, 0),
        ])
    func quantile(p: Double, degreesOfFreedom: Double, expected: Double) {
        let tolerance = degreesOfFreedom > 10_000 ? 1e-10 : 1e-12
        #expect(isClose(StudentT(degreesOfFreedom: degreesOfFreedom).quantile(p), expected, within: tolerance))
    }

    @Test("the ends of the scale are infinite")
    func ends() {
        let distribution = StudentT(degreesOfFreedom: 3)
        #expect(distribution.quantile(0) == -.infinity)
        #expect(distribution.quantile(1) == .infinity)
        #expect(distribution.cdf(-.infinity) == 0)
        #expect(distribution.cdf(.infinity) == 1)
    }

    @Test("quantiles shrink towards those of the normal distribution as degrees of freedom grow")
    func limit() {
        var last = Double.infinity
        for degreesOfFreedom in [1, 2, 3, 5, 10, 30, 100, 1_000, 100_000] {
            let value = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).quantile(0.975)
            #expect(value < last && value > NormalDistribution.quantile(0.975))
            last = value
        }
        #expect(isClose(last, NormalDistribution.quantile(0.975), within: 1e-4))
    }
}
