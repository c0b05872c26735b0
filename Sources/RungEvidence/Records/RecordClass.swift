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
}
