import RungCore
import RungText
import Testing

@testable import RungEvidence

/// Comparisons and monitors, and attempts to make them look better than they are.
struct ProofViewTests {
    static let p1 = SmallWorld.p1
    static let p2 = SmallWorld.p2
    static let c = SmallWorld.c

    static func comparison(
        _ id: String = "k", candidate: String = p2, baseline: String? = p1, phase: String = "before", agent: String = "router",
        from start: String = "2026-08-10", to end: String = "2026-08-15", differences: String = "[1,0,1,-1]", more: String = ""
    ) -> String {
        let other = baseline.map { #","baselineVersionId":"\#($0)","baselineConfigDigest":"\#(c)""# } ?? ""
        return
            #"{"kind":"comparison","id":"\#(id)","agentId":"\#(agent)","phase":"\#(phase)","promptVersionId":"\#(candidate)","configDigest":"\#(c)"\#(other),"differences":\#(differences),"startedAt":"\#(start)","finishedAt":"\#(end)"\#(more)}"#
    }

    static func plan(_ id: String = "k", size: Int = 4, margin: Double = 0.05) -> String {
        #"{"kind":"preregistration","comparisonId":"\#(id)","margin":\#(margin),"size":\#(size)}"#
    }

    /// A store of August 1 with the releases r1 (July 5) and, told later, r2 (August 20) of the router.
    static func fixture(_ first: [String]) throws -> EvidenceFixture {
        let fixture = try EvidenceFixture(now: "2026-08-01T00:00:00Z")
        if !first.isEmpty { try fixture.importLines(first) }
        try fixture.clock.set("2026-09-30T12:00:00Z")
        return fixture
    }

    // MARK: - Preregistration

    static let preregistered = "SELECT preregistered, n, margin FROM comparisons"

    @Test func aComparisonIsPreregisteredWhenItsPlanIsOlderOnTheLedger() throws {
        let fixture = try Self.fixture([Self.plan()])
        let cheat = #","preregistered":1,"n":900,"margin":9,"low":0.5,"high":0.6,"releaseId":"r9","againstPredecessor":1,"marginLimit":9"#
        let report = try fixture.importLines(SmallWorld.releases + [Self.comparison(more: cheat)])
        #expect(report.findings.count == 8)
        #expect(try fixture.table(Self.preregistered) == "1|4|0.05")
        #expect(try fixture.table("SELECT release_id, low < 0, high < 1 FROM comparisons") == "r2|1|1")
    }

    @Test func aPlanInTheSameEntryOrAfterTheResultsIsNone() throws {
        let same = try Self.fixture([])
        try same.importLines(SmallWorld.releases + [Self.plan(), Self.comparison()])
        #expect(try same.table(Self.preregistered) == "0|4|0.05")
        let late = try EvidenceFixture()
        try late.importLines(SmallWorld.releases + [Self.comparison()])
        #expect(try late.table(Self.preregistered) == "0|4|-")
        try late.importLines([Self.plan()])
        #expect(try late.table(Self.preregistered) == "0|4|0.05")
    }

    @Test func aPlanThatIsRecordedAfterTheFirstResultWasKnownIsNone() throws {
        let fixture = try Self.fixture([])
        try fixture.importLines([Self.plan()])
        try fixture.importLines(SmallWorld.releases + [Self.comparison()])
        #expect(try fixture.table(Self.preregistered) == "0|4|0.05")
    }

    @Test func fewerPairsThanPlannedAndNoPairsProveNothing() throws {
        let few = try Self.fixture([Self.plan(size: 5)])
        try few.importLines(SmallWorld.releases + [Self.comparison()])
        #expect(try few.table(Self.preregistered) == "0|4|0.05")
        let none = try Self.fixture([Self.plan(size: 1)])
        try none.importLines(SmallWorld.releases + [Self.comparison(differences: "[]")])
        #expect(try none.table(Self.preregistered + " WHERE low IS NULL AND high IS NULL") == "0|0|0.05")
    }

    @Test func aRunOnTheLedgerThatIsOlderThanThePlanWasItsResult() throws {
        let run = SmallWorld.run("u", "efficacy", Self.p2, "2026-07-20", true)
        let fixture = try Self.fixture([run])
        try fixture.clock.set("2026-08-02T00:00:00Z")
        try fixture.importLines([Self.plan(), Self.plan("other")])
        try fixture.clock.set("2026-09-30T12:00:00Z")
        try fixture.importLines(
            SmallWorld.releases + [Self.comparison(more: #","runIds":["u"]"#), Self.comparison("other", more: #","runIds":["v"]"#)])
        #expect(try fixture.table("SELECT comparison_id, preregistered FROM comparisons ORDER BY 1") == "k|0\nother|1")
    }

    // MARK: - Releases and predecessors

    @Test func aComparisonBelongsToTheReleaseOfItsContent() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            SmallWorld.releases + [
                Self.comparison("before"), Self.comparison("too late", to: "2026-08-21"), Self.comparison("other agent", agent: "faq"),
                Self.comparison("never released", candidate: EvidenceLines.sha),
                Self.comparison("after", phase: "after", from: "2026-08-21", to: "2026-09-01"),
                Self.comparison("begun before", phase: "after", from: "2026-08-19", to: "2026-09-01"),
                Self.comparison("first", candidate: Self.p1, baseline: nil, from: "2026-07-01", to: "2026-07-04"),
            ])
        #expect(
            try fixture.table("SELECT comparison_id, release_id, phase, against_predecessor FROM comparisons ORDER BY 1") == """
                after|r2|after|1
                before|r2|before|1
                first|r1|before|0
                """)
        try fixture.importLines([
            #"{"kind":"agent","id":"router","state":"active","baseline":0.5,"at":"2026-07-05T00:00:01Z"}"#
        ])
        #expect(try fixture.table("SELECT against_predecessor FROM comparisons WHERE release_id = 'r1'") == "0")
        try fixture.importLines([#"{"kind":"agent","id":"router","state":"active","baseline":0.5,"at":"2026-07-05"}"#])
        #expect(try fixture.table("SELECT against_predecessor FROM comparisons WHERE release_id = 'r1'") == "1")
    }

    @Test func anotherSideThanThePredecessorIsNotThePredecessor() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(
            SmallWorld.releases + [
                Self.comparison("itself", baseline: Self.p2), Self.comparison("card", baseline: nil),
                Self.comparison("stranger", baseline: EvidenceLines.sha),
            ])
        #expect(try fixture.table("SELECT SUM(against_predecessor), COUNT(*) FROM comparisons") == "0|3")
    }

    @Test func theLargestMarginIsThePolicys() throws {
        let fixture = try EvidenceFixture()
        let policy = #"{"kind":"policy","id":"house","authorId":"ana","marginLimit":0.1,"at":"2026-08-01"}"#
        let approval = SmallWorld.act("ok", "policy", "house", "approval", "ana", "2026-08-02")
        try fixture.importLines(SmallWorld.people + SmallWorld.releases + [policy, approval, Self.comparison()])
        #expect(try fixture.table("SELECT margin_limit FROM comparisons") == "-")
        try fixture.importLines([SmallWorld.act("good", "policy", "house", "approval", "bo", "2026-08-15")])
        #expect(try fixture.table("SELECT margin_limit FROM comparisons") == "0.1")
    }

    @Test func aComparisonThatEndsAfterTheCutOffIsNotSeen() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines(SmallWorld.releases + [Self.comparison("k", phase: "after", from: "2026-08-21", to: "2026-09-01")])
        let sql = "SELECT comparison_id AS entity, n AS value FROM comparisons"
        #expect(try fixture.values(sql, asOf: "2026-09-01").isEmpty)
        #expect(try fixture.values(sql, asOf: "2026-09-02") == ["k 4.0"])
    }

    // MARK: - Monitors

    static func check(_ id: String = "m", _ statistic: Double, _ limits: String, n: Int = 50, more: String = "") -> String {
        #"{"kind":"driftCheck","id":"\#(id)","agentId":"router","type":"data","at":"2026-09-01T08:00:00Z","n":\#(n),"statistic":\#(statistic)\#(limits)\#(more)}"#
    }

    /// A statistic, its limits, and whether it is a breach.
    static let limits: [(Double, String, String)] = [
        (0.3, #","upperLimit":0.2"#, "1"), (0.2, #","upperLimit":0.2"#, "0"), (0.7, #","lowerLimit":0.8"#, "1"),
        (0.8, #","lowerLimit":0.8,"upperLimit":1"#, "0"), (1.1, #","lowerLimit":0.8,"upperLimit":1"#, "1"),
    ]

    @Test(arguments: limits)
    func aBreachIsAStatisticOutsideItsLimits(statistic: Double, limits: String, breach: String) throws {
        let fixture = try EvidenceFixture()
        let cheat = #","breach":0,"dayAt":"2026-01-01","triageDueAt":"2030-01-01","triagedAt":"2026-09-01""#
        #expect(try fixture.importLines([Self.check("m", statistic, limits, more: cheat)]).findings.count == 4)
        #expect(
            try fixture.table("SELECT breach, day_at, triage_due_at, triaged_at, n FROM drift_checks")
                == "\(breach)|2026-09-01T00:00:00Z|2026-09-08T08:00:00Z|-|50")
    }

    @Test func aBreachIsTriagedByAPersonAfterwards() throws {
        let fixture = try EvidenceFixture()
        func triage(_ who: String, _ at: String, of check: String = "m") -> String {
            #"{"kind":"driftTriage","checkId":"\#(check)","principalId":"\#(who)","at":"\#(at)"}"#
        }
        try fixture.importLines(
            SmallWorld.people + [
                Self.check("m", 3, #","upperLimit":0.2"#), triage("bot", "2026-09-02"), triage("eve", "2026-09-11"),
                triage("bo", "2026-09-01T07:59:59Z"), triage("bo", "2026-09-02", of: "other"),
            ])
        #expect(try fixture.table("SELECT triaged_at FROM drift_checks") == "-")
        try fixture.importLines([triage("bo", "2026-09-14"), triage("cy", "2026-09-13")])
        #expect(try fixture.table("SELECT triaged_at FROM drift_checks") == "2026-09-13T00:00:00Z")
        let sql = "SELECT COALESCE(triaged_at, 'open') AS entity, 1 AS value FROM drift_checks"
        #expect(try fixture.values(sql, asOf: "2026-09-13") == ["open 1.0"])
    }

    @Test func aCheckThatCanShowNothingIsRefused() throws {
        let text = try EvidenceFixture().problems([
            Self.check("a", 1, ""), Self.check("b", 1, #","upperLimit":0.2"#).replacing(#""type":"data""#, with: #""type":"efficacy""#),
        ])
        let messages = text.split(separator: "\n").compactMap { $0.split(separator: "error: ").dropFirst().first }
        #expect(messages == ["a check without a limit can never show a breach", "a check of efficacy is of one prompt version"])
    }
}
