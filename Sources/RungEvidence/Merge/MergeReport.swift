public import RungCore
import RungCrypto
public import RungText

/// What merging bundles did.
public struct MergeReport: Sendable {
    /// In the order in which they were given.
    public var bundles: [Bundle]
    /// The ledger afterwards.
    public var ledger: LedgerHead

    /// What became of one bundle.
    public struct Bundle: Sendable {
        /// The path as it was given.
        public var file: String
        /// Digest of the first entry of the store that it comes from; nil for an empty one.
        public var origin: String?
        /// Name of the trusted key that vouches for it; nil for none: its records count as imported.
        public var voucher: String?
        /// Entries that had been merged before.
        public var knownEntries = 0
        /// Entries and records that are new.
        public var entries = 0
        public var records = 0
        /// New records by kind.
        public var kinds: [String: Int] = [:]
        /// Of these, records that were here already, word for word, from elsewhere.
        public var twins = 0
    }
}

extension MergeReport {
    /// For people: a line or two a bundle.
    public var text: String { bundles.flatMap(\.lines).joined(separator: "\n") }

    /// For tools.
    public var json: JSONValue {
        [
            "bundles": .array(bundles.map(\.json)),
            "ledger": ["size": .int(ledger.size), "root": .string(ledger.root.description)],
        ]
    }
}

extension MergeReport.Bundle {
    fileprivate var lines: [String] {
        guard let origin else { return ["\(file): nothing in it"] }
        let name = "store \(StoreOrigin.short(origin))"
        guard entries > 0 else { return ["\(file): \(name), nothing new (\(knownEntries) entries merged before)"] }
        var lines = ["\(file): \(name), \(records) records in \(entries) entries added"]
        if twins > 0 { lines.append("  \(twins) of them were here already, word for word; they count once") }
        lines.append(
            voucher.map { "  signed by \($0)" }
                ?? "  no trusted key has signed it: its records count as imported (--trust KEY names a key)")
        return lines
    }

    fileprivate var json: JSONValue {
        [
            "file": .string(file), "origin": origin.map { .string($0) } ?? .null, "voucher": voucher.map { .string($0) } ?? .null,
            "knownEntries": .int(knownEntries), "entries": .int(entries), "records": .int(records), "twins": .int(twins),
            "kinds": .object(kinds.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) }),
        ]
    }
}
