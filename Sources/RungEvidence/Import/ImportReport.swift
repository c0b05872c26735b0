public import RungCore
public import RungText

/// What an import did, or would do.
public struct ImportReport: Sendable {
    /// The path as it was given.
    public var file: String
    /// Lines that hold a record.
    public var records: Int
    /// Records stored, by kind.
    public var added: [String: Int]
    /// Records that were stored already, by kind.
    public var unchanged: [String: Int]
    /// Values that senders gave and that are computed instead; one finding for each kind and key, with the first place.
    public var findings: [Diagnostic]
    /// True when nothing was stored because nothing was to be.
    public var isDryRun: Bool
    /// The ledger afterwards; after a dry run as it would be.
    public var ledger: LedgerHead

    public init(
        file: String, records: Int, added: [String: Int], unchanged: [String: Int], findings: [Diagnostic], isDryRun: Bool,
        ledger: LedgerHead
    ) {
        self.file = file
        self.records = records
        self.added = added
        self.unchanged = unchanged
        self.findings = findings
        self.isDryRun = isDryRun
        self.ledger = ledger
    }
}
