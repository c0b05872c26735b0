public import RungText

/// What people have agreed on about single criteria: that one may be missed for a time, or does not apply.
public struct CriterionExceptions: Sendable, Equatable {
    /// Criteria that need not be met for a time.
    public var waivers: [CriterionException]
    /// Criteria that are said not to apply.
    public var notes: [CriterionException]

    /// None, unless some are given.
    public init(waivers: [CriterionException] = [], notes: [CriterionException] = []) {
        self.waivers = waivers
        self.notes = notes
    }
}

/// An exception that somebody else than who asked for it has approved, and that is in force.
public struct CriterionException: Sendable, Equatable {
    public var id: String
    /// As it was written; no criterion may have this id.
    public var criterion: CriterionID
    public var approver: String
    public var reason: String?
    /// Nil for one without an end.
    public var expiresAt: Timestamp?

    public init(id: String, criterion: CriterionID, approver: String, reason: String?, expiresAt: Timestamp?) {
        self.id = id
        self.criterion = criterion
        self.approver = approver
        self.reason = reason
        self.expiresAt = expiresAt
    }
}
