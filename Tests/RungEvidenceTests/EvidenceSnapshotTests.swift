import RungCore
import RungText
import Testing

@testable import RungEvidence

struct EvidenceSnapshotTests {
    /// Criterion, days of its window, and what was counted by hand.
    static let expected: [(String, Int, String)] = [
        ("REG-201", 90, "fin 1/1, ops 0/1"),
        ("REG-202", 120, "d1 1/1, d2 0/1, d3 1/1, d4 0/1"),
        ("OBS-201", 30, "faq 1/1, router 4/5, shadow 1/10"),
        ("OBS-202", 30, "faq 1/1, router 3/5, shadow 0/1"),
        ("OBS-203", 30, "faq 1/1, router 4/5, shadow 0/1"),
        ("REG-301", 30, "faq 1/1, router 5/5, shadow 0/10"),
        ("REG-302", 180, "faq 0/1, router 1/1"),
        ("REG-303", 365, "faq 0/1, router 1/1, shadow 0/1"),
        ("PRM-301", 30, "faq 1/1, router 2/4, shadow 0/1"),
        ("PRM-302", 90, "\(SmallWorld.p1) 1/1, \(SmallWorld.p2) 0/1, \(SmallWorld.q1) 0/1"),
        ("PRM-303", 90, "f1 0/1, r1 1/1, r2 0/1"),
        ("PRM-304", 90, "f1 0/1, r1 1/1, r2 0/1"),
        ("PRM-305", 30, "faq 0/1, router 3/4, shadow 0/1"),
        ("TST-301", 30, "faq 0/1, router 1/1, shadow 0/1"),
        ("GOV-302", 90, "f1 0/1, r1 1/1, r2 0/1"),
        ("ZOO-1", 30, "faq 1/1, router 1/1, shadow 1/1"),
        ("ZOO-2", 90, "\(SmallWorld.p1) 0/1, \(SmallWorld.p2) 1/1, \(SmallWorld.q1) 1/1"),
        ("ZOO-3", 30, "faq 1/1, router 0/1, shadow 1/1"),
        ("ZOO-4", 90, "c1 1/1, c2 0/1"),
        ("ZOO-5", 90, "probe-1 1/2"),
        ("ZOO-6", 365, "override 0/1, registry 0/8, release 0/3, review 0/9, version 0/3"),
        ("ZOO-7", 30, "faq 0/1, router 0/6, shadow 10/10"),
    ]

    static func text(_ rows: [MeasureRow]) -> [String] {
        rows.map { row in
            switch row.amount {
            case .share(let satisfied, let total): "\(row.entity) \(satisfied)/\(total)"
            case .value(let value): "\(row.entity) \(value)"
            }
        }.sorted()
    }

    @Test func theMeasuresGiveWhatWasCountedByHand() throws {
        let fixture = try SmallWorld.fixture()
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        #expect(Set(Self.expected.map(\.0)) == Set(MeasureQueries.all.keys))
        for (id, days, counted) in Self.expected {
            let rows = try snapshot.rows(of: MeasureQueries.all[id] ?? "", in: EvidenceWindow(asOf: snapshot.asOf, days: days))
            #expect(Self.text(rows) == counted.split(separator: ", ").map(String.init).sorted(), "\(id)")
        }
        #expect(try !snapshot.flag(of: MeasureQueries.releasedTraffic, in: EvidenceWindow(asOf: snapshot.asOf, days: 30)))
    }

    @Test func theRollUpIsItsDefinition() throws {
        let fixture = try SmallWorld.fixture()
        let definition = """
            SELECT i.agent_id, i.environment, SUBSTR(i.at, 1, 10) || 'T00:00:00Z' AS day_at, MIN(i.at) AS first_at, COUNT(*) AS total,
              SUM(CASE WHEN i.outcome IS NOT NULL AND (i.outcome NOT IN ('failed', 'abandoned') OR i.failure_reason IS NOT NULL)
                THEN 1 ELSE 0 END) AS outcome_ok,
              SUM(CASE WHEN i.prompt_version_id IS NOT NULL AND i.prompt_text_stored = 1 THEN 1 ELSE 0 END) AS text_stored,
              SUM(CASE WHEN p.author_id IS NOT NULL AND EXISTS (SELECT 1 FROM principals q WHERE q.principal_id = p.author_id)
                AND p.reason IS NOT NULL AND (p.parent_id IS NOT NULL OR p.first_version = 1) AND p.created_at <= i.at
                THEN 1 ELSE 0 END) AS versioned,
              SUM(CASE WHEN i.release_id IS NOT NULL AND i.config_digest IS NOT NULL THEN 1 ELSE 0 END) AS released,
              SUM(CASE WHEN i.prompt_version_id IS NOT NULL AND i.config_digest IS NOT NULL AND i.model_id IS NOT NULL
                AND i.principal_id IS NOT NULL AND i.outcome IS NOT NULL AND i.cost IS NOT NULL AND i.latency_ms IS NOT NULL
                AND i.trace_id IS NOT NULL THEN 1 ELSE 0 END) AS trace_complete,
              SUM(CASE WHEN i.explanation_ref IS NOT NULL THEN 1 ELSE 0 END) AS explained,
              SUM(i.feedback_offered) AS feedback_offered,
              SUM(CASE WHEN i.memory_ref IS NOT NULL THEN 1 ELSE 0 END) AS with_memory,
              SUM(CASE WHEN i.outcome IN ('corrected', 'rejected') THEN 1 ELSE 0 END) AS corrected,
              SUM(CASE WHEN i.outcome IN ('corrected', 'rejected') AND EXISTS (SELECT 1 FROM overrides o
                WHERE o.interaction_id = i.interaction_id AND o.agent_id = i.agent_id AND o.reason_code IS NOT NULL
                  AND o.before_ref <> o.after_ref) THEN 1 ELSE 0 END) AS corrected_recorded
            FROM interactions i LEFT JOIN prompt_versions p ON p.prompt_version_id = i.prompt_version_id
            GROUP BY i.agent_id, i.environment, SUBSTR(i.at, 1, 10) ORDER BY 1, 2, 3
            """
        let rows = try fixture.rows("SELECT * FROM interaction_days ORDER BY 1, 2, 3")
        #expect(rows == (try fixture.rows(definition)))
        let router = [
            "router", "production", "2026-09-20T00:00:00Z", "2026-09-20T07:00:00Z", "4", "2", "3", "3", "2", "1", "1", "1", "1", "1", "1",
        ]
        #expect(rows.contains(router))
        #expect(rows.count == 5)
    }

    @Test func laterTimesAndLaterRecordsAreHidden() throws {
        let fixture = try SmallWorld.fixture()
        let size = try fixture.store.head().size
        try fixture.importLines([SmallWorld.call("late", "router", "2026-09-19T00:00:00Z", nil, nil)])
        func days(_ snapshot: EvidenceSnapshot) throws -> [String] {
            let sql = "SELECT agent_id || ' ' || day_at AS entity, total AS value FROM interaction_days"
            return Self.text(try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 30)))
        }
        let present = try fixture.store.snapshot(asOf: fixture.clock.now)
        #expect(try days(present).contains("router 2026-09-19T00:00:00Z 1.0"))
        #expect(try days(present).allSatisfy { !$0.contains("2026-09-30") })
        let old = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time("2026-09-21T18:00:00Z"), ledgerSize: size)
        #expect(old.head.size == size)
        #expect(old.asOf == (try EvidenceFixture.Clock.time("2026-09-21")))
        #expect(try days(old) == ["router 2026-09-20T00:00:00Z 4.0"])
    }

    @Test func theHeadAtAnEarlierSizeIsTheOneThatStoodThen() throws {
        let fixture = try EvidenceFixture()
        var heads = [try fixture.store.head()]
        for number in 0..<5 {
            try fixture.importLines([#"{"kind":"template","id":"t\#(number)","authorId":"ana"}"#])
            heads.append(try fixture.store.head())
        }
        for head in heads { #expect(try fixture.store.snapshot(asOf: fixture.clock.now, ledgerSize: head.size).head == head) }
        let error = #expect(throws: EvidenceError.self) { try fixture.store.snapshot(asOf: fixture.clock.now, ledgerSize: 6) }
        #expect(error?.message == "the ledger has 5 entries, not 6")
    }

    @Test func whatIsAppendedAfterTheSnapshotIsNotSeen() throws {
        let fixture = try EvidenceFixture()
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        try fixture.importLines([EvidenceImporterTests.scan])
        let rows = try snapshot.rows(
            of: "SELECT scan_id AS entity, 1 AS value FROM scans", in: EvidenceWindow(asOf: snapshot.asOf, days: 90))
        #expect(rows.isEmpty)
        #expect(snapshot.notes == ["there is no evidence yet"])
    }

    @Test func anEarlierWindowSeesTheEvidenceAsItStoodThen() throws {
        let fixture = try SmallWorld.fixture()
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        let window = EvidenceWindow(asOf: snapshot.asOf, days: 30)
        let sql = "SELECT principal_id AS entity, active AS value FROM principals WHERE principal_id = 'eve'"
        #expect(Self.text(try snapshot.rows(of: sql, in: window)) == ["eve 0.0"])
        #expect(Self.text(try snapshot.rows(of: sql, in: window.previous)) == ["eve 1.0"])
        #expect(Self.text(try snapshot.rows(of: sql, in: window)) == ["eve 0.0"])
        let later = EvidenceWindow(asOf: snapshot.asOf.adding(days: 1), days: 30)
        let error = #expect(throws: MeasureFailure.self) { try snapshot.rows(of: sql, in: later) }
        #expect(error?.reason == "the window ends at 2026-10-01T00:00:00Z, later than the evidence, which ends at 2026-09-30T00:00:00Z")
    }

    /// Columns whose times may lie ahead.
    static let promises: Set<String> = ["due_at", "scenario_due_at", "triage_due_at", "outcome_due_at", "expires_at"]

    @Test func earlierDaysAreAskedInAnyOrderAndAnswerTheSame() throws {
        let fixture = try SmallWorld.fixture()
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        let sql = "SELECT 'days' AS entity, COUNT(*) AS value FROM interaction_days"
        func ask(_ snapshot: EvidenceSnapshot, _ daysAgo: Int) throws -> [String] {
            Self.text(try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf.adding(days: -daysAgo), days: 30)))
        }
        let days = [0, 1, 3, 8, 20, 1, 0, 20, 3, 3, 8, 1]
        // Each by a snapshot of its own, which asks for one day alone.
        let alone = try days.map { try ask(fixture.store.snapshot(asOf: fixture.clock.now), $0) }
        #expect(Set(alone).count > 2)
        #expect(try days.map { try ask(snapshot, $0) } == alone)
    }

    @Test func noColumnHoldsATimeAtOrAfterTheCutOffExceptPromises() throws {
        let fixture = try SmallWorld.fixture()
        try fixture.store.recordRegistry(EvidenceStoreRegistryTests.registry, actor: "ana")
        try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(RunFixture.header()))
        try fixture.importLines([
            #"{"kind":"releaseEnd","releaseId":"r1","at":"2026-08-01"}"#,
            #"{"kind":"case","id":"c3","type":"deviation","openedAt":"2026-08-01","causeAt":"2026-08-02","planAt":"2026-08-03"}"#,
        ])
        for day in ["2026-02-15", "2026-08-03", "2026-09-21", "2026-09-30"] {
            let snapshot = try fixture.store.snapshot(asOf: EvidenceFixture.Clock.time(day))
            for view in ViewCatalog.all {
                for column in view.columns where column.unit == "time" && !Self.promises.contains(column.name) {
                    let sql = "SELECT 'late' AS entity, COUNT(*) AS value FROM \(view.name) WHERE \(column.name) >= :as_of"
                    let rows = try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 1))
                    #expect(Self.text(rows) == ["late 0.0"], "\(view.name).\(column.name) as of \(day)")
                }
            }
        }
    }

    @Test func anEntryThatDoesNotVerifyShowsInItsEvents() throws {
        let fixture = try EvidenceFixture()
        for number in 0..<3 {
            try fixture.importLines([SmallWorld.act("a\(number)", "dashboard", "d", "open", "ana", "2026-09-0\(number + 1)")])
        }
        try fixture.tamper("UPDATE ledger_entries SET actor = 'eve' WHERE sequence = 1")
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        let sql = "SELECT ledger_index AS entity, verified AS value FROM ledger_events"
        #expect(Self.text(try snapshot.rows(of: sql, in: EvidenceWindow(asOf: snapshot.asOf, days: 90))) == ["0 1.0", "1 0.0", "2 0.0"])
    }

    @Test func recordsAreCountedByKindAndOrigin() throws {
        let fixture = try EvidenceFixture()
        try fixture.store.recordRegistry(Registry(principals: [RegistryFixture.principal("ana")]), actor: "ana")
        try fixture.importLines([SmallWorld.people[1]])
        let snapshot = try fixture.store.snapshot(asOf: fixture.clock.now)
        #expect(
            try snapshot.recordCounts() == [
                RecordCount(kind: "principal", recorded: 1, authenticated: 0, imported: 1),
                RecordCount(kind: "registry", recorded: 1, authenticated: 0, imported: 0),
            ])
        #expect(snapshot.notes == ["3 records in 2 ledger entries: 2 recorded by the program itself, 1 imported"])
    }
}
