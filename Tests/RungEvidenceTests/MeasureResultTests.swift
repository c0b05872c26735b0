import RungCore
import RungText
import Testing

@testable import RungEvidence

struct MeasureResultTests {
    static func snapshot() throws -> (EvidenceFixture, EvidenceSnapshot, EvidenceWindow) {
        let fixture = try EvidenceFixture()
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        return (fixture, snapshot, EvidenceWindow(asOf: snapshot.asOf, days: 30))
    }

    @Test func sharesAndValuesAreRead() throws {
        let (fixture, snapshot, window) = try Self.snapshot()
        defer { _ = fixture }
        let shares = try snapshot.rows(of: "SELECT 'a' AS entity, 1 AS satisfied, 2 AS total UNION ALL SELECT 'b', 0, 0", in: window)
        #expect(
            shares == [
                .init(entity: "a", amount: .share(satisfied: 1, total: 2)), .init(entity: "b", amount: .share(satisfied: 0, total: 0)),
            ])
        let values = try snapshot.rows(of: "SELECT 'a' AS entity, 0.5 AS value UNION ALL SELECT 7, 3", in: window)
        #expect(values == [.init(entity: "a", amount: .value(0.5)), .init(entity: "7", amount: .value(3))])
    }

    @Test func theWindowIsBoundAsText() throws {
        let (fixture, snapshot, window) = try Self.snapshot()
        defer { _ = fixture }
        let rows = try snapshot.rows(of: "SELECT :window_start || ' ' || :as_of AS entity, 1 AS value", in: window)
        #expect(rows.map(\.entity) == ["2026-08-31T00:00:00Z 2026-09-30T00:00:00Z"])
    }

    @Test(arguments: [
        ("SELECT 'a' AS entity, 3 AS satisfied, 2 AS total", #""a" has 3 satisfied of 2, expected 0 ≤ satisfied ≤ total"#),
        ("SELECT 'a' AS entity, -1 AS satisfied, 2 AS total", #""a" has -1 satisfied of 2, expected 0 ≤ satisfied ≤ total"#),
        ("SELECT 'a' AS entity, 0.5 AS satisfied, 2 AS total", #"satisfied and total of "a" must be whole numbers"#),
        ("SELECT 'a' AS entity, 1 AS satisfied, NULL AS total", #"satisfied and total of "a" must be whole numbers"#),
        ("SELECT NULL AS entity, 1 AS satisfied, 2 AS total", "a row has no entity"),
        ("SELECT 'a' AS entity, 1 AS value UNION ALL SELECT 'a', 2", #"the entity "a" comes twice"#),
        ("SELECT 'a' AS entity, 'x' AS value", #"the value of "a" is not a number"#),
        ("SELECT 'a' AS entity, NULL AS value", #"the value of "a" is not a number"#),
        ("SELECT 'a' AS entity, 9e999 AS value", #"the value of "a" is not a number"#),
        ("SELECT 'a' AS name, 1 AS value", "the query gives (name, value), expected (entity, satisfied, total) or (entity, value)"),
        (
            "SELECT 1 AS total, 'a' AS entity, 1 AS satisfied",
            "the query gives (total, entity, satisfied), expected (entity, satisfied, total) or (entity, value)"
        ),
    ])
    func whatIsNoMeasureIsRefused(sql: String, reason: String) throws {
        let (fixture, snapshot, window) = try Self.snapshot()
        defer { _ = fixture }
        let error = #expect(throws: MeasureFailure.self) { try snapshot.rows(of: sql, in: window) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: [("SELECT 1 AS ran", true), ("SELECT 0 AS ran", false)])
    func aFlagIsOneRowWithZeroOrOne(sql: String, flag: Bool) throws {
        let (fixture, snapshot, window) = try Self.snapshot()
        defer { _ = fixture }
        #expect(try snapshot.flag(of: sql, in: window) == flag)
    }

    @Test(arguments: [
        ("SELECT 2 AS ran", #"the query gives "2", expected 0 or 1"#), ("SELECT NULL AS ran", #"the query gives "", expected 0 or 1"#),
        ("SELECT 1 AS ran WHERE 0", "the query gives no row, expected one with 0 or 1"),
        ("SELECT 1 AS ran UNION ALL SELECT 1", "the query gives more than one row, expected one"),
        ("SELECT 1 AS ran, 2 AS x", "the query gives 2 columns, expected one row with one 0 or 1"),
    ])
    func whatIsNoFlagIsRefused(sql: String, reason: String) throws {
        let (fixture, snapshot, window) = try Self.snapshot()
        defer { _ = fixture }
        let error = #expect(throws: MeasureFailure.self) { try snapshot.flag(of: sql, in: window) }
        #expect(error?.reason == reason)
    }
}
