import RungStatistics
import Testing

@Suite struct IncompleteBetaTests {
    /// mpmath 1.3.0, 40 digits; whole shapes by the binomial sum.
    @Test(
        "the function agrees with an independent one",
        arguments: [
            (0.1, 0.5, 0.5, 0.20483276469913345), (0.5, 0.5, 5, 0.9898804402645662), (0.3, 2, 3, 0.3483),
            (0.9, 2, 3, 0.9963), (0.01, 100, 1, 1.000000000000002e-200), (0.95, 95, 6, 0.6159991279561402),
            (0.99, 9990, 11, 7.562773329151055e-31), (0.999, 9990, 11, 0.5830397606292563),
            (1e-09, 0.5, 0.5, 2.0131684845150097e-05), (0.5, 5000, 5000, 0.5), (0.49, 5000, 5000, 0.022742032324574547),
            (0.9995, 100_000, 51, 0.5361082176404659), (0.999999, 1_000_000, 3, 0.919698327013452),
            (0.02, 200, 9_000, 0.12461920330208234), (0.3, 2_500, 5_000, 2.2716061807773086e-10),
        ])
    func regularized(x: Double, a: Double, b: Double, expected: Double) {
        #expect(isRelativelyClose(IncompleteBeta.regularized(x, a, b), expected, within: 1e-12))
    }

    /// mpmath 1.3.0, 40 digits.
    @Test(
        "the inverse agrees with an independent one",
        arguments: [
            (0.025, 1, 10, 0.0025285785444617848), (0.975, 2, 9, 0.4450161170281954), (0.025, 95, 6, 0.8871650888945373),
            (0.975, 96, 5, 0.9835681208179479), (0.025, 9990, 11, 0.9981617358657894), (0.5, 0.5, 0.5, 0.5),
            (1e-06, 0.5, 3, 2.844444444445523e-13), (0.001, 0.1, 7, 9.262954883474463e-32),
            (0.999, 200, 0.3, 0.9999999999996507), (1e-12, 40, 60, 0.12084470519956732),
        ])
    func inverse(p: Double, a: Double, b: Double, expected: Double) {
        #expect(isRelativelyClose(IncompleteBeta.inverse(p, a, b), expected, within: 1e-12))
    }

    @Test("the function rises from 0 to 1, mirrors itself, and is undone by its inverse")
    func laws() {
        for (a, b) in [(0.5, 0.5), (1.0, 1.0), (2.0, 5.0), (30.0, 1.5), (400.0, 700.0)] {
            var last = 0.0
            for step in 0...100 {
                let x = Double(step) / 100
                let value = IncompleteBeta.regularized(x, a, b)
                #expect(value >= last && value <= 1)
                #expect(isClose(value + IncompleteBeta.regularized(1 - x, b, a), 1, within: 1e-12))
                if value > 1e-200, value < 0.999 {
                    #expect(isClose(IncompleteBeta.inverse(value, a, b), x, within: 1e-10))
                }
                last = value
            }
            #expect(IncompleteBeta.inverse(0, a, b) == 0)
            #expect(IncompleteBeta.inverse(1, a, b) == 1)
        }
    }

    @Test("millions of trials are within reach")
    func largeShapes() {
        #expect(isClose(IncompleteBeta.regularized(0.5, 5e6, 5e6), 0.5, within: 1e-12))
        #expect(isClose(IncompleteBeta.inverse(0.5, 5e6, 5e6), 0.5, within: 1e-12))
    }
}
