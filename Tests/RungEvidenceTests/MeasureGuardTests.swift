import RungCore
import RungText
import Testing

@testable import RungEvidence

struct MeasureGuardTests {
    static func failure(_ sql: String, timeLimit: Duration = .seconds(10)) throws -> String? {
        let fixture = try EvidenceFixture()
        try fixture.importLines(EvidenceLines.oneOfEach)
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now, timeLimit: timeLimit)
        do {
            _ = try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 90))
            return nil
        } catch {
            return "\(error)"
        }
    }

    static let forbidden: [(String, String)] = [
        (
            "SELECT id AS entity, 1 AS value FROM agent_records",
            #"the query reads the table "agent_records"; measures may read only the views"#
        ),
        (
            "SELECT COUNT(*) AS entity, 1 AS value FROM Agent_Records",
            #"the query reads the table "agent_records"; measures may read only the views"#
        ),
        (
            #"SELECT id AS entity, 1 AS value FROM main."agent_records""#,
            #"the query reads the table "agent_records"; measures may read only the views"#
        ),
        (
            "WITH interactions AS (SELECT id FROM interaction_records) SELECT id AS entity, 1 AS value FROM interactions",
            #"the query reads the table "interaction_records"; measures may read only the views"#
        ),
        ("SELECT agent_id AS entity, 1 AS value FROM main.agents", #"the query names the schema "main"; measures may read only the views"#),
        ("SELECT COUNT(*) AS entity, 1 AS value FROM main.agents", #"the query names the schema "main"; measures may read only the views"#),
        (
            "WITH acts AS (SELECT agent_id FROM main.agents) SELECT agent_id AS entity, 1 AS value FROM acts",
            #"the query names the schema "main"; measures may read only the views"#
        ),
        (
            "SELECT agent_id AS entity, 1 AS value FROM \"main\"/* x */.agents",
            #"the query names the schema "main"; measures may read only the views"#
        ),
        (
            "SELECT actor AS entity, 1 AS value FROM ledger_entries",
            #"the query reads the table "ledger_entries"; measures may read only the views"#
        ),
        (
            "SELECT name AS entity, 1 AS value FROM sqlite_master",
            #"the query reads the table "sqlite_master"; measures may read only the views"#
        ),
        (
            "SELECT name AS entity, 1 AS value FROM sqlite_schema",
            #"the query reads the table "sqlite_schema"; measures may read only the views"#
        ),
        (
            "SELECT name AS entity, 1 AS value FROM pragma_table_info('agents')",
            #"the query reads the table "pragma_"; measures may read only the views"#
        ),
        ("PRAGMA user_version", "the query uses PRAGMA user_version; measures may only read the views"),
        ("ATTACH '/tmp/x.db' AS x", "the query attaches a database; measures may only read the views"),
        ("DELETE FROM agents", #"the query writes to "agents"; measures may only read the views"#),
        ("UPDATE agents SET state = 'active'", #"the query writes to "agents"; measures may only read the views"#),
        ("CREATE TABLE x (y)", #"the query writes to "sqlite_master"; measures may only read the views"#),
        ("DROP VIEW main.agents", #"the query names the schema "main"; measures may read only the views"#),
        ("SELECT load_extension('x') AS entity, 1 AS value", #"the query uses the function "load_extension", which measures may not use"#),
        ("SELECT random() AS entity, 1 AS value", #"the query uses the function "random", which measures may not use"#),
        (
            "SELECT strftime('%s', 'now') AS entity, 1 AS value FROM agents",
            #"the query uses the function "strftime", which measures may not use"#
        ),
        (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS entity, 1 AS value FROM n",
            "the query is recursive, which measures may not be"
        ),
        ("SELECT 'a' AS entity, 1 AS value; DELETE FROM agents", "the query holds more than one statement"),
        ("", "the query is empty"),
        ("-- nothing", "the query is empty"),
        ("SELECT FROM", #"the query is wrong: near "FROM": syntax error"#),
        ("SELECT x AS entity, 1 AS value FROM agents", "the query is wrong: no such column: x"),
        ("SELECT x AS entity, 1 AS value FROM nowhere", "the query is wrong: no such table: nowhere"),
        ("COMMIT", "the query changes the database; measures may only read the views"),
    ]

    @Test(arguments: forbidden)
    func whatIsNotReadingTheViewsIsRefusedByName(sql: String, reason: String) throws {
        #expect(try Self.failure(sql) == reason)
    }

    @Test(arguments: [
        "SELECT agent_id AS entity, 1 AS value FROM agents;",
        "WITH x AS (SELECT agent_id FROM agents) SELECT agent_id AS entity, 1 AS value FROM x",
        "WITH x AS (SELECT 1 FROM agents) SELECT 'n' AS entity, COUNT(*) AS value FROM x",
        "SELECT interaction_id AS entity, cost AS value FROM interactions",
        "SELECT a.agent_id AS entity, COUNT(*) AS value FROM agents a, interactions i WHERE i.agent_id = a.agent_id GROUP BY a.agent_id",
    ])
    func readingTheViewsIsAllowed(sql: String) throws {
        #expect(try Self.failure(sql) == nil)
    }

    @Test func aQueryThatTakesTooLongIsStopped() throws {
        let many = "SELECT agent_id FROM agents UNION ALL SELECT state FROM agents"
        let joins = (0..<40).map { "(\(many)) t\($0)" }.joined(separator: ", ")
        let sql = "SELECT 'x' AS entity, COUNT(*) AS value FROM \(joins)"
        #expect(try Self.failure(sql, timeLimit: .zero) == "the query took longer than 0 s")
    }
}
