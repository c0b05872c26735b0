/// Where records come from, as far as counts of them go: the three values that matter of an origin.
enum RecordClass: Int64, CaseIterable, Sendable {
    case recorded = 0
    case imported = 1
    /// From any registered source.
    case authenticated = 2

    init(_ origin: RecordOrigin) {
        switch origin {
        case .recorded: self = .recorded
        case .imported: self = .imported
        case .source: self = .authenticated
        }
    }

    /// What the column `origin` says; records of another store that nobody vouches for count as imported.
    init(column: Int64) {
        switch column {
        case 0: self = .recorded
        case 3...: self = .authenticated
        default: self = .imported
        }
    }
}
