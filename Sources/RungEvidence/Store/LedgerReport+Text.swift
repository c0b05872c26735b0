import RungCore
import RungCrypto
import RungLedger
public import RungText

extension LedgerReport {
    /// For people: a line for each verdict, and below it what it rests on.
    public var text: String {
        var lines = ["integrity     \(integrityVerdict.rawValue)"]
        let erased = integrity.erased > 0 ? ", \(Self.count(integrity.erased, "record")) erased" : ""
        lines.append(
            "  \(Self.count(integrity.entries, "entry", "entries")) and \(Self.count(integrity.records, "record")) recomputed\(erased)")
        if let failure = integrity.failure { lines.append("  broken: \(failure)") }
        for finding in checkpoints.findings where finding.outcome.verdict == .failed {
            lines.append("  broken: the checkpoint at \(finding.anchor.size) entries: \(finding.outcome.text)")
        }
        lines.append("  root \(integrity.head.root)")
        lines.append("anchoring     \(anchoringVerdict.rawValue)")
        for finding in anchoring.findings {
            lines.append("  anchor at \(Self.count(finding.anchor.size, "entry", "entries")): \(finding.outcome.text)")
        }
        if anchoring.findings.isEmpty {
            lines.append("  no copy of the head was given: a ledger that was cut off or rewritten as a whole looks like this one")
            lines.append("  keep one elsewhere: rung ledger checkpoint --out FILE, then rung ledger verify --anchor FILE")
        }
        lines.append("completeness  \(completenessVerdict.rawValue)")
        lines.append(contentsOf: completenessLines.map { "  " + $0 })
        return lines.joined(separator: "\n")
    }

    private var completenessLines: [String] {
        guard let completeness else { return ["the counters could not be read"] }
        if case .unknown(let why) = completeness.verdict { return [why] }
        var lines = ["\(completeness.logged) of \(completeness.counted) counted calls are logged"]
        if completeness.short > 0 { lines.append("short on \(Self.count(completeness.short, "day")) of agents, the worst:") }
        for day in completeness.worst {
            lines.append("\(day.day.date) \(day.agent) (\(day.environment)): \(day.logged) of \(day.counted)")
        }
        return lines
    }

    /// For tools.
    public var json: JSONValue {
        [
            "formatVersion": 1, "integrity": integrityJSON, "anchoring": anchoringJSON, "completeness": completenessJSON,
        ]
    }

    private var integrityJSON: JSONValue {
        [
            "verdict": .string(integrityVerdict.rawValue), "entries": .int(integrity.entries), "records": .int(integrity.records),
            "erased": .int(integrity.erased), "size": .int(integrity.head.size), "root": .string(integrity.head.root.description),
            "firstBroken": integrity.failure?.entry.map { .int($0) } ?? .null,
            "reason": (integrity.problem ?? checkpointProblem).map { .string($0) } ?? .null,
        ]
    }

    private var checkpointProblem: String? {
        checkpoints.findings.first { $0.outcome.verdict == .failed }
            .map { "checkpoint at \($0.anchor.size) entries: \($0.outcome.text)" }
    }

    private var anchoringJSON: JSONValue {
        let findings = anchoring.findings.map { finding -> JSONValue in
            [
                "origin": .string(finding.anchor.origin), "size": .int(finding.anchor.size),
                "verdict": .string(finding.outcome.verdict.rawValue), "text": .string(finding.outcome.text),
            ]
        }
        return [
            "verdict": .string(anchoringVerdict.rawValue), "upTo": anchoring.size.map { .int($0) } ?? .null, "anchors": .array(findings),
        ]
    }

    private var completenessJSON: JSONValue {
        let worst = (completeness?.worst ?? []).map { day -> JSONValue in
            [
                "agent": .string(day.agent.rawValue), "environment": .string(day.environment), "day": .string(day.day.date),
                "counted": .int(day.counted), "logged": .int(day.logged),
            ]
        }
        return [
            "verdict": .string(completenessVerdict.rawValue), "counted": .int(completeness?.counted ?? 0),
            "logged": .int(completeness?.logged ?? 0), "short": .int(completeness?.short ?? 0), "worst": .array(worst),
        ]
    }

    private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}
