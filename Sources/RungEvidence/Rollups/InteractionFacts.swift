/// What roll-ups need of one interaction, as the sender told it. Words are numbers of the code book; 0 stands for none.
struct InteractionFacts: Equatable, Sendable {
    var agent: Int64
    var environment: Int64
    /// Seconds since 1970, never negative.
    var at: Int64
    var version: Int64 = 0
    var configuration: Int64 = 0
    var context: Int64 = 0
    var outcome = OutcomeFacts.none
    /// Everything that a complete trace needs is there, the outcome apart.
    var isTraceable = false
    var isExplained = false
    var isFeedbackOffered = false
    var hasMemory = false
    /// It came from the program itself or from a registered source.
    var isReceived = false

    /// Days since 1970.
    var day: Int64 { at / 86_400 }
}

/// What an outcome means to the counts.
struct OutcomeFacts: Equatable, Sendable {
    var word: Word?
    var hasReason: Bool

    /// The outcomes that an interaction can have.
    enum Word: String, CaseIterable, Sendable {
        case accepted, corrected, rejected, failed, abandoned
    }

    /// Nobody said what came of it.
    static let none = OutcomeFacts(word: nil, hasReason: false)

    /// There is an outcome and, if it is failed or abandoned, a reason.
    var isOK: Bool {
        switch word {
        case nil: false
        case .failed, .abandoned: hasReason
        case .accepted, .corrected, .rejected: true
        }
    }

    var isCorrected: Bool { word == .corrected || word == .rejected }
}

/// An outcome that was told later, in place of the interaction's own.
struct LateOutcome: Equatable, Sendable {
    /// Seconds since 1970.
    var at: Int64
    var record: Int64
    var outcome: OutcomeFacts
}
