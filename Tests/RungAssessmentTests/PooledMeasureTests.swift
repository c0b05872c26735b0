import RungCore
import Testing

@testable import RungAssessment

@Suite struct PooledMeasureTests {
    private let share = sampleCriterion().measure
    private let median = sampleCriterion {
        $0.aggregate = .median
        $0.better = .down
        $0.full = 14
        $0.partial = 30
        $0.zero = 60
    }.measure

    @Test func `shares are pooled by sum and not by the mean of entities`() throws {
        let pooled = try PooledMeasure([row("a", 1, 1), row("b", 0, 99)], share)
        #expect(pooled.value == 0.01)
        #expect(pooled.satisfied == 1)
        #expect(pooled.total == 100)
    }

    @Test func `failing entities are those that fall short, sorted by name`() throws {
        let pooled = try PooledMeasure([row("z", 1, 2), row("m", 3, 3), row("a", 0, 1), row("e", 0, 0)], share)
        #expect(
            pooled.failing == [
                FailingEntity(entity: "a", satisfied: 0, total: 1), FailingEntity(entity: "z", satisfied: 1, total: 2),
            ])
    }

    @Test func `no row and empty rows are no population`() throws {
        for rows in [[], [row("a", 0, 0)]] {
            let pooled = try PooledMeasure(rows, share)
            #expect(pooled.value == nil)
            #expect(pooled.total == 0)
            #expect(pooled.failing.isEmpty)
        }
    }

    @Test(arguments: [
        ([3.0], 3.0), ([9, 1, 5], 5.0), ([1, 2, 10, 20], 6.0), ([4, 4], 4.0),
    ])
    func `the median is the middle value, or the mean of the two in the middle`(values: [Double], expected: Double) throws {
        let rows = values.enumerated().map { row("e\($0.offset)", $0.element) }
        #expect(try PooledMeasure(rows, median).value == expected)
    }

    @Test func `values beyond the bound of full are failing`() throws {
        let pooled = try PooledMeasure([row("late", 14.5), row("just", 14), row("early", 2)], median)
        #expect(pooled.failing == [FailingEntity(entity: "late", satisfied: 0, total: 1)])
        #expect(pooled.satisfied == 2)
        #expect(pooled.total == 3)
    }

    @Test func `where more is better, values below full are failing`() throws {
        var up = median
        up.better = .up
        #expect(try PooledMeasure([row("a", 13.9), row("b", 14)], up).failing.map(\.entity) == ["a"])
    }

    @Test func `the maximum is the largest value`() throws {
        var maximum = median
        maximum.aggregate = .max
        #expect(try PooledMeasure([row("a", 3), row("b", 8), row("c", 5)], maximum).value == 8)
    }

    @Test(arguments: [
        ([row("a", 3, 2)], "3 of 2 came for \"a\""),
        ([row("a", -1, 2)], "-1 of 2 came for \"a\""),
        ([row("a", 1, 1), row("a", 0, 1)], "entity \"a\" comes twice"),
        ([row("a", 0.5)], "a value came for \"a\", expected satisfied and total"),
        ([row("a", 0, .max), row("b", 0, 1)], "the counts are too large to add up"),
    ])
    func `rows that break the contract of shares are refused`(rows: [MeasureRow], message: String) {
        #expect(throws: MeasureFailure(message)) { try PooledMeasure(rows, share) }
    }

    @Test(arguments: [
        ([row("a", 1, 2)], "satisfied and total came for \"a\", expected a value"),
        ([row("a", Double.nan)], "the value of \"a\" is not a number"),
        ([row("a", Double.infinity)], "the value of \"a\" is not a number"),
    ])
    func `rows that break the contract of values are refused`(rows: [MeasureRow], message: String) {
        #expect(throws: MeasureFailure(message)) { try PooledMeasure(rows, median) }
    }
}
