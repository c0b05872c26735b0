internal import RungText

/// Says when steps are due, for organizations that are assessed on the first day of each quarter.
enum RoadmapSchedule {
    /// The day on which the window of a quarterly assessment begins: of the first one whose window has not begun yet.
    ///
    /// What is in place when this day begins fills that window; the assessment is `windowDays` later.
    /// - Parameter asOf: what began on this day or before it has begun.
    /// - Returns: midnight; nil when the quarter lies beyond the year 9999.
    static func due(windowDays: Int, asOf: Timestamp) -> Timestamp? {
        quarter(after: asOf.midnight.adding(days: windowDays))?.adding(days: -windowDays)
    }

    /// The first day of a quarter that comes after this day.
    static func quarter(after day: Timestamp) -> Timestamp? {
        let parts = day.date.split(separator: "-").compactMap { Int64($0) }
        guard parts.count == 3 else { return nil }
        let next = (parts[1] - 1) / 3 * 3 + 4
        return next > 12 ? Timestamp(year: parts[0] + 1, month: 1, day: 1) : Timestamp(year: parts[0], month: next, day: 1)
    }
}
