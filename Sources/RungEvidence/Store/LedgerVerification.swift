public import RungCore

/// What verifying the ledger came to.
public struct LedgerVerification: Sendable, Equatable {
    /// The stored head.
    public var head: LedgerHead
    /// Entries and records that were found unbroken, from the first on.
    public var entries: Int
    public var records: Int
    /// How many of the records were erased: their payload is gone, their hash stands.
    public var erased: Int
    /// The first thing that is broken; nil when everything agrees.
    public var failure: Failure?

    /// What is broken, and where.
    public struct Failure: Sendable, Equatable, CustomStringConvertible {
        /// Sequence of the first broken entry; nil when the head is what is broken.
        public var entry: Int?
        /// A lower-case fragment.
        public var reason: String

        public init(entry: Int?, reason: String) {
            self.entry = entry
            self.reason = reason
        }

        public var description: String { entry.map { "ledger entry \($0): \(reason)" } ?? "ledger head: \(reason)" }
    }

    public init(head: LedgerHead, entries: Int, records: Int, erased: Int = 0, failure: Failure?) {
        self.head = head
        self.entries = entries
        self.records = records
        self.erased = erased
        self.failure = failure
    }

    /// Whether nothing is broken.
    public var isIntact: Bool { failure == nil }
    /// What is broken, in one line; nil when nothing is.
    public var problem: String? { failure?.description }
}
