import RungText
import Testing

@testable import RungAssessment

@Suite struct RoadmapScheduleTests {
    @Test(arguments: [
        // 30 days before 1 January is 2 December, which leaves two weeks from 18 November on, but not from the day after.
        ("2026-11-18", 30, "2026-12-02"), ("2026-11-19", 30, "2027-03-02"), ("2026-10-01", 30, "2026-12-02"),
        // The first window of 90 days that begins later than 15 October is that of 1 April.
        ("2026-10-01", 90, "2027-01-01"), ("2026-09-19", 90, "2026-10-03"), ("2026-11-18", 45, "2027-02-15"),
        ("2026-11-18", 365, "2027-01-01"), ("2027-12-17", 1, "2027-12-31"), ("2027-12-18", 1, "2028-03-31"),
    ])
    func `it is the day on which the first quarterly window begins that leaves two weeks until then`(
        day: String, window: Int, due: String
    ) throws {
        let asOf = try #require(Timestamp(day))
        #expect(RoadmapSchedule.due(windowDays: window, asOf: asOf)?.date == due)
        #expect(RoadmapSchedule.due(windowDays: window, asOf: asOf.adding(seconds: 80_000))?.date == due)
    }

    @Test(arguments: [
        ("2026-01-01", "2026-04-01"), ("2026-03-31", "2026-04-01"), ("2026-04-01", "2026-07-01"), ("2026-09-30", "2026-10-01"),
        ("2026-10-01", "2027-01-01"), ("2026-12-31", "2027-01-01"),
    ])
    func `quarters begin in January, April, July and October`(day: String, next: String) throws {
        #expect(RoadmapSchedule.quarter(after: try #require(Timestamp(day)))?.date == next)
    }

    @Test func `beyond the calendar nothing is due`() throws {
        #expect(RoadmapSchedule.due(windowDays: 30, asOf: try #require(Timestamp("9999-12-31"))) == nil)
    }
}
