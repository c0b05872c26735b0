public import RungCore
import RungCrypto
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
    /// Records stored that a registered source vouches for.
    public var authenticated: Int
    /// The ledger afterwards; after a dry run as it would be.
    public var ledger: LedgerHead

    public init(
        file: String, records: Int, added: [String: Int], unchanged: [String: Int], findings: [Diagnostic], isDryRun: Bool,
        authenticated: Int = 0, ledger: LedgerHead
    ) {
        self.file = file
        self.records = records
        self.added = added
        self.unchanged = unchanged
        self.findings = findings
        self.isDryRun = isDryRun
        self.authenticated = authenticated
        self.ledger = ledger
    }
}

extension ImportReport {
    /// For people: what was stored, what was there already, what was ignored.
    public var text: String {
        var lines: [String] = []
        let total = added.values.reduce(0, +)
        let verb = isDryRun ? "would be added" : "added"
        lines.append("\(file): \(Self.count(records, "record")), \(total) \(verb)")
        for (kind, count) in added.sorted(by: { $0.key < $1.key }) { lines.append("  \(kind): \(count)") }
        if authenticated > 0 { lines.append("  \(authenticated) of them authenticated") }
        let known = unchanged.values.reduce(0, +)
        if known > 0 { lines.append("  \(Self.count(known, "record")) stored before") }
        for finding in findings {
            lines.append("\(finding.file):\(finding.position.map { "\($0)" } ?? ""): note: \(finding.message)")
        }
        return lines.joined(separator: "\n")
    }

    /// For tools.
    public var json: JSONValue {
        func counts(_ counts: [String: Int]) -> JSONValue {
            .object(counts.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) })
        }
        let findings = self.findings.map { finding -> JSONValue in
            [
                "line": finding.position.map { .int(Int($0.line)) } ?? .null,
                "column": finding.position.map { .int(Int($0.column)) } ?? .null, "message": .string(finding.message),
            ]
        }
        return [
            "formatVersion": 1, "file": .string(file), "dryRun": .bool(isDryRun), "records": .int(records),
            "added": counts(added), "unchanged": counts(unchanged), "authenticated": .int(authenticated), "findings": .array(findings),
            "ledger": ["size": .int(ledger.size), "root": .string(ledger.root.description)],
        ]
    }

    private static func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
}
