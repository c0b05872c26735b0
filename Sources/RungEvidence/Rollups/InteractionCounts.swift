/// What the roll-up of interactions counts, in the order of its columns.
enum InteractionCount: Int, CaseIterable, Sendable {
    case total
    case outcomeOK
    case outcomeKnown
    case accepted
    case textStored
    case versioned
    case released
    case traceComplete
    case explained
    case feedbackOffered
    case withMemory
    case corrected
    case correctedRecorded
    /// Taken in by the program itself or by a registered source; the count of Rung's own receiver.
    case received

    /// What the view of days tells; the others are for other views.
    static let told = allCases.filter { ![.outcomeKnown, .accepted, .received].contains($0) }

    /// The column of the table of deltas.
    var column: String {
        switch self {
        case .total: "total"
        case .outcomeOK: "outcome_ok"
        case .outcomeKnown: "outcome_known"
        case .accepted: "accepted"
        case .textStored: "text_stored"
        case .versioned: "versioned"
        case .released: "released"
        case .traceComplete: "trace_complete"
        case .explained: "explained"
        case .feedbackOffered: "feedback_offered"
        case .withMemory: "with_memory"
        case .corrected: "corrected"
        case .correctedRecorded: "corrected_recorded"
        case .received: "received"
        }
    }
}

/// One number for each thing that is counted; a delta may have negative ones.
struct InteractionCounts: Equatable, Sendable {
    private var lanes: SIMD16<Int32> = .zero

    /// Nothing of anything.
    static let zero = InteractionCounts()

    init() {}

    /// One of each of these.
    init(_ counts: InteractionCount...) { for count in counts { self[count] = 1 } }

    subscript(count: InteractionCount) -> Int32 {
        get { lanes[count.rawValue] }
        set { lanes[count.rawValue] = newValue }
    }

    var isZero: Bool { lanes == .zero }

    static func += (a: inout Self, b: Self) { a.lanes &+= b.lanes }

    static func -= (a: inout Self, b: Self) { a.lanes &-= b.lanes }

    static func - (a: Self, b: Self) -> Self {
        var difference = a
        difference -= b
        return difference
    }
}
