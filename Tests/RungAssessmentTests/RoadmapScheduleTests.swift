import RungText
import Testing

@testable import RungAssessment

@Suite struct RoadmapScheduleTests {
    @Test(arguments: [
        // Of an assessment on 1 January, 30 days begin on 2 December.
        ("2026-11-23", 30, "2026-12-02"), ("2026-12-01", 30, "2026-12-02"),
        // On the day itself the window has begun, so the next quarter counts: 1 April.
        ("2026-12-02", 30, "2027-03-02"), ("2026-11-23", 90, "2027-01-01"), ("2026-11-23", 45, "2027-02-15"),
        ("2026-11-23", 365, "2027-01-01"), ("2027-12-31", 1, "2028-03-31"), ("2027-12-30", 1, "2027-12-31"),
        ("2028-01-15", 31, "2028-03-01"),
    ])
    func `it is the day on which the first quarterly window begins that has not begun yet`(day: String, window: Int, due: String) throws {
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
