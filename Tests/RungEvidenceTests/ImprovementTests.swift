import Testing

@testable import RungEvidence

struct ImprovementTests {
    /// Student's sleep data (1908, Biometrika 6:1), as in R: `t.test(sleep)` paired gives 0.7001142 to 2.4598858.
    @Test func meansOfNumbersHaveStudentsInterval() throws {
        let interval = try #require(Improvement.interval(of: [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]))
        #expect(abs(interval.low - 0.7001142) < 1e-7)
        #expect(abs(interval.high - 2.4598858) < 1e-7)
    }

    /// Approval ratings of 1,600 people (Agresti 2002, Categorical Data Analysis, table 10.1: 794, 150, 86, 570): the plain
    /// interval there is 0.02 to 0.06; half a pair more in each cell, worked out apart, gives 0.0212168 to 0.0586833.
    @Test func winsAndLossesHaveTheAdjustedInterval() throws {
        let differences = [Double](repeating: 1, count: 150) + [Double](repeating: -1, count: 86) + [Double](repeating: 0, count: 1_364)
        let interval = try #require(Improvement.interval(of: differences))
        #expect(abs(interval.low - 0.021217) < 1e-5)
        #expect(abs(interval.high - 0.058683) < 1e-5)
    }

    @Test func pairsThatAllAgreeDoNotSettleTheirDifference() throws {
        #expect(Improvement.interval(of: []) == nil)
        #expect(Improvement.interval(of: [1]) == nil)
        #expect(Improvement.interval(of: [0.5, 0.5, 0.5]) == nil)
        let few = try #require(Improvement.interval(of: [0, 0, 0, 0, 0]))
        #expect(few.low < -0.2 && few.high > 0.2)
        #expect(abs(few.low + few.high) < 1e-12)
        let wins = try #require(Improvement.interval(of: [1, 1, 1]))
        #expect(wins.low < 0.4 && wins.high == 1)
    }

    @Test func hugeNumbersGiveNoInterval() {
        #expect(Improvement.interval(of: [1e150, -1e150]).map { $0.high.isFinite } ?? true)
    }
}
