import RungText

/// The last year before an assessment: four quarters, each with a busy last month, and when the practices of a stage begin.
///
/// Books are closed at the end of a quarter: that is when people ask agents most.
struct OrganizationYear: Sendable {
    /// Where it ends; no day of it is later.
    let asOf: Timestamp
    /// The first day of all, a year or longer ago.
    let first: Timestamp
    let quarters: [Quarter]

    /// A quarter of the year.
    struct Quarter: Sendable {
        /// 0…3.
        let number: Int
        let start: Timestamp
        /// The midnight after its last day.
        let end: Timestamp

        /// The first of its last thirty days.
        var busy: Timestamp { end.adding(days: -30) }

        /// A time of the day so many days after the quarter began.
        func day(_ days: Int, _ hour: Int = 9, _ minute: Int = 0) -> Timestamp { start.adding(days: days).at(hour, minute) }

        /// A time of the day so many days after the busy month began; 29 is the last day of the quarter.
        func busyDay(_ days: Int, _ hour: Int = 9, _ minute: Int = 0) -> Timestamp { busy.adding(days: days).at(hour, minute) }
    }

    init(_ plan: OrganizationPlan) {
        asOf = plan.asOf
        first = plan.asOf.adding(days: -plan.days)
        let bounds = [-365, -273, -183, -92, 0].map { plan.asOf.adding(days: $0) }
        quarters = zip(bounds, bounds.dropFirst()).enumerated().map { Quarter(number: $0, start: $1.0, end: $1.1) }
    }

    /// Assessments can be made as of these midnights on the way.
    var quarterEnds: [Timestamp] { quarters.map(\.end) }

    /// The first day of the practices of a stage.
    func begin(of stage: Int) -> Timestamp {
        switch stage {
        case ...2: first
        case 3: quarters[1].start.adding(days: 5)
        case 4: quarters[2].start.adding(days: 5)
        default: quarters[3].start.adding(days: 2)
        }
    }

    /// Agents get their organizational context before the other practices of stage 4, so that most of a year's work rests on it.
    var contextBegins: Timestamp { quarters[1].start.adding(days: 11) }

    /// Days in a row.
    var days: [Timestamp] { (0..<Int((asOf.seconds - first.seconds) / 86_400)).map { first.adding(days: $0) } }

    /// The quarter that a day belongs to; the first one for days before it.
    func quarter(of day: Timestamp) -> Quarter { quarters.last { $0.start <= day } ?? quarters[0] }
}

extension Timestamp {
    /// A time of this day.
    func at(_ hour: Int, _ minute: Int = 0) -> Timestamp { midnight.adding(seconds: Int64(hour * 3_600 + minute * 60)) }
}
