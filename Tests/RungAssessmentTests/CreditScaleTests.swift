import RungCore
import Testing

@testable import RungAssessment

@Suite struct CreditScaleTests {
    private static let up = sampleCriterion().measure
    private static let down = sampleCriterion {
        $0.aggregate = .median
        $0.better = .down
        $0.full = 14
        $0.partial = 30
        $0.zero = 60
    }.measure

    @Test(arguments: [
        (0.0, 0.0), (0.25, 0.25), (0.5, 0.5), (0.65, 0.75), (0.8, 1.0), (0.9, 1.0), (1.0, 1.0),
    ])
    func `credit is linear from 0 over partial to full`(value: Double, credit: Double) {
        #expect(abs(CreditScale(Self.up).credit(of: value) - credit) < 1e-12)
    }

    @Test(arguments: [
        (0.0, 1.0), (14, 1), (22, 0.75), (30, 0.5), (45, 0.25), (60, 0), (1_000, 0),
    ])
    func `where less is better credit is linear from full over partial to zero`(value: Double, credit: Double) {
        #expect(abs(CreditScale(Self.down).credit(of: value) - credit) < 1e-12)
    }

    @Test(arguments: [
        (0.8, Band.full), ((0.8).nextDown, .partial), (0.5, .partial), ((0.5).nextDown, .none), (0, .none),
    ])
    func `the smallest step below a threshold is in the band below`(value: Double, band: Band) {
        #expect(CreditScale.band(of: CreditScale(Self.up).credit(of: value)) == band)
    }

    @Test(arguments: [
        (14.0, Band.full), ((14.0).nextUp, .partial), (30, .partial), ((30.0).nextUp, .none), (60, .none),
    ])
    func `the smallest step above a threshold is in the band below where less is better`(value: Double, band: Band) {
        #expect(CreditScale.band(of: CreditScale(Self.down).credit(of: value)) == band)
    }

    /// 20 of 20: bound 20 / (20 + 1.645²) = 0.880842; 0.9 is not sure, 0.85 is.
    @Test(arguments: [(0.9, Band.partial), (0.85, .full)])
    func `a sample is full only when it makes sure of partial`(partial: Double, band: Band) throws {
        let measure = sampleCriterion {
            $0.population = .sample
            $0.partial = partial
            $0.full = 0.95
        }.measure
        let pooled = try PooledMeasure([row("a", 20, 20)], measure)
        let credit = try #require(CreditScale(measure).credit(of: pooled))
        #expect(CreditScale.band(of: credit) == band)
    }

    @Test func `a sample that makes sure of nearly partial has nearly full credit`() throws {
        let measure = sampleCriterion {
            $0.population = .sample
            $0.partial = 0.9
            $0.full = 0.95
        }.measure
        let pooled = try PooledMeasure([row("a", 20, 20)], measure)
        let credit = try #require(CreditScale(measure).credit(of: pooled))
        #expect(abs(credit - (0.5 + 0.5 * 0.880_842_16 / 0.9)) < 1e-6)
    }

    @Test func `a census needs no bound`() throws {
        let measure = sampleCriterion { $0.partial = 0.7 }.measure
        let pooled = try PooledMeasure([row("a", 2, 2)], measure)
        #expect(CreditScale(measure).credit(of: pooled) == 1)
        #expect(CreditScale(measure).sampleBound(of: pooled) == nil)
    }

    @Test func `without a population there is no credit`() throws {
        #expect(CreditScale(Self.up).credit(of: try PooledMeasure([], Self.up)) == nil)
    }

    @Test(arguments: [(0.95, 20, 19), (0.07, 100, 7), (0.29, 100, 29), (0.8, 7, 6), (1.0, 3, 3), (0.5, 0, 0), (0.99, 200, 198)])
    func `the units for full are the share of all, rounded up, without errors of rounding`(
        full: Double, total: Int, expected: Int
    ) {
        let measure = sampleCriterion {
            $0.partial = 0.01
            $0.full = full
        }.measure
        #expect(CreditScale(measure).satisfiedForFull(of: total) == expected)
    }

    /// With 50 units and full at 0.8, 40 are enough for the share; 0.75 is sure only from 43 (bound 0.7608; 42: 0.7377).
    @Test func `a sample needs as many more as make sure of partial, and all where even that does not do`() {
        let measure = sampleCriterion {
            $0.population = .sample
            $0.partial = 0.75
        }.measure
        #expect(CreditScale(measure).satisfiedForFull(of: 50) == 43)
        #expect(CreditScale(measure).satisfiedForFull(of: 3) == 3)
    }
}
