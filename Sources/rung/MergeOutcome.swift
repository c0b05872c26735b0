import RungCore
import RungEvidence
import RungRunner
import RungText

/// What putting a sharded run together came to.
struct MergeOutcome {
    /// Nil when there is no run, or not all of it.
    var summary: RunSummary?
    /// Whether the run had been recorded before.
    var isKnown = false
    /// The shards that are there while others are missing.
    var missing: ShardRoll?
    var failures: [ObserverFailure] = []

    /// The gate's; 2 while shards are missing; 0 when there was nothing to put together.
    var status: ExitStatus { summary?.exitStatus ?? (missing == nil ? .passed : .inconclusive) }

    /// Sentences for people.
    var talk: [String] {
        var lines = failures.map { "warning: no \($0.name): \($0.reason)" }
        if isKnown, let summary { lines.append("note: run \(summary.header.id) was put together before; its reports were written again") }
        guard let missing else { return lines }
        lines.append("gate: \(RunShard.undecided); run \(missing.name.runKey) is not whole:")
        lines += missing.problems.prefix(20).map { "  - \($0)" }
        if missing.problems.count > 20 { lines.append("  - and \(missing.problems.count - 20) more") }
        return lines + ["merge the bundles of the other shards, or run these again, for example: rung test --shard \(example(missing))"]
    }

    private func example(_ roll: ShardRoll) -> String {
        let complete = Set(roll.counting.map(\.shard.slice.index))
        return "\((1...roll.name.count).first { !complete.contains($0) } ?? 1)/\(roll.name.count)"
    }

    /// For tools; `report` tells of the bundles.
    func json(_ report: MergeReport?) -> JSONValue {
        var members: [JSONValue.Member] = [.init("formatVersion", 1)]
        members += report?.json.members ?? [.init("bundles", .array([]))]
        members.append(
            .init(
                "run",
                summary.map { summary in
                    [
                        "id": .string(summary.header.id.rawValue), "known": .bool(isKnown),
                        "mergedFrom": .array(summary.header.mergedFrom.map { .string($0.rawValue) }),
                        "gate": [
                            "decision": .string(summary.gate.decision.rawValue),
                            "reasons": .array(summary.gate.reasons.map { .string($0) }),
                        ],
                    ]
                } ?? .null))
        members.append(.init("missing", .array((missing?.problems ?? []).map { .string($0) })))
        return .object(members)
    }
}
