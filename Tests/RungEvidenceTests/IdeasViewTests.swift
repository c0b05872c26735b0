import RungCore
import RungText
import Testing

@testable import RungEvidence

/// What opened a case, and what came of it.
struct IdeasViewTests {
    func cases(_ lines: [String], _ columns: String) throws -> [[String]] {
        let fixture = try EvidenceFixture()
        try fixture.importLines(lines)
        return try fixture.rows("SELECT \(columns) FROM cases ORDER BY case_id")
    }

    static func scan(_ type: String, at: String = "2026-08-01", records: Int = 5) -> String {
        #"{"kind":"scan","id":"s","type":"\#(type)","at":"\#(at)","records":\#(records)}"#
    }

    static func opened(_ type: String, more: String = "") -> String {
        #"{"kind":"case","id":"c","type":"\#(type)","agentId":"router","openedAt":"2026-08-01T09:00:00Z","scanId":"s","byRule":1\#(more)}"#
    }

    /// Scan and case, and whether a rule opened it.
    static let openers: [(String, String, String)] = [
        (scan("overlap"), opened("overlap"), "1"), (scan("conflict"), opened("overlap"), "0"),
        (scan("overlap", records: 0), opened("overlap"), "0"), (scan("overlap", at: "2026-08-01T09:00:01Z"), opened("overlap"), "0"),
        (scan("overlap"), opened("incident"), "0"),
    ]

    @Test(arguments: openers)
    func aRuleOpenedACaseWhenAnEarlierScanOfItsKindReadRecords(scan: String, opened: String, byRule: String) throws {
        #expect(try cases([scan, opened], "by_rule") == [[byRule]])
    }

    @Test func anIdeaIsNotFromUsageWhenTheScanLookedForSomethingElseOrRanLater() throws {
        func source(_ scan: String) throws -> [[String]] {
            let fixture = try EvidenceFixture()
            try fixture.importLines([scan, #"{"kind":"idea","id":"i","openedAt":"2026-08-01T09:00:00Z","scanId":"s","source":"usage"}"#])
            return try fixture.rows("SELECT source FROM ideas")
        }
        #expect(try source(Self.scan("unmet_intent")) == [["usage"]])
        #expect(try source(Self.scan("overlap")) == [["person"]])
        #expect(try source(Self.scan("unmet_intent", records: 0)) == [["person"]])
        #expect(try source(Self.scan("unmet_intent", at: "2026-08-02")) == [["person"]])
    }

    static func scenario(_ id: String, at: String, agent: String = "router", origin: String = "c") -> String {
        #"{"kind":"scenario","id":"\#(id)","suiteId":"orders","agentId":"\#(agent)","caseId":"\#(origin)","recordedAt":"\#(at)","text":"\#(id)"}"#
    }

    @Test func aCaseLeavesAScenarioOfTheSameAgentThatIsNotOlder() throws {
        let incident = Self.opened("incident", more: #","scenarioAt":"2026-08-02""#)
        let voids = [
            Self.scenario("old", at: "2026-08-01T08:59:59Z"), Self.scenario("other", at: "2026-08-02", origin: "d"),
            Self.scenario("foreign", at: "2026-08-02", agent: "faq"),
        ]
        #expect(try cases([incident] + voids, "scenario_at") == [["-"]])
        let found = try cases(
            [incident] + voids + [Self.scenario("b", at: "2026-08-05"), Self.scenario("a", at: "2026-08-04")], "scenario_at")
        #expect(found == [["2026-08-04T00:00:00Z"]])
    }

    /// Run and when the dependency was tested again.
    static let runs: [(String, String)] = [
        (SmallWorld.run("r", "regression", SmallWorld.p1, "2026-08-03", false), "2026-08-03T00:00:00Z"),
        (SmallWorld.run("r", "regression", SmallWorld.p1, "2026-08-01T09:00:00Z", true), "-"),
        (SmallWorld.run("r", "regression", SmallWorld.p1, "2026-08-03", true, agent: "faq"), "-"),
        (SmallWorld.run("r", "lint", SmallWorld.p1, "2026-08-03", true), "-"),
        (#"{"kind":"run","id":"r","type":"regression","agentId":"router","finishedAt":"2026-08-03","passed":true,"trials":0}"#, "-"),
    ]

    @Test(arguments: runs)
    func aChangedDependencyIsAnsweredByALaterRunOfTheAgentNotByWhatIsSaid(run: String, planned: String) throws {
        #expect(try cases([Self.opened("dependency_change", more: #","planAt":"2026-08-02""#), run], "plan_at") == [[planned]])
    }

    @Test func aPlanOfADeviationIsTheOneRecorded() throws {
        #expect(try cases([Self.opened("deviation", more: #","planAt":"2026-08-02""#)], "plan_at") == [["2026-08-02T00:00:00Z"]])
    }

    @Test func aRunOfSelectedCasesIsNotAWholeOne() throws {
        let fixture = try EvidenceFixture()
        try fixture.importLines([Self.opened("dependency_change")])
        func run(_ id: String, filter: String?) throws {
            var header = try RunFixture.header(RunID(id))
            header.filter = filter
            try RunRecorder(store: fixture.store, actor: "ci").handle(RunFixture.events(header))
        }
        try run("part", filter: "intent=a")
        #expect(try fixture.rows("SELECT plan_at IS NULL FROM cases") == [["1"]])
        try run("whole", filter: nil)
        #expect(try fixture.rows("SELECT plan_at IS NULL FROM cases") == [["0"]])
    }
}
