import RungCore
import RungCrypto
import RungEvidence
import RungText

/// Recorded runs as text and as JSON.
enum RunText {
    static func line(_ run: RunDetail) -> String {
        let counts =
            run.summary.map { "\($0.total.verdicts[.passed])/\($0.total.verdicts.total) passed" } ?? "\(run.storedCases) cases so far"
        let gate = run.header.shard.map { "shard \($0.slice)" } ?? run.summary?.gate.decision.rawValue ?? run.status
        let suites = run.header.suites.map(\.id.rawValue).joined(separator: ", ")
        return "\(run.header.id)  \(run.header.startedAt)  \(pad(gate, 12))  \(pad(counts, 16))  \(suites)"
    }

    static func lines(_ run: RunDetail) -> [String] {
        let header = run.header
        var lines = [
            "run        \(header.id)",
            "started    \(header.startedAt)",
            "status     \(statusText(run))",
            "plan       \(header.planDigest)",
            "seed       \(header.seed)",
        ]
        if let shard = header.shard { lines.append("shard      \(shard.slice) of run \(shard.runKey)") }
        if !header.mergedFrom.isEmpty { lines.append("shards     \(header.mergedFrom.map(\.rawValue).joined(separator: ", "))") }
        if let filter = header.filter { lines.append("selection  \(filter)") }
        if let baseline = header.baseline { lines.append("baseline   \(baseline)") }
        for suite in header.suites { lines.append("suite      \(suite.id)  \(suite.digest)  \(suite.cases) cases") }
        lines.append("trials     \(run.storedTrials) of \(header.trials)")
        guard let summary = run.summary else { return lines }
        let counts = Verdict.allCases.filter { summary.total.verdicts[$0] > 0 }.map { "\(summary.total.verdicts[$0]) \($0.rawValue)" }
        lines.append("verdicts   \(counts.isEmpty ? "none" : counts.joined(separator: ", "))")
        if header.shard != nil { return lines + ["gate       \(RunShard.undecided)"] }
        lines.append("gate       \(summary.gate.decision.rawValue)")
        lines += summary.gate.reasons.map { "           \($0)" }
        return lines
    }

    static func line(_ result: RecordedCase) -> String {
        let note = result.note.map { "  (\($0))" } ?? ""
        return "\(pad(result.verdict.rawValue, 11)) \(result.key)\(note)"
    }

    static func json(_ run: RunDetail) -> JSONValue {
        [
            "id": .string(run.header.id.rawValue), "startedAt": .string(run.header.startedAt.description),
            "status": .string(run.status), "resumable": .bool(run.isResumable),
            "planDigest": .string(run.header.planDigest.description), "seed": .string(String(run.header.seed)),
            "shard": run.header.shard.map { shard in
                ["index": .int(shard.slice.index), "count": .int(shard.slice.count), "runKey": .string(shard.runKey)]
            } ?? .null,
            "mergedFrom": .array(run.header.mergedFrom.map { .string($0.rawValue) }),
            "suites": .array(run.header.suites.map { .string($0.id.rawValue) }),
            "filter": run.header.filter.map { .string($0) } ?? .null,
            "planned": ["cases": .int(run.header.cases), "trials": .int(run.header.trials)],
            "stored": ["cases": .int(run.storedCases), "trials": .int(run.storedTrials)],
            "verdicts": run.summary.map { summary in
                .object(Verdict.allCases.map { JSONValue.Member($0.rawValue, .int(summary.total.verdicts[$0])) })
            } ?? .null,
            "gate": run.summary.map { summary in
                [
                    "decision": .string(summary.gate.decision.rawValue),
                    "reasons": .array(summary.gate.reasons.map { .string($0) }),
                ]
            } ?? .null,
        ]
    }

    static func json(_ result: RecordedCase) -> JSONValue {
        [
            "id": .string(result.key.id.rawValue), "suite": .string(result.key.suite.rawValue),
            "agent": .string(result.key.agent.rawValue), "verdict": .string(result.verdict.rawValue),
            "promptVersion": result.promptVersion.map { .string($0.description) } ?? .null,
            "note": result.note.map { .string($0) } ?? .null, "trials": .int(result.trials),
            "critical": .bool(result.isCritical), "unstable": .bool(result.isUnstable),
        ]
    }

    private static func statusText(_ run: RunDetail) -> String {
        let resume = run.isResumable ? "; continue it with: rung test … --resume \(run.header.id)" : ""
        guard case .incomplete(let reason)? = run.summary?.status else { return run.status + resume }
        return "incomplete: \(reason)\(resume)"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
