import RungCore
import RungCrypto
import RungEvidence
import RungText

/// The report of an evidence import as text and as JSON.
enum EvidenceImportText {
    static func text(_ report: RungEvidence.ImportReport) -> String {
        let added = report.added.values.reduce(0, +)
        let unchanged = report.unchanged.values.reduce(0, +)
        let verb = report.isDryRun ? "would add" : "added"
        var lines = ["\(report.file): \(report.records) records; \(verb) \(added), \(unchanged) were there already"]
        lines += report.added.sorted { $0.key < $1.key }.map { "  \($0.value) \($0.key)" }
        lines += report.findings.map { finding in
            let place = finding.position.map { ":\($0)" } ?? ""
            return "\(finding.file)\(place): note: \(finding.message)" + (finding.suggestion.map { "\n  \($0)" } ?? "")
        }
        return lines.joined(separator: "\n")
    }

    static func json(_ report: RungEvidence.ImportReport) -> JSONValue {
        func counts(_ values: [String: Int]) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .int($0.value)) })
        }
        return [
            "formatVersion": 1, "file": .string(report.file), "dryRun": .bool(report.isDryRun),
            "records": .int(report.records), "added": counts(report.added), "unchanged": counts(report.unchanged),
            "findings": .array(
                report.findings.map { finding in
                    [
                        "line": finding.position.map { .int(Int($0.line)) } ?? .null,
                        "column": finding.position.map { .int(Int($0.column)) } ?? .null,
                        "message": .string(finding.message),
                    ]
                }),
            "ledger": ["size": .int(report.ledger.size), "root": .string(report.ledger.root.description)],
        ]
    }
}
