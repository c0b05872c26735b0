/// A time within which something is promised.
enum PolicyPeriod: String, CaseIterable {
    case idea
    case `case`
    case scenario
    case change
    case triage
    case outcome
    case prediction

    /// Days where no policy says otherwise.
    var days: Int {
        switch self {
        case .idea, .scenario, .change: 30
        case .case: 14
        case .triage: 7
        case .outcome, .prediction: 90
        }
    }

    /// SQL for the end of the period that began at `seconds`, an SQL expression in seconds since 1970.
    func end(from seconds: String) -> String { "\(seconds) + \(days) * 86400" }
}
