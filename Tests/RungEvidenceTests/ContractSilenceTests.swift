import RungText
import Testing

@testable import RungEvidence

/// An organization that keeps a kind of record to itself looks no better for it.
struct ContractSilenceTests {
    /// Good and bad agents under one roof, with one kind of record about the good ones left out.
    static func world(without kind: String) -> World {
        World(
            lines: GoodWorld.world.lines.filter { $0.kind != kind } + BadWorld.world.lines, draws: GoodWorld.draws,
            signed: GoodWorld.world.signed)
    }

    /// Kinds that can be left out; `source` stands for all signatures.
    static let kinds = Set(GoodWorld.world.lines.map(\.kind)).union(["auditResult", "source"]).sorted()

    /// Measures over samples that the root of the ledger draws: another ledger draws others.
    static let drawn: Set<String> = ["OBS-304", "OBS-501", "VAL-502"]

    /// What is wrong with the bad ones stays wrong: no entity vanishes from the failing ones, and none falls less short.
    @Test func leavingOutAKindHidesNothingThatFails() throws {
        let queries = try ContractQueries.rubric().measures.filter { $0.goal != nil && !Self.drawn.contains($0.id) }
        let whole = try ContractMeasureTests.Asked(Self.world(without: ""))
        let failing = try queries.map { measure in
            let enough = measure.goal.flatMap { $0.isMoreBetter ? nil : $0.full } ?? 0
            return try whole.answer(measure).shortfalls.filter { $0.value > enough }
        }
        for kind in Self.kinds {
            let silent = try ContractMeasureTests.Asked(Self.world(without: kind), leavingOut: kind.isOwn ? kind : nil)
            for (measure, failing) in zip(queries, failing) {
                let answer = try silent.answer(measure)
                for (entity, shortfall) in failing where answer.shortfalls[entity, default: 0] < shortfall {
                    Issue.record(
                        "\(measure.id) without \(kind): \(entity) falls short by \(answer.shortfalls[entity] ?? 0), not \(shortfall)")
                }
            }
        }
    }
}

extension String {
    /// Whether the world makes such records itself.
    fileprivate var isOwn: Bool { self == "source" || self == "auditResult" }
}
