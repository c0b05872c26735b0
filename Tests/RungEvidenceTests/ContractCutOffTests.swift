import RungCore
import RungText
import Testing

@testable import RungEvidence

/// What the views show of an organization at many midnights and ledger sizes.
struct ContractCutOffTests {
    /// Rows of a view as text, sorted.
    static func rows(_ view: View, _ snapshot: EvidenceSnapshot) throws -> [String] {
        let columns = view.columns.map { "COALESCE(CAST(\($0.name) AS TEXT), '-')" }.joined(separator: " || '|' || ")
        let rows = try snapshot.rows(
            of: "SELECT text AS entity, COUNT(*) AS value FROM (SELECT \(columns) AS text FROM \(view.name)) GROUP BY text",
            in: EvidenceWindow(asOf: snapshot.asOf, days: 1))
        return EvidenceSnapshotTests.text(rows)
    }

    /// Midnights from before the first record to after the last one, most of them in the middle of what is not told yet.
    static let midnights = [
        "2026-02-01", "2026-03-01", "2026-05-21", "2026-08-05", "2026-08-14", "2026-08-21", "2026-09-03", "2026-09-16", "2026-09-24",
        "2026-09-30", World.end,
    ]

    @Test func noColumnButPromisesHoldsATimeAtOrAfterTheCutOff() throws {
        let worlds = World(
            lines: GoodWorld.world.lines + BadWorld.world.lines, draws: GoodWorld.draws, signed: GoodWorld.world.signed)
        let fixture = try worlds.fixture()
        let last = try fixture.store.head().size
        for midnight in Self.midnights {
            for size in [1, last / 3, last - 3, last] {
                let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(midnight), ledgerSize: size)
                for (view, columns) in Self.times {
                    for column in columns where try Self.count("\(column) >= :as_of", view, snapshot) > 0 {
                        Issue.record("\(view).\(column) as of \(midnight) with \(size) entries")
                    }
                }
            }
        }
    }

    /// Columns of times by view, without promises.
    static let times = Dictionary(
        grouping: ContractTable.columns.filter { $0.type == "TIME" && !ContractTable.promises.contains($0.name) }, by: \.view
    ).mapValues { $0.map(\.name) }

    static func count(_ condition: String, _ view: String, _ snapshot: EvidenceSnapshot) throws -> Double {
        let rows = try snapshot.rows(
            of: "SELECT 'late' AS entity, COUNT(*) AS value FROM \(view) WHERE \(condition)",
            in: EvidenceWindow(asOf: snapshot.asOf, days: 1))
        guard case .value(let count) = rows.first?.amount else { return .nan }
        return count
    }

    @Test func whatIsToldLaterOfLaterTimesChangesNothing() throws {
        let fixture = try GoodWorld.world.fixture()
        for evening in World.evenings.dropLast() {
            let asOf = try EvidenceFixture.Clock.time(evening).adding(days: 1)
            let then = try fixture.store.snapshot(asOf: asOf, ledgerSize: fixture.store.cutOff(asOf: asOf).size)
            let now = try fixture.store.snapshot(asOf: asOf)
            #expect(then.head.size < now.head.size)
            for view in ViewCatalog.all {
                let (before, after) = (try Self.rows(view, then), try Self.rows(view, now))
                #expect(before == after, "\(view.name) as of \(asOf)")
            }
        }
    }

    /// What an auditor reads in the file is what measures see; only spans of time end with the last entry there.
    @Test func theViewsInTheFileShowWhatMeasuresSeeAtTheEnd() throws {
        let fixture = try GoodWorld.world.fixture()
        let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(World.end))
        for view in ViewCatalog.all {
            let columns = view.columns.filter { !["gap_days", "days_open", "oversight_seen"].contains($0.name) }
            let narrow = View(view.name, view.summary, columns: columns, sql: view.sql)
            let present = try fixture.rows("SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(view.name)")
            let seen = try Self.rows(narrow, snapshot)
            #expect(Set(present.map { $0.joined(separator: "|") }) == Set(seen.map { Self.withoutCount($0) }), "\(view.name)")
        }
    }

    private static func withoutCount(_ row: String) -> String { String(row[..<(row.lastIndex(of: " ") ?? row.endIndex)]) }

    @Test func aCaseThatWasDecidedLaterStoodOpenThen() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([
            #"{"kind":"case","id":"c","type":"overlap","openedAt":"2026-08-01","decidedAt":"2026-09-01","decidedBy":"ana","reason":"r"}"#,
            #"{"kind":"experiment","id":"x","team":"fin","startedAt":"2026-08-01","concludedAt":"2026-09-01","conclusion":"adopt"}"#,
        ])
        let cases = "SELECT case_id || COALESCE(decided_at || decided_by || reason, ' open') AS entity, 1 AS value FROM cases"
        #expect(try fixture.values(cases, asOf: "2026-08-20") == ["c open 1.0"])
        #expect(try fixture.values(cases, asOf: "2026-09-02") == ["c2026-09-01T00:00:00Zanar 1.0"])
        #expect(try fixture.values(cases, asOf: "2026-08-01") == [])
        let experiments = "SELECT experiment_id || COALESCE(concluded_at || conclusion, ' goes on') AS entity, 1 AS value FROM experiments"
        #expect(try fixture.values(experiments, asOf: "2026-08-20") == ["x goes on 1.0"])
        #expect(try fixture.values(experiments, asOf: "2026-09-02") == ["x2026-09-01T00:00:00Zadopt 1.0"])
    }
}
