public import RungCrypto
public import RungText

/// What measures are asked of: read-only evidence as it stood at one moment.
public protocol EvidenceReading {
    /// Size and root of the ledger at the cut-off.
    var head: LedgerHead { get }
    /// Runs a measure; throws `MeasureFailure` for a query that is wrong, forbidden or too slow.
    func rows(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> [MeasureRow]
    /// Runs a detector or predicate that gives one row with one 0 or 1.
    func flag(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> Bool
    /// The records that a query over this window rests on, counted by kind and class.
    func basis(of sql: String, in window: EvidenceWindow) throws(MeasureFailure) -> EvidenceBasis
    /// Exceptions from criteria that are in force at a moment.
    func exceptions(asOf time: Timestamp) throws(MeasureFailure) -> CriterionExceptions
    /// The teams that run agents, and which of these entities each of them is accountable for.
    func teams(accountableFor entities: Set<String>, asOf time: Timestamp) throws(MeasureFailure) -> TeamSurvey
}

/// The state of the ledger.
public struct LedgerHead: Sendable, Equatable {
    /// Number of entries.
    public var size: Int
    /// Merkle root over all entries (RFC 6962).
    public var root: Digest

    public init(size: Int, root: Digest) {
        self.size = size
        self.root = root
    }
}

/// A half-open span of whole UTC days.
public struct EvidenceWindow: Sendable, Hashable {
    /// Midnight; nothing at or later than this is seen.
    public var asOf: Timestamp
    /// Midnight.
    public var start: Timestamp

    public init(asOf: Timestamp, days: Int) {
        self.asOf = asOf.midnight
        start = self.asOf.adding(days: -days)
    }

    private init(asOf: Timestamp, start: Timestamp) {
        self.asOf = asOf
        self.start = start
    }

    /// The window of the same length just before this one.
    public var previous: EvidenceWindow {
        EvidenceWindow(asOf: start, start: start.adding(seconds: start.seconds - asOf.seconds))
    }

    /// The window that ends here and reaches back `factor` times as far.
    public func extended(by factor: Int) -> EvidenceWindow {
        EvidenceWindow(asOf: asOf, start: asOf.adding(seconds: Int64(factor) * (start.seconds - asOf.seconds)))
    }
}

/// One row of a measure.
public struct MeasureRow: Sendable, Equatable {
    public var entity: String
    public var amount: Amount

    public enum Amount: Sendable, Equatable {
        case share(satisfied: Int, total: Int)
        case value(Double)
    }

    public init(entity: String, amount: Amount) {
        self.entity = entity
        self.amount = amount
    }
}

/// A measure that gave no answer.
public struct MeasureFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public var reason: String

    public init(_ reason: String) { self.reason = reason }

    public var description: String { reason }
}
